"""Where an export goes: nothing stands under the final name before all of it is on the disk."""

import contextlib
import errno
import fcntl
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.errors import UserError


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export."""

    name: str
    """Path within the export; empty for an export that is one file."""
    rows: int
    size: int
    sha256: str


class HashingFile(io.RawIOBase):
    """A new file that knows its size and SHA-256; what is written is never read or moved."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file: BinaryIO = path.open("wb", buffering=0)
        self._digest = hashlib.sha256()
        self._is_abandoned = False
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: object) -> int:
        """All of the bytes."""
        with memoryview(data) as view, view.cast("B") as flat:  # type: ignore[arg-type] # any buffer, as RawIOBase has it
            done = len(flat) if self._is_abandoned else 0
            while done < len(flat):
                done += self._file.write(flat[done:])
            self._digest.update(flat)
            self.size += done
        return done

    def abandon(self) -> None:
        """Close what will be thrown away; whatever comes still goes nowhere.

        Arrow's writer writes its footer in any case, when it is collected if not before: into a closed file, or a full
        disk, it would complain on standard error.
        """
        self._is_abandoned = True
        with contextlib.suppress(OSError):
            self._file.close()

    def tell(self) -> int:
        """Where the next byte goes."""
        return self.size

    def fileno(self) -> int:
        """The file's descriptor."""
        return self._file.fileno()

    @property
    def sha256(self) -> str:
        """Of all that was written, hexadecimal."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Have the disk hold it, and close; harmless when repeated."""
        if not self.closed:
            try:
                if not self._file.closed:
                    os.fsync(self._file.fileno())
            finally:
                self._file.close()
                super().close()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _held(lock: Path, final: Path) -> Iterator[None]:
    """Hold the name for this process; the kernel lets it go when the process dies."""
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(f"another export is writing {final}: wait for it, or give another name") from None
        # The name may have been removed by an export that ended after it was opened here: a third could then hold it.
        if not lock.exists() or not os.path.samestat(os.fstat(file.fileno()), lock.stat()):
            raise UserError(f"another export just wrote {final}: try again")
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic(final: Path, *, force: bool) -> Iterator[Path]:
    """A name beside the final one to write a file or folder under; it gets the final name when the block ends well.

    What a killed export left under that name is removed first. An error leaves nothing.

    Args:
        final: where it goes.
        force: replace what is there.

    Raises:
        UserError: when something is there, the folder is not, the disk is full, or another process writes it.
    """
    partial = final.with_name(f".{final.name}.partial")
    try:
        with _held(final.with_name(f".{final.name}.lock"), final):
            _remove(partial)
            _put_back(final)
            if final.exists() and not force:
                raise UserError(f"{final} exists: give another name, or --force to replace it")
            if final.is_dir() and not _is_ours(final):
                raise UserError(f"{final} is a folder that no export made: give another name")
            try:
                yield partial
                _sync_folder(partial if partial.is_dir() else partial.parent)
                _put(partial, final)
            finally:
                _remove(partial)
    except OSError as error:
        reason = "the disk is full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else error.strerror or str(error)
        raise UserError(f"{final} cannot be written: {reason}; nothing was left behind") from None


def _is_ours(folder: Path) -> bool:
    """Whether a folder holds partitions and nothing else."""
    return all(entry.is_dir() and "=" in entry.name for entry in folder.iterdir())


def _old(final: Path) -> Path:
    return final.with_name(f".{final.name}.old")


def _put_back(final: Path) -> None:
    """Mend what an export left that was killed while it replaced a folder."""
    old = _old(final)
    if old.exists() and not final.exists():
        old.rename(final)
    _remove(old)


def _put(partial: Path, final: Path) -> None:
    if final.is_dir():  # a folder cannot be replaced in one step
        old = _old(final)
        final.rename(old)
        partial.rename(final)
        _remove(old)
    else:
        partial.replace(final)
    _sync_folder(final.parent)
