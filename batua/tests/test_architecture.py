"""What import-linter cannot see: keys point down, names are banned, files stay short, fragments have one root."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
# Each app may refer to those after it.
ORDER = ["reports", "budgets", "transactions", "accounts"]
BANNED_NAMES = {"services", "utils", "helpers", "common", "managers", "core", "handlers", "processors", "info", "data"}
LONGEST = 400
LONGEST_TEMPLATE = 120


def tracked(*patterns: str) -> list[Path]:
    """Files git knows or would add; in a source archive without git, every file."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def test_foreign_keys_point_down():
    for model in apps.get_models():
        app = model._meta.app_label
        if app not in ORDER:
            continue
        for field in model._meta.get_fields():
            target = field.related_model._meta.app_label if field.is_relation and field.concrete else app
            if target in ORDER:
                assert ORDER.index(target) >= ORDER.index(app), f"{model.__name__}.{field.name} points up to {target}"


def test_reports_has_no_tables():
    assert list(apps.get_app_config("reports").get_models()) == []


def test_no_module_is_a_drawer_for_the_unnamed():
    found = [path for path in tracked("*.py") if path.stem in BANNED_NAMES or path.parent.name in BANNED_NAMES]

    assert found == []


@pytest.mark.parametrize("pattern", ["*.py", "*.css", "*.js"])
def test_files_are_short_enough_to_read(pattern):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked(pattern)
        if "migrations" not in path.parts and "vendor" not in path.parts
        if (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}


def test_templates_are_short_enough_to_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("templates/*.html")
        if (lines := len(path.read_text().splitlines())) > LONGEST_TEMPLATE
    }

    assert long == {}


@pytest.mark.parametrize("app", ORDER[:3])
def test_a_fragment_has_one_root_named_after_its_file(app):
    for path in (ROOT / "templates" / app).glob("_*.html"):
        text = re.sub(r"{#.*?#}|{% comment .*?endcomment %}|{% load [^%]*%}", "", path.read_text(), flags=re.DOTALL)
        ids = re.findall(r"<\w[^>]*?\bid=\"([^\"{]*)\"", text)
        if f"{app}-{path.stem.removeprefix('_').replace('_', '-')}" in ids:
            continue
        # A part that is only ever included (a row, a figure) has no id, because it may stand on a page many times.
        rendered_alone = any(
            f'"{app}/{path.name}"' in source.read_text()
            for source in tracked(f"{app}/*.py")
            if "tests" not in source.parts
        )
        assert not rendered_alone, f"{path.name} is an answer to htmx and needs id {app}-{path.stem.removeprefix('_')}"


@pytest.mark.parametrize("banned", ["|safe", "<style", " style=", " onclick=", "hx-on", "javascript:"])
def test_templates_hold_no_inline_script_or_style(banned):
    # A mail has no other file to be styled from; its style stands in a file of its own.
    pages = [path for path in tracked("templates/*.html") if path.parent.name != "mail" or banned != "<style"]
    found = [str(path.relative_to(ROOT)) for path in pages if banned in path.read_text()]

    assert found == []


def test_styles_use_no_id_selector_and_no_important():
    for path in tracked("static/css/*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        assert "!important" not in text, path
        selectors = re.findall(r"(?:^|})\s*([^{}@]+){", text)
        assert not [selector for selector in selectors if re.search(r"#[A-Za-z]", selector)], path


def test_every_variable_of_the_environment_is_documented():
    read = set()
    for path in tracked("batua/*.py"):
        if "tests" not in path.parts:
            read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))

    assert read - documented == set()


def test_only_env_reads_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in tracked("batua/*.py", "accounts/*.py", "transactions/*.py", "budgets/*.py", "reports/*.py")
        if re.search(r"os\.(environ\.get|environ\[|getenv)", path.read_text()) and "tests" not in path.parts
    ]

    # The installer runs before there is a virtual environment, the server's starter outside Django.
    assert [
        path
        for path in readers
        if path != "batua/env.py" and not path.startswith(("batua/local/", "batua/embedded_postgres/"))
    ] == []


def test_no_file_names_a_package_index():
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|--index-url|unpkg\.com|jsdelivr|cdnjs")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in {".png", ".ico", ".svg"} and path != Path(__file__)
        if hosts.search(path.read_text(errors="replace"))
    ]

    assert found == []
