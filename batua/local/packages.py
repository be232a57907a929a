"""The system packages that Batua needs: what each is for, whether it is there, and how it gets there (Debian's apt)."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from batua.local.speech import give_up, say


@dataclass(frozen=True)
class Need:
    """Debian packages that belong together, and what they are for."""

    packages: tuple[str, ...]
    purpose: str
    is_met: Callable[[], bool]


def _library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _program(name: str) -> bool:
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin") is not None


FONT_FOLDER = "/usr/share/fonts"
FONT_FILES = (
    "truetype/noto/NotoSansDevanagari-Regular.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "truetype/noto/NotoColorEmoji.ttf",
)

VENV = Need(("python3-venv",), "the virtual environment", lambda: find_spec("ensurepip") is not None)
PANGO = Need(
    ("libpango-1.0-0", "libpangoft2-1.0-0"),
    "text in PDF files",
    lambda: _library("libpango-1.0.so.0") and _library("libpangoft2-1.0.so.0"),
)
FONTS = Need(
    ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"),
    "every script in PDF files",
    lambda: all(Path(FONT_FOLDER, file).exists() for file in FONT_FILES),
)
CHROMIUM = Need(("chromium",), "the browser tests", lambda: _program("chromium"))
REDIS = Need(("redis-server",), "the tests of the Redis cache", lambda: _program("redis-server"))

NGINX = Need(("nginx-light",), "the tests of the proxy", lambda: _program("nginx"))
CURL = Need(("curl",), "the examples of the API", lambda: _program("curl"))
PROMETHEUS = Need(("prometheus",), "the tests of metrics and alerts", lambda: _program("promtool"))

TO_RUN = (VENV, PANGO, FONTS)
TO_TEST = (*TO_RUN, CHROMIUM, REDIS, NGINX, CURL, PROMETHEUS)


def install(needs: Iterable[Need]) -> None:
    """Install what is missing and say so; without apt or the right to use it, say what to install and stop."""
    missing = [need for need in needs if not need.is_met()]
    if not missing:
        return
    for need in missing:
        say(f"Missing: {' '.join(need.packages)} ({need.purpose})")
    names = [name for need in missing for name in need.packages]
    root = _as_root(names)
    say(f"Installing {' '.join(names)} with apt-get")
    _run([*root, "apt-get", "update"])
    _run([*root, "apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *names])


def _as_root(names: list[str]) -> list[str]:
    if not _program("apt-get"):
        give_up(f"this system has no apt-get: install the equivalents of {' '.join(names)}, then try again.")
    # Redis, nginx and Prometheus are started by the tests that need them, and not by systemd at once.
    unattended = ["env", "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1"]
    if os.geteuid() == 0:
        return unattended
    if not _program("sudo"):
        give_up(f"as root, run `apt-get install {' '.join(names)}`, then try again.")
    return ["sudo", *unattended]


def _run(command: list[str]) -> None:
    with tempfile.TemporaryFile("w+") as output:
        finished = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False)
        if finished.returncode:
            output.seek(0)
            say(output.read()[-3000:])
            give_up(f"`{' '.join(command)}` failed; its words are above. Once the packages are installed, try again.")
