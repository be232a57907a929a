"""`make check`: every tool that judges the code without running it, two at a time; all that fail are shown."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from batua.local import development
from batua.local.environment import PROJECT
from batua.local.speech import say

PACKAGES = ("batua", "accounts", "transactions", "budgets", "reports", "manage.py")
SCRIPTS = Path(sys.executable).parent


class Verdict(NamedTuple):
    """What one tool said."""

    name: str
    passed: bool
    words: str
    seconds: float


def _module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _script(name: str, *arguments: str) -> list[str]:
    return [str(SCRIPTS / name), *arguments]


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def _templates() -> list[str]:
    return [str(path) for path in sorted(PROJECT.glob("templates/**/*.html"))]


# The slowest first, so that the short ones fill the second core.
CHECKS: dict[str, Callable[[], list[str]]] = {
    "types": lambda: _module("mypy", *PACKAGES),
    "lint of the templates": lambda: _module("djlint", "templates", "--lint", "--quiet"),
    "format": lambda: _module("ruff", "format", "--check", "--quiet", "."),
    "lint": lambda: _module("ruff", "check", "--quiet", "."),
    "imports": lambda: _script("lint-imports", "--no-logo"),
    "format of the templates": lambda: _script("djade", "--check", "--target-version", "5.2", *_templates()),
    "unsafe calls": lambda: _module("bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", *PACKAGES),
    "Django's checks": lambda: _manage("check", "--fail-level", "WARNING"),
    "migrations": lambda: _manage("makemigrations", "--check", "--dry-run"),
    "risky migrations": lambda: _module("batua.local.risky_migrations"),
}


def main() -> None:
    """Run all checks; exit code 1 when one fails."""
    development.assume()
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = list(pool.map(_judge, CHECKS))
    # The migrations check asks the database, and so may have started it.
    subprocess.run(_manage("pg", "stop", "--unless-used"), cwd=PROJECT, capture_output=True, check=False)
    failed = [verdict for verdict in verdicts if not verdict.passed]
    for verdict in failed:
        say(f"\n--- {verdict.name} ---\n{verdict.words.strip()}")
    if failed:
        raise SystemExit(f"\nNot in order: {', '.join(verdict.name for verdict in failed)}")


def _judge(name: str) -> Verdict:
    started = time.monotonic()
    ran = subprocess.run(
        CHECKS[name](), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    verdict = Verdict(name, ran.returncode == 0, ran.stdout, time.monotonic() - started)
    say(f"{'ok    ' if verdict.passed else 'FAILED'} {name} ({verdict.seconds:.1f} s)")
    return verdict


if __name__ == "__main__":
    main()
