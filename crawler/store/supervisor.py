"""mongod's parent: starts it, starts it again when it is killed, stops it when its last user is gone.

Started by crawler.store.local, which hands it the lock that says that a supervisor lives; not for people. It imports
little on purpose: it is there as long as a crawl is.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import FrameType

from crawler.errors import UserError
from crawler.store.mongod import command_line, why_it_ended
from crawler.store.places import Places, Running, make_socket_folder, try_lock

_POLL_SECONDS = 0.1
_STOP_SECONDS = 60.0
_ENDS, _ENDS_SECONDS = 5, 60.0  # a server that ends oftener within so long is given up
_OTHER_SECONDS = 30.0  # how long another mongod on the same files, which is on its way out, is waited for
_LOG_BYTES = 20_000_000  # at most two logs of this size are kept
_PR_SET_PDEATHSIG = 1  # prctl(2)

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServerError(Exception):
    """mongod cannot run; the message is one line for the user."""


class Supervisor:
    """Looks after one mongod for as long as somebody uses it."""

    def __init__(self, places: Places, program: Path, socket: Path, cache: float) -> None:
        self.places = places
        self.program = program
        self.socket = socket
        self.cache = cache
        self.begun = time.monotonic()
        self.told_to_stop = False
        self.listening = False
        self.ends: deque[float] = deque()
        self.log_start = 0
        self.mongod: subprocess.Popen[bytes]

    def run(self, users: int) -> None:
        """Serve until nobody holds the lock `users` (a file descriptor), or until SIGTERM.

        Raises:
            ServerError: when mongod cannot be started or kept up.
        """
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self._spawn()
        try:
            # Once the lock is had, a newcomer waits for it until the server has stopped and this process is gone.
            while not self.told_to_stop and not self._nobody_left(users):
                self._tend()
                time.sleep(_POLL_SECONDS)
        finally:
            self.places.write_running(None)
            self._end()
            self.places.keep(on=False)
            with contextlib.suppress(OSError):
                self.socket.parent.rmdir()

    def _stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - signal.signal's form
        self.told_to_stop = True

    def _nobody_left(self, users: int) -> bool:
        if not try_lock(users, fcntl.LOCK_EX):
            return False
        if self.places.is_kept():
            fcntl.flock(users, fcntl.LOCK_UN)
            return False
        return True

    def _spawn(self) -> None:
        self._rotate_log()
        with contextlib.suppress(OSError):
            self.log_start = self.places.log.stat().st_size
        self.socket.unlink(missing_ok=True)  # left by one that was killed
        self.listening = False
        parent = os.getpid()

        def die_with_parent() -> None:
            # The kernel stops mongod, cleanly, should this process be killed.
            if _libc is not None:
                _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
                if os.getppid() != parent:
                    os._exit(1)

        self.mongod = subprocess.Popen(
            command_line(self.program, self.places, self.socket, self.cache),
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.places.write_running(Running(str(self.socket), self.mongod.pid, os.getpid(), time.time()))

    def _tend(self) -> None:
        """Start mongod anew if it has ended, or if its socket was taken away (by who cleans temporary folders)."""
        status = self.mongod.poll()
        if status is not None:
            self._ended(status)
        elif self.socket.exists():
            self.listening = True
            self._rotate_log()
        elif self.listening:
            self._end()
            self._ended(self.mongod.returncode)

    def _ended(self, status: int) -> None:
        """Start mongod again, unless that is of no use.

        Raises:
            ServerError: when it refused to start, or ends again and again.
        """
        reason = why_it_ended(self.places.log, self.log_start, status)
        now = time.monotonic()
        # Left by a supervisor that was killed, on its way out.
        if "Another mongod instance" in reason and now - self.begun < _OTHER_SECONDS:
            time.sleep(0.5)
            self._spawn()
            return
        self.ends.append(now)
        while now - self.ends[0] > _ENDS_SECONDS:
            self.ends.popleft()
        stopped_from_outside = status in {0, -signal.SIGTERM, -signal.SIGKILL}
        if not (self.listening or stopped_from_outside) or len(self.ends) > _ENDS:
            raise ServerError(self._told(reason))
        try:
            make_socket_folder(self.socket.parent)
        except UserError as error:
            raise ServerError(str(error)) from None
        self._spawn()

    def _told(self, reason: str) -> str:
        hint = "see its log, " + str(self.places.log)
        if "No space left" in reason:
            hint = "make room, or set NABA_DATA to another folder"
        elif "Read-only" in reason or "ermission" in reason:
            hint = "make the folder writable, or set NABA_DATA to another one"
        elif "Another mongod instance" in reason:
            hint = "stop that one, or set NABA_DATA to another folder"
        return f"the local MongoDB in {self.places.database} does not run ({reason}): {hint}"

    def _rotate_log(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            if self.places.log.stat().st_size > _LOG_BYTES:
                self.places.log.replace(self.places.log.with_suffix(".log.1"))
                self.log_start = 0
                if self.listening:
                    self.mongod.send_signal(signal.SIGUSR1)  # it opens the log anew

    def _end(self) -> None:
        """Stop mongod cleanly; kill only what does not end."""
        if self.mongod.poll() is None:
            self.mongod.terminate()
            try:
                self.mongod.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.mongod.kill()
                self.mongod.wait()


def main(data: str, program: str, socket: str, cache: str) -> int:
    """Be the supervisor of this data folder; the starter's lock on `supervisor.lock` was inherited with its file.

    Returns:
        0 when it ended because nobody was left, or was told to; 1 when mongod could not run.
    """
    if os.fork():
        # The starter waits for this process only: it need not live as long as the supervisor, nor bury it.
        os._exit(0)
    places = Places.of(data)
    users = os.open(places.users_lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        Supervisor(places, Path(program), Path(socket), float(cache)).run(users)
    except ServerError as error:
        places.write_error(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
