"""The virtual environment in .venv, filled from a lock file whose every line carries a hash."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from batua.local.speech import give_up, say

PROJECT = Path(__file__).resolve().parent.parent.parent
FOLDER = PROJECT / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "installed.json"
OLDEST_PYTHON = (3, 11)


def prepare(locks: Sequence[str]) -> None:
    """Install the last of `locks` unless the stamp says that it is there; the others are part of it."""
    if sys.version_info < OLDEST_PYTHON:
        give_up(f"Batua needs Python 3.11 or newer, this is {sys.version.split()[0]}. Try `make PYTHON=python3.11 …`.")
    with open(PROJECT / locks[-1]) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two `make` at once must not fill one folder
        stamp = _stamp()
        wanted = {name: hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() for name in locks}
        if stamp.items() >= wanted.items():
            return
        _make_folder()
        _fill(locks[-1])
        STAMP.write_text(json.dumps({**_identity(), **wanted}))


def _identity() -> dict[str, str]:
    """A virtual environment is bound to its place and to its Python: after a move it is made anew."""
    return {"folder": str(FOLDER.resolve()), "python": sys.version.split()[0]}


def _stamp() -> dict[str, str]:
    with suppress(OSError, ValueError):
        stamp: dict[str, str] = json.loads(STAMP.read_text())
        if stamp.items() >= _identity().items():
            return stamp
        shutil.rmtree(FOLDER)
    return {}


def _make_folder() -> None:
    if _has_pip():
        return
    say(f"Creating {FOLDER.name} with Python {sys.version.split()[0]}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=False)
    if made.returncode:
        give_up(f"{FOLDER} could not be created; the reason is above.")


def _has_pip() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def _fill(lock: str) -> None:
    say(f"Installing the Python packages of {lock} (a minute or two, once)")
    STAMP.unlink(missing_ok=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    filled = subprocess.run([*command, "--require-hashes", "-r", lock], cwd=PROJECT, check=False)
    if filled.returncode:
        give_up(f"{lock} could not be installed; pip's words are above. Try again, it goes on where it stopped.")
