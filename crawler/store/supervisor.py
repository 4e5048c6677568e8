"""mongod's parent: starts it, restarts it when it is killed, stops it when its last user is gone.

Run by crawler.store.local as `python -m crawler.store.supervisor DATA MONGOD SOCKETS`; not for people.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from crawler.store.local import Places

REPLICA_SET = "naba"
_POLL_SECONDS = 0.1
_READY_SECONDS = 60.0
_STOP_SECONDS = 60.0
_RESTARTS = 20  # in the supervisor's life: a server that keeps dying is told, not hidden
_LOG_BYTES = 50_000_000
_PR_SET_PDEATHSIG = 1
_NOT_INITIATED = 94


def memory(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """Bytes of memory that this machine has, or its container may use.

    Args:
        limit: where the kernel tells the container's (cgroup v2); "max" is none.
    """
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(limit.read_text("ascii")))
    except (OSError, ValueError):
        return whole


def cache_gb(memory_bytes: int) -> float:
    """The server's cache: an eighth of the memory, 0.25 to 2 GiB. It is a limit, and taken only as it fills.

    An article touches some two hundred pages of the indexes of words and signatures. WiredTiger starts to write changed
    pages back at a twentieth of its cache: in 0.25 GiB again and again, in 1 GiB once a checkpoint.
    """
    return min(max(memory_bytes / (8 << 30), 0.25), 2.0)


class ServerError(Exception):
    """mongod cannot run; the message is one line for the user."""


def _die_with_parent() -> None:
    """Have the kernel stop mongod cleanly when the supervisor is killed (Linux; prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_locked(path: Path) -> bool:
    """Whether a mongod holds its lock file (flock)."""
    if not path.exists():
        return False
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class Server:
    """One mongod: a replica set of one, on a Unix socket only."""

    def __init__(self, places: Places, program: Path, sockets: Path) -> None:
        self.places = places
        self.program = program
        self.sockets = sockets
        self.socket = sockets / "m.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it takes writes.

        Raises:
            ServerError: with the reason that mongod's log gives.
        """
        deadline = time.monotonic() + _READY_SECONDS
        # The mongod of a supervisor that was killed is on its way out, and removes its socket at its end.
        while _is_locked(self.places.database / "mongod.lock") and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        self._spawn()
        try:
            self._wait_until_primary(deadline)
        except ServerError:
            self.stop()
            raise

    def _spawn(self) -> None:
        log = self.places.log
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        cache = os.environ.get("NABA_MONGOD_CACHE_GB") or f"{cache_gb(memory()):.2f}"
        self.process = subprocess.Popen(
            [
                *(str(self.program), "--dbpath", str(self.places.database)),
                *("--logpath", str(log), "--logappend", "--quiet"),
                # Without a prefix a second socket would stand in the system's temporary folder.
                *("--bind_ip", str(self.socket), "--unixSocketPrefix", str(self.sockets), "--filePermissions", "0600"),
                # Compressed wire messages are where 6.0.5 leaks memory to strangers (CVE-2025-14847).
                *("--networkMessageCompressors", "disabled"),
                *("--replSet", REPLICA_SET, "--wiredTigerCacheSizeGB", cache),
                # Three journal files of 100 MB would be laid down in advance.
                *("--wiredTigerEngineConfigString", "log=(file_max=10MB,prealloc=false)"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )

    def _client(self) -> "MongoClient[dict[str, Any]]":
        uri = f"mongodb://{quote(str(self.socket), safe='')}/?directConnection=true&serverSelectionTimeoutMS=500"
        return MongoClient(uri)

    def _wait_until_primary(self, deadline: float) -> None:
        assert self.process is not None
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise ServerError(_why_it_ended(self.places, self.process.returncode))
            # A client from before the set was initiated has no sessions: each attempt makes a new one.
            with contextlib.suppress(PyMongoError), self._client() as client:
                if client.admin.command("hello").get("isWritablePrimary"):
                    return
                self._initiate(client)
            time.sleep(0.05)
        raise ServerError(f"the local MongoDB took no writes within {_READY_SECONDS:.0f} s: see {self.places.log}")

    def _initiate(self, client: "MongoClient[dict[str, Any]]") -> None:
        """Make it a replica set of one, or give the set its socket's present path."""
        config = {"_id": REPLICA_SET, "members": [{"_id": 0, "host": str(self.socket)}]}
        try:
            current = client.admin.command("replSetGetConfig")["config"]
        except OperationFailure as error:
            if error.code == _NOT_INITIATED:
                client.admin.command("replSetInitiate", config)
            return
        if current["members"][0]["host"] != str(self.socket):
            changed = current | {"version": current["version"] + 1, "members": config["members"]}
            client.admin.command("replSetReconfig", changed, force=True)

    def stop(self) -> None:
        """Stop cleanly; kill only what does not end."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def clear(self) -> None:
        """Remove the socket's folder, which no data folder's removal takes along; who starts the server makes it."""
        with contextlib.suppress(OSError):
            for socket in self.sockets.glob("*.sock"):  # a mongod that was killed leaves two
                socket.unlink(missing_ok=True)
            self.sockets.rmdir()


def _why_it_ended(places: Places, status: int) -> str:
    """One line from mongod's log: its last errors are JSON lines of severity F or E."""
    reason = f"status {status}"
    with contextlib.suppress(OSError), places.log.open("rb") as log:
        log.seek(max(0, log.seek(0, os.SEEK_END) - 65536))
        for line in log.read().decode("utf-8", "replace").splitlines():
            with contextlib.suppress(ValueError, AttributeError):
                entry = json.loads(line)
                if entry.get("s") in {"F", "E"}:
                    reason = _short(entry) or reason
    hint = ""
    if re.search(r"[Nn]o space left", reason):
        hint = ": make room, or set NABA_DATA to another folder"
    elif "ead-only" in reason or "ermission" in reason:
        hint = ": make it writable, or set NABA_DATA to another folder"
    return f"the local MongoDB in {places.database} does not start ({reason}){hint}; its log is {places.log}"


def _short(entry: dict[str, Any]) -> str:
    attributes = entry.get("attr") or {}
    error = attributes.get("error") or attributes.get("message") or entry.get("msg")
    if isinstance(error, dict):
        error = error.get("errmsg") or error.get("codeName")
    return " ".join(str(error or "").split())[:200]


class Supervisor:
    """Waits for the end of the last user."""

    def __init__(self, server: Server, users: IO[str]) -> None:
        self.server = server
        self.places = server.places
        self.users = users
        self.told_to_stop = False
        self.restarts = 0

    def run(self) -> None:
        """Serve until nobody is left, or SIGTERM."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.server.start()
        self._tell()
        while not self.told_to_stop and not self._nobody_left():
            assert self.server.process is not None
            if self.server.process.poll() is not None:
                self._restart()
            time.sleep(_POLL_SECONDS)
        # Gone before the stop begins: a newcomer must not be handed a server that goes down.
        (self.places.control / "state.json").unlink(missing_ok=True)
        self.server.stop()

    def _stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - signal.signal's form
        self.told_to_stop = True

    def _nobody_left(self) -> bool:
        """Whether no user holds users.lock; then it is held alone until the server has stopped."""
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if self.places.is_kept():
            fcntl.flock(self.users, fcntl.LOCK_UN)
            return False
        return True

    def _restart(self) -> None:
        self.restarts += 1
        if self.restarts > _RESTARTS:
            raise ServerError(f"the local MongoDB died {_RESTARTS} times: see {self.places.log}")
        self.server.start()
        self._tell()

    def _tell(self) -> None:
        assert self.server.process is not None
        state = {
            "socket": str(self.server.socket),
            "pid": self.server.process.pid,
            "supervisor": os.getpid(),
            "started": time.time(),
        }
        new = self.places.control / "state.new"
        new.write_text(json.dumps(state), "utf-8")
        new.replace(self.places.control / "state.json")


def main(data: str, program: str, sockets: str) -> int:
    """Run one supervisor; 0 when it ended as it should, or another one lives already."""
    places = Places.of(data)
    with (places.control / "supervisor.lock").open("a") as own, (places.control / "users.lock").open("a") as users:
        try:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        server = Server(places, Path(program), Path(sockets))
        try:
            Supervisor(server, users).run()
        except ServerError as error:
            (places.control / "error").write_text(str(error), "utf-8")
            return 1
        finally:
            (places.control / "state.json").unlink(missing_ok=True)
            server.stop()
            server.clear()  # while supervisor.lock is held: nobody starts another one in it
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
