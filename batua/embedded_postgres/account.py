"""As whom the server runs: PostgreSQL refuses to run as root, so root lends it another identity."""

import os
import pwd
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from batua.embedded_postgres.errors import EmbeddedError

# Without the securebit access(2) forgets the capability, and initdb finds no postgres beside itself.
ENTER_ANY_FOLDER = ("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override")


class Account(NamedTuple):
    """User and group that own the server's files and run it."""

    uid: int
    gid: int


def account_for(root: Path) -> Account | None:
    """The account for the server in `root`; None when its files belong to the caller.

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
    if (root / "data").exists():
        raise EmbeddedError(f"{root} belongs to root, and user namespaces are forbidden here. Set DATABASE_URL.")
    nobody = pwd.getpwnam("nobody")
    os.chown(root, nobody.pw_uid, nobody.pw_gid)
    return Account(nobody.pw_uid, nobody.pw_gid)


def as_account(command: list[str], account: Account | None, *, reads: Iterable[Path]) -> list[str]:
    """`command`, run by the account, or by the caller if it is not root; it will read the folders `reads`."""
    if os.geteuid() != 0:
        return command
    if account is None:
        return _in_namespace(command)
    identity = [f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
    # A project below /root, which others may not enter: no permission of its folders is changed for that.
    leave = [] if all(_open_to_all(folder) for folder in reads) else ENTER_ANY_FOLDER
    return ["setpriv", *identity, *leave, *command]


def _in_namespace(command: list[str]) -> list[str]:
    """`command` as an ordinary user of a new user namespace; outside it stays root."""
    daemon = pwd.getpwnam("daemon")
    return ["unshare", "--user", f"--map-user={daemon.pw_uid}", f"--map-group={daemon.pw_gid}", *command]


def _namespaces_allowed() -> bool:
    attempt = subprocess.run(_in_namespace(["true"]), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return attempt.returncode == 0


def _open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in folder.parents)
