"""What `make` promises before anything runs: locked packages, a verb with help for each need, a sentence when stuck."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from batua.local import environment, packages

PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
NAMED = re.compile(r"^[A-Za-z0-9._-]+")
VERBS = ["install", "run", "test", "check", "e2e", "demo", "bench", "lock", "clean"]


def lock(name: str) -> str:
    return (settings.BASE_DIR / name).read_text()


def pins(name: str) -> dict[str, str]:
    return dict(PINNED.findall(lock(name)))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_pins_every_package_by_hash_and_names_no_index(name):
    text = lock(name)

    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]

    assert len(entries) == len(PINNED.findall(text)) > 40
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_tests_run_with_the_packages_of_production():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_dependency_is_locked():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    named = [NAMED.match(line).group().lower() for line in project["project"]["dependencies"]]
    named_for_tests = [NAMED.match(line).group().lower() for line in project["dependency-groups"]["dev"]]

    assert set(named) <= pins("requirements.txt").keys()
    assert set(named_for_tests) <= pins("requirements-dev.txt").keys()


def test_make_lists_its_verbs_with_a_line_of_help_each():
    listed = subprocess.run(["make", "help"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout

    helped = dict(re.findall(r"^make (\w+) +(\S.*)$", listed, re.MULTILINE))
    assert helped.keys() >= set(VERBS)


MISSING = packages.Need(("libdraw-1",), "drawings", lambda: False)


def test_nothing_is_installed_when_all_is_there(capsys):
    packages.install([packages.Need(("libdraw-1",), "drawings", lambda: True)])

    assert capsys.readouterr().out == ""


def test_without_apt_the_person_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/nonexistent")

    with pytest.raises(SystemExit, match="install the equivalents of libdraw-1"):
        packages.install([MISSING])

    assert "libdraw-1 (drawings)" in capsys.readouterr().out


def test_without_sudo_the_person_is_told_the_command(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(SystemExit, match="apt-get install libdraw-1"):
        packages.install([MISSING])


@pytest.fixture
def venv(tmp_path, monkeypatch) -> Path:
    """A virtual environment that claims to be filled from two small locks."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(environment, "PROJECT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", folder)
    monkeypatch.setattr(environment, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", folder / "installed.json")
    folder.mkdir()
    (tmp_path / "a.txt").touch()
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    environment.STAMP.write_text(json.dumps({**environment._identity(), "a.txt": nothing}))
    return folder


def test_a_filled_environment_is_left_as_it_is(venv):
    environment.prepare(["a.txt"])

    assert [path.name for path in venv.iterdir()] == ["installed.json"]


def test_an_environment_that_was_moved_is_made_anew(venv, monkeypatch):
    moved = venv.rename(venv.with_name("moved"))
    monkeypatch.setattr(environment, "FOLDER", moved)
    monkeypatch.setattr(environment, "STAMP", moved / "installed.json")

    assert environment._stamp() == {}
    assert not moved.exists()


def test_a_lock_that_cannot_be_installed_leaves_no_stamp(venv):
    (venv.parent / "a.txt").write_text("--no-such-option\n")

    with pytest.raises(SystemExit, match=r"a\.txt could not be installed"):
        environment.prepare(["a.txt"])

    assert not environment.STAMP.exists()
