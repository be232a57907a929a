"""Children that end with their parent, so that a killed parent leaves nothing behind that holds the port."""

import ctypes
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
GRACE = 5.0  # seconds that a child gets to end by itself


def end_with_parent() -> None:
    """From now on the kernel sends SIGTERM to this process when its parent dies, by whatever cause."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(child: "subprocess.Popen[bytes]") -> None:
    """Ends a child: politely, then by force."""
    child.terminate()
    try:
        child.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
