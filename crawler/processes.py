"""Processes of this machine."""

import os
import platform
from pathlib import Path


def is_running(pid: int) -> bool:
    """Whether a process of this number exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def holder() -> str:
    """This process's name in leases and runs: host, number and start, as numbers are given anew."""
    return f"{platform.node()}:{os.getpid()}:{_started(os.getpid())}"


def is_of_this_machine(name: str) -> bool:
    """Whether the process of this `holder` name is, or was, one of this machine."""
    parts = name.rsplit(":", 2)
    return len(parts) == 3 and parts[0] == platform.node() and parts[1].isdecimal()


def is_dead(name: str) -> bool:
    """Whether the process of this `holder` name was of this machine and is gone; another machine's is never known."""
    if not is_of_this_machine(name):
        return False
    _, number, started = name.rsplit(":", 2)
    pid = int(number)
    return not is_running(pid) or (bool(started) and _started(pid) not in {"", started})


def _started(pid: int) -> str:
    """When the process began, in clock ticks since boot; empty where the system does not tell (no /proc)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    # The name may hold spaces and brackets: fields are counted from behind it. starttime is field 22.
    fields = stat.rpartition(")")[2].split()
    return "ended" if fields[0] == "Z" else fields[19]  # a zombie only waits for its parent
