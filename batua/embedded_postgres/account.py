"""As whom the server runs: PostgreSQL refuses to run as root, so root lends it another identity."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import NamedTuple

from batua.embedded_postgres.errors import EmbeddedError


class Account(NamedTuple):
    """User and group that own the server's files and run it."""

    uid: int
    gid: int


def account_for(root: Path, *, binaries: Path) -> Account | None:
    """The account for the server in `root`; None when the caller's own identity is used.

    Root runs it in a user namespace of its own, which needs no account and no change of permissions. Where that is
    forbidden (a chroot, most containers) it runs as `nobody`. The owner of `root` tells what an earlier run chose.
    """
    if os.geteuid() != 0:
        return None
    status = root.stat()
    if status.st_uid != 0:
        return Account(status.st_uid, status.st_gid)
    if _namespaces_allowed():
        return None
    return _nobody(root, binaries)


def in_namespace(command: list[str]) -> list[str]:
    """`command` as an ordinary user of a new user namespace; outside it stays root."""
    daemon = pwd.getpwnam("daemon")
    return ["unshare", "--user", f"--map-user={daemon.pw_uid}", f"--map-group={daemon.pw_gid}", *command]


def _namespaces_allowed() -> bool:
    attempt = subprocess.run(in_namespace(["true"]), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return attempt.returncode == 0


def _nobody(root: Path, binaries: Path) -> Account:
    if (root / "data").exists():
        raise EmbeddedError(f"{root} belongs to root, and user namespaces are forbidden here. Set DATABASE_URL.")
    entry = pwd.getpwnam("nobody")
    for folder in (*binaries.parents, *root.parents):
        if not folder.stat().st_mode & 0o001:
            raise EmbeddedError(
                f"The user 'nobody', who has to run PostgreSQL here, cannot enter {folder}. "
                f"Move the project, run `chmod o+x {folder}`, or set DATABASE_URL."
            )
    os.chown(root, entry.pw_uid, entry.pw_gid)
    return Account(entry.pw_uid, entry.pw_gid)
