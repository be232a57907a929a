"""Prepare this machine: `python3 -m batua.local.install run|check|test`, or an image: `system` and `image`.

The system's own Python runs this before there is a virtual environment, so it may import only the standard library.
"""

import sys

from batua.local import environment, packages

FOR_DEVELOPMENT = ("requirements.txt", "requirements-dev.txt")
PURPOSES = {
    "system": (packages.TO_RUN, ()),
    "image": ((), ("requirements.txt",)),
    "run": (packages.TO_RUN, ("requirements.txt",)),
    "check": (packages.TO_RUN, FOR_DEVELOPMENT),
    "test": (packages.TO_TEST, FOR_DEVELOPMENT),
}


def main() -> None:
    """Install system packages, then Python packages; seconds when all is there."""
    needs, locks = PURPOSES[sys.argv[1]]
    packages.install(needs)
    if locks:
        environment.prepare(locks)


if __name__ == "__main__":
    main()
