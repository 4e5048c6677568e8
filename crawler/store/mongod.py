"""The mongod program: where it is found, how it is started, why it ended."""

import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.errors import UserError
from crawler.store.places import Places

REPLICA_SET = "naba"
ELSEWHERE = "set MONGODB_URI to a MongoDB of your own"

_WHEEL_FILE = "fiftyone/db/bin/mongod"
_CACHE_GB = 0.5
_CACHE_GB_RANGE = (0.25, 10_000.0)  # what mongod takes
_TAIL_BYTES = 262_144


def find_mongod() -> Path:
    """The server's program: the one that NABA_MONGOD names; else the wheel's or one on the PATH that runs here.

    Raises:
        UserError: when there is none, or it does not run here; the line says what to do.
    """
    problem = None
    for program in _candidates():
        problem = _problem(program)
        if problem is None:
            return program
    if problem is None:
        problem = f"there is no mongod for this platform ({sys.platform}): on Linux x86-64 install Naba with its extra 'local'"
    raise UserError(f"{problem}, or {ELSEWHERE}")


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("NABA_MONGOD"):
        if not Path(named).is_file():
            raise UserError(f"NABA_MONGOD={named} is no file: name a mongod program, or unset it")
        yield Path(named)
        return
    # Nothing of the wheel is imported: all that is wanted is where its file lies.
    for distribution in importlib.metadata.distributions():
        if (distribution.name or "").startswith("fiftyone"):
            for file in distribution.files or []:
                if str(file) == _WHEEL_FILE:
                    yield Path(str(distribution.locate_file(file)))
    if found := shutil.which("mongod"):
        yield Path(found)


def _problem(program: Path) -> str | None:
    """What keeps the program from running on this machine, and what to do; None when it runs."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, errors="replace", timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else "it does not answer"
        return f"{program} does not run here ({reason}): mend or reinstall it"
    if answer.returncode == 0:
        return None
    if answer.returncode == -signal.SIGILL:
        return f"{program} needs a processor with AVX: name an older mongod in NABA_MONGOD"
    # The loader names a library that is absent, or one whose version is too old.
    if missing := re.search(r"loading shared libraries: ([^\s:]+)|version `(\w+)[^']*' not found", answer.stderr):
        library = missing[1] or missing[2]
        package = " (Debian and Ubuntu: apt-get install libcurl4)" if library.startswith("libcurl") else ""
        return f"{program} does not run here, it lacks {library}: install that library{package}"
    return f"{program} does not run here (status {answer.returncode}): name another mongod in NABA_MONGOD"


def cache_gb() -> float:
    """The size of mongod's cache in GB: NABA_MONGOD_CACHE_GB, or 0.5.

    Raises:
        UserError: for what is no number that mongod takes.
    """
    given = os.environ.get("NABA_MONGOD_CACHE_GB") or str(_CACHE_GB)
    low, high = _CACHE_GB_RANGE
    try:
        if low <= float(given) <= high:
            return float(given)
    except ValueError:
        pass
    raise UserError(f"NABA_MONGOD_CACHE_GB={given} is no number of GB: write one of {low} or more, or unset it")


def command_line(program: Path, places: Places, socket: Path, cache: float) -> list[str]:
    """How the server is started: a replica set of one that listens on a Unix socket only."""
    return [
        str(program),
        *("--dbpath", str(places.database)),
        # The supervisor renames a log that has grown, and mongod opens it anew.
        *("--logpath", str(places.log), "--logappend", "--logRotate", "reopen", "--quiet"),
        # Without a prefix a second socket would stand in the system's temporary folder.
        *("--bind_ip", str(socket), "--unixSocketPrefix", str(socket.parent), "--filePermissions", "0600"),
        # Compressed messages are where 6.0.5 shows its memory to strangers (CVE-2025-14847).
        *("--networkMessageCompressors", "disabled"),
        # By default the oplog may take a twentieth of the disk. This is the least that mongod takes, and it grows to it.
        *("--replSet", REPLICA_SET, "--oplogSize", "990"),
        *("--wiredTigerCacheSizeGB", str(cache)),
        # Three journal files of 100 MB would be laid down in advance.
        *("--wiredTigerEngineConfigString", "log=(file_max=10MB,prealloc=false)"),
        # Measurements for MongoDB's support, up to 200 MB of them.
        *("--setParameter", "diagnosticDataCollectionEnabled=false"),
    ]


def why_it_ended(log: Path, start: int, status: int) -> str:
    """The first error that mongod logged since it was started, in a few words.

    Args:
        log: its log, of JSON lines.
        start: how long the log was, in bytes, when it was started.
        status: how it ended, as `subprocess` has it.
    """
    ending = f"signal {-status}" if status < 0 else f"status {status}"
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(start, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
        for line in file:
            with contextlib.suppress(ValueError, AttributeError):
                entry = json.loads(line)
                if entry.get("s") in {"E", "F"}:
                    return _words(entry) or ending
    return ending


def _words(entry: dict[str, Any]) -> str:
    attributes = entry.get("attr") or {}
    message = attributes.get("message")
    if isinstance(message, dict):  # of the storage engine
        message = message.get("error_str") or message.get("msg")
    error = attributes.get("error")
    told = error if isinstance(error, str) else message or entry.get("msg")
    return " ".join(str(told or "").split())[:300]
