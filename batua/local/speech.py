"""One line to the person at the terminal."""

import sys
from typing import NoReturn


def say(line: str) -> None:
    """Write the line at once, also when the output is a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def give_up(line: str) -> NoReturn:
    """End the program with a sentence that says what to do."""
    sys.stdout.flush()
    raise SystemExit(f"batua: {line}")
