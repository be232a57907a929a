"""A rush of sign-ins takes the memory of one hash in each process, and the hashes are Argon2id's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from accounts.hashing import InTurns

HASHERS = ["accounts.hashing.InTurns"]


def _held() -> int:
    """Megabytes of this process at this moment."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))) // 1024


def test_many_passwords_at_once_take_the_memory_of_one(settings):
    settings.PASSWORD_HASHERS = HASHERS
    kept, before, most = make_password("correct horse"), _held(), 0

    with ThreadPoolExecutor(4) as pool:
        checks = [pool.submit(check_password, "correct horse", kept) for _each in range(4)]
        while not all(check.done() for check in checks):
            most = max(most, _held())
            threading.Event().wait(0.002)

    assert [check.result() for check in checks] == [True] * 4
    assert most - before < 150


def test_hashes_are_those_of_django():
    kept = InTurns().encode("correct horse", "salt of eight")

    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert Argon2PasswordHasher().verify("correct horse", kept)
    assert not InTurns().verify("wrong horse", kept)
