"""Where one local server keeps its files, and what its locks tell."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import stat
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from crawler.errors import UserError

_SOCKET_BYTES = 107  # sun_path less its end (unix(7))
_CONNECTED = "03"  # SS_CONNECTED, as /proc/net/unix prints it
KEEP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that was started: what its supervisor wrote down of it."""

    socket: str
    """Path of the Unix socket."""
    pid: int
    """mongod's process."""
    supervisor: int
    """The supervisor's process."""
    started: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Places:
    """Files of one local server, all derived from its data folder."""

    data: Path

    @classmethod
    def of(cls, data: str | Path) -> Self:
        """The places for a NABA_DATA folder, which need not exist."""
        return cls(Path(data).expanduser().resolve())

    @property
    def database(self) -> Path:
        """mongod's dbpath."""
        return self.data / "mongodb"

    @property
    def log(self) -> Path:
        """mongod's log."""
        return self.data / "mongodb.log"

    @property
    def run(self) -> Path:
        """Folder of the locks and of what the supervisor tells; safe to remove while no server runs."""
        return self.data / "mongodb.run"

    @property
    def users_lock(self) -> Path:
        """Every user holds it shared."""
        return self.run / "users.lock"

    @property
    def boot_lock(self) -> Path:
        """Held while a user looks for the server, starts or stops it."""
        return self.run / "boot.lock"

    @property
    def supervisor_lock(self) -> Path:
        """The supervisor holds it as long as it lives."""
        return self.run / "supervisor.lock"

    @property
    def supervisor_log(self) -> Path:
        """What the supervisor, and mongod before it has a log, have to say."""
        return self.run / "supervisor.log"

    @property
    def socket(self) -> Path:
        """Where a server that is started now would listen; one that runs says it in `running`.

        In the temporary folder, because a socket's path may have 107 bytes only. Not in XDG_RUNTIME_DIR: that goes when
        the user logs out, and a crawl may outlive the login. In lower case, because PyMongo writes the addresses that a
        replica set names in lower case.
        """
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        own = Path(f"naba-{os.getuid()}-{name}", "m.sock")
        socket = tempfile.gettempdir() / own
        if len(os.fsencode(socket)) > _SOCKET_BYTES or str(socket) != str(socket).lower():
                return "/tmp" / own  # noqa: S108 - `make_socket_folder` checks that the folder is ours alone
        return socket

    def running(self) -> Running | None:
        """What the supervisor wrote of the server that it started; None when there is none."""
        try:
            return Running(**json.loads((self.run / "state.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_running(self, running: Running | None) -> None:
        """Tell of a server that was started; None when it goes."""
        path = self.run / "state.json"
        if running is None:
            path.unlink(missing_ok=True)
            return
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(running)), "utf-8")
        new.replace(path)

    def error(self) -> str | None:
        """Why the last server could not be started or kept up, in one line; None when all went well."""
        try:
            return (self.run / "error").read_text("utf-8").strip() or None
        except OSError:
            return None

    def write_error(self, error: str | None) -> None:
        """Keep why a server ended, for who asks next; None forgets it."""
        if error is None:
            (self.run / "error").unlink(missing_ok=True)
        else:
            (self.run / "error").write_text(error + "\n", "utf-8")

    def is_supervised(self) -> bool:
        """Whether a supervisor lives. Changes nothing, so it serves in a folder that is not ours."""
        try:
            file = os.open(self.supervisor_lock, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not try_lock(file, fcntl.LOCK_SH)
        finally:
            os.close(file)

    def is_kept(self) -> bool:
        """Whether the server is to stay without users: for an hour after `keep`, and while clients are connected."""
        keep = self.run / "keep"
        try:
            if time.time() - keep.stat().st_mtime < KEEP_SECONDS:
                return True
            if self.clients():
                keep.touch()
                return True
        except OSError:
            pass
        return False

    def keep(self, *, on: bool) -> None:
        """Ask the server to stay without users, or no more."""
        if on:
            (self.run / "keep").touch()
        else:
            (self.run / "keep").unlink(missing_ok=True)

    def users(self) -> list[int]:
        """Processes that hold the server, as the kernel lists their locks; empty where it lists none (not Linux)."""
        try:
            inode = self.users_lock.stat().st_ino
            locks = Path("/proc/locks").read_text("ascii")
        except OSError:
            return []
        return sorted({int(pid) for pid in re.findall(rf"\d: FLOCK +ADVISORY +READ +(\d+) \S+:{inode} ", locks)})

    def clients(self) -> int:
        """Connections that the server's socket has now, as the kernel lists them; 0 where it lists none (not Linux)."""
        running = self.running()
        connections = 0
        if running is not None:
            with contextlib.suppress(OSError), Path("/proc/net/unix").open("rb") as sockets:
                for line in sockets:
                    fields = os.fsdecode(line.rstrip()).split(" ")
                    connections += fields[-1] == running.socket and _CONNECTED in fields
        return connections

    def size(self) -> int:
        """Bytes that the database takes on the disk."""
        total = 0
        for file in self.database.rglob("*"):
            with contextlib.suppress(OSError):  # mongod removes files while we look
                total += file.lstat().st_blocks * 512
        return total


def make_socket_folder(folder: Path) -> None:
    """Make the folder of the socket, for this user alone.

    Raises:
        UserError: when something of that name is there that another user made, or can get at.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise UserError(
            f"the folder {folder} for the database's socket cannot be made ({error.strerror}): remove what is there, or set "
            "TMPDIR to a folder of your own"
        ) from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise UserError(
            f"{folder} is not a folder of yours alone: remove it, or set TMPDIR to a folder of your own, since the "
            "database's socket stands in it"
        )


def try_lock(file: int, kind: int) -> bool:
    """Take a lock (LOCK_SH or LOCK_EX) on an open file if that needs no waiting; whether it was taken."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
