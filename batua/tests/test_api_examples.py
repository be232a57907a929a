"""docs/api.md tells the truth: its commands are run by a shell against a server, its client by Python."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError

import pytest

from accounts.access import personal
from accounts.models import ApiSession
from conftest import make_member

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
PASSWORD = "correct horse battery"


@pytest.fixture
def asha(transactional_db):
    return make_member("asha@example.org", "Asha")


def run(commands: str, folder: Path, environment: dict[str, str]) -> str:
    """What the last command printed."""
    # The page's placeholders; the values come from the environment.
    commands = re.sub(r"^export .*\n", "", commands, flags=re.MULTILINE)
    shell = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env=environment, capture_output=True, check=True
    )
    # Answers follow each other without a line's end.
    return re.split(r"(?<=\})(?=\{)", shell.stdout.decode().strip())[-1]


def test_the_commands_of_the_page_print_what_it_says(live_server, asha, tmp_path):
    assert shutil.which("curl"), "curl is missing: `make install` brings it."
    _row, token = personal.make(user=asha, name="Docs", scope="write", days=7)
    environment = {"BATUA": live_server.url, "TOKEN": token, "PATH": "/usr/bin:/bin"}

    said, checked = "", 0
    for language, text in BLOCKS:
        if language == "sh":
            said = run(text, tmp_path, environment)
        elif language == "json":
            answer, shown = json.loads(said), json.loads(text)
            assert {name: part(answer[name], value) for name, value in shown.items()} == shown
            checked += 1

    assert checked >= 10


def part(answer, shown):
    """As much of the answer as the page shows."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        return {name: answer.get(name) for name in shown}
    return answer


def test_the_client_of_the_page_stays_signed_in(live_server, asha):
    names: dict = {}
    exec(next(text for language, text in BLOCKS if language == "python"), names)
    client = names["Batua"](live_server.url, "asha@example.org", PASSWORD)
    first = ApiSession.objects.get().refresh_id

    assert client.call("GET", "/api/users/me")["name"] == "Asha"
    assert ApiSession.objects.get().refresh_id == first
    client.REFRESH_EVERY = 0
    assert client.call("PATCH", "/api/users/me", {"name": "Asha B"})["name"] == "Asha B"
    second = ApiSession.objects.get().refresh_id
    assert second != first, "it refreshes when the time has come"

    client.REFRESH_EVERY = 12 * 60
    jar = next(one for one in client.opener.handlers if hasattr(one, "cookiejar")).cookiejar
    next(cookie for cookie in jar if cookie.name == "access_token").value = "expired"
    assert client.call("GET", "/api/users/me")["name"] == "Asha B", "a 401 is tried once more after refreshing"
    assert ApiSession.objects.get().refresh_id != second

    ApiSession.objects.update(revoked_at="2026-01-01T00:00:00Z")
    with pytest.raises(HTTPError, match="401"):
        client.call("GET", "/api/users/me")
