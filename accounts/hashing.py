"""How passwords are hashed: Argon2id as Django sets it, one password at a time in each process."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher


class InTurns(Argon2PasswordHasher):
    """Each hash takes 100 MB while it is made, and all cores: many at once would end a small server, not be faster."""

    turn = threading.Lock()

    def encode(self, password: str, salt: str) -> str:
        with self.turn:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with self.turn:
            return super().verify(password, encoded)
