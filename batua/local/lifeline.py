"""A child that ends with its parent, so that a killed parent leaves nothing behind that holds the port."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """From now on the kernel sends SIGTERM to this process when its parent dies, by whatever cause."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
