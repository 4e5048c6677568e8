"""The most memory that a process held."""

import resource
import sys
from pathlib import Path

_KIB = 1024


def peak_bytes() -> int:
    """The most bytes that this process held.

    On Linux it is `VmHWM` (proc_pid_status(5)): getrusage's figure also has what the parent held before.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("ascii", "replace").partition("VmHWM:")[2].split()[0]) * _KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else _KIB)
