"""gzip and zstd by a file's name, writing and reading."""

import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from crawler.errors import UserError


def need_zstandard() -> Any:
    """The library.

    Raises:
        UserError: when the extra is not installed.
    """
    try:
        import zstandard
    except ImportError:
        raise UserError("zst files need zstandard: pip install 'naba[data]'") from None
    return zstandard


def compressed(file: io.RawIOBase, name: str) -> IO[bytes]:
    """What compresses into an open file as its name says; closing it leaves the file open where it is compressed."""
    if name.endswith(".zst"):
        compressor = need_zstandard().ZstdCompressor(level=3, write_checksum=True)
        return cast("IO[bytes]", compressor.stream_writer(file, closefd=False))
    if name.endswith(".gz"):
        # Without name and time, so that the same articles give the same file.
        stream = gzip.GzipFile(filename="", fileobj=cast("IO[bytes]", file), mode="wb", mtime=0, compresslevel=6)
        return cast("IO[bytes]", stream)
    return io.BufferedWriter(file, 1 << 20)


class _ZstdReader(io.RawIOBase):
    """Reads zstd frames; unlike python-zstandard's own reader it tells a file that breaks off within one."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._begin = need_zstandard().ZstdDecompressor().decompressobj
        self._frame: Any = None
        self._left = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `io.RawIOBase`.

        Raises:
            EOFError: when the file ends within a frame.
        """
        while not self._left:
            piece = (self._frame.unused_data if self._frame and self._frame.eof else b"") or self._file.read(1 << 17)
            if not piece:
                if self._frame is not None and not self._frame.eof:
                    raise EOFError("the compressed file ends too early")
                return 0
            if self._frame is None or self._frame.eof:
                self._frame = self._begin()
            self._left = self._frame.decompress(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


class DecompressionError(Exception):
    """The file is not, or not wholly, what its name says."""


class Decompressed:
    """Lines of a file; `position` is how many of its bytes were read so far.

    Args:
        file: open for reading bytes.
        name: in lower case; its end says how it is compressed.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._errors: tuple[type[Exception], ...] = (OSError, EOFError)
        self._stream: IO[bytes] = file
        if name.endswith(".gz"):
            self._stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
        elif name.endswith(".zst"):
            self._errors += (need_zstandard().ZstdError,)
            self._stream = io.BufferedReader(_ZstdReader(file), 1 << 20)

    @property
    def position(self) -> int:
        """Bytes of the file."""
        return self._file.tell()

    def lines(self, longest: int) -> Iterator[bytes]:
        """Each line, one that is longer in pieces of `longest` bytes.

        Raises:
            DecompressionError: where the file breaks off or is damaged.
        """
        while True:
            try:
                line = self._stream.readline(longest)
            except self._errors as error:
                raise DecompressionError(getattr(error, "strerror", None) or str(error)) from None
            if not line:
                return
            yield line


@contextmanager
def open_lines(path: Path) -> Iterator[Decompressed]:
    """A file to read lines from.

    Raises:
        UserError: when it cannot be opened.
    """
    with ExitStack() as files:
        try:
            file = files.enter_context(path.open("rb"))
        except OSError as error:
            raise UserError(f"{path} cannot be read: {error.strerror}") from None
        yield Decompressed(file, path.name.lower())
