"""`make up`: what compose.yaml wants to find, made where it is missing: random secrets, and an empty .env.

The system's own Python runs this, so it may import only the standard library.
"""

import secrets
from pathlib import Path

from batua.local.environment import PROJECT
from batua.local.speech import say

RANDOM = ("database_password", "secret_key", "jwt_key", "metrics_token", "grafana_password")
MAIL_KEY = "resend_api_key"
# Nobody but the owner may enter the folder; within it the containers' users have to read what is mounted for them.
FOLDER_MODE, FILE_MODE = 0o700, 0o444


def main(root: Path = PROJECT) -> None:
    """Makes only what is not there; nothing is ever overwritten."""
    folder = root / "secrets"
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    made = [name for name in RANDOM if _make(folder / name, secrets.token_urlsafe(48))]
    if made:
        say(f"Made in {folder.name}/: {', '.join(made)}. Keep a copy of them with your backups.")
    if _make(folder / MAIL_KEY, "re_replace_me"):
        say(f"Put the key of your Resend account into {folder.name}/{MAIL_KEY}: without it no mail goes out.")
    if _make(root / ".env", "# Settings of this installation; .env.example explains each.\n"):
        say("Made .env: name your site there, see docs/operations.md.")


def _make(file: Path, content: str) -> bool:
    if file.exists():
        return False
    file.write_text(content)
    file.chmod(0o644 if file.name == ".env" else FILE_MODE)
    return True


if __name__ == "__main__":
    main()
