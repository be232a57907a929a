"""Dockerfile, compose.yaml and what they call: valid, closed, complete, and of the versions in use elsewhere."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from batua.backup import archive
from batua.embedded_postgres.server import LOCALE, MAJOR
from batua.local import install, packages, secret_files
from transactions import importers

ROOT = Path(__file__).resolve().parents[2]
OURS = ("certificate", "migrate", "web", "worker")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def text(name: str) -> str:
    return (ROOT / name).read_text()


def test_compose_is_what_the_specification_wants(compose):
    schema = json.loads(text("batua/tests/vendor/compose-spec.json"))

    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(compose)] == []


def test_services_start_in_order_and_wait_for_health(compose):
    services = compose["services"]

    assert set(services) == {*OURS, "proxy", "db", "redis", "prometheus", "grafana"}
    for name, service in services.items():
        for other, wish in service.get("depends_on", {}).items():
            if wish["condition"] == "service_healthy":
                assert "healthcheck" in services[other], f"{name} waits for the health of {other}"
    assert set(services["proxy"]["depends_on"]) == {"certificate", "web"}
    assert set(services["web"]["depends_on"]) == {"migrate", "redis"}
    assert set(services["migrate"]["depends_on"]) == {"db"}


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_nothing_that_faces_people_can_write_or_gain_rights(compose, name):
    service = compose["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]


def test_only_the_proxy_is_reached_from_outside(compose):
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}

    assert published == {"proxy": ["80:8080", "443:8443"], "grafana": ["127.0.0.1:3000:3000"]}


def test_secrets_come_from_files_that_make_up_makes(compose, tmp_path, capsys):
    secret_files.main(tmp_path)
    made = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}

    secret_files.main(tmp_path)

    assert {Path(secret["file"]).name for secret in compose["secrets"].values()} == made.keys()
    assert {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()} == made
    assert len(set(made.values())) == len(made) == 6
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert capsys.readouterr().out.count("Made in secrets/") == 1
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            is_secret = re.search(r"PASSWORD|SECRET|TOKEN|KEY", name)
            assert not is_secret or value.startswith("/run/secrets/"), name


def test_compose_gives_the_server_all_that_production_demands(compose, tmp_path, capsys):
    secret_files.main(tmp_path)
    given = {
        name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value).replace("/run/secrets", str(tmp_path / "secrets"))
        for name, value in compose["services"]["web"]["environment"].items()
    }
    plain = {"PATH": os.environ["PATH"], "BATUA_VAR": str(tmp_path), "STATIC_MANIFEST": "0"}

    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=plain | given,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_the_image_is_built_by_what_runs_without_docker_too(dockerfile):
    steps = re.findall(r"batua\.local\.install (\w+)", dockerfile)

    assert steps == ["system", "image"]
    assert install.PURPOSES["system"] == (packages.TO_RUN, ())
    assert install.PURPOSES["image"] == ((), ("requirements.txt",))
    assert not re.search(r"apt-get|pip install", dockerfile)
    for path in re.findall(r"^COPY (?!--from)(\S+) ", dockerfile, re.MULTILINE):
        assert (ROOT / path).exists(), path
    assert "\nUSER 10001\n" in dockerfile
    assert "\nHEALTHCHECK " in dockerfile


def test_the_image_leaves_out_what_is_nobodys_business():
    left_out = text(".dockerignore").splitlines()

    assert {".*", "var", "secrets", "**/tests"} <= set(left_out)


def test_bases_and_services_are_pinned_and_of_the_versions_in_use(compose, dockerfile):
    images = {name: each["image"] for name, each in compose["services"].items() if name not in OURS}
    bases = re.findall(r"^FROM (\S+:\S+)", dockerfile, re.MULTILINE)
    versions = {name: re.search(r":v?(\d+\.\d+[\d.]*)", image)[1] for name, image in images.items()}
    documented = text("docs/operations.md")

    assert [re.match(r"python:3\.11\.\d+-slim-bookworm$", base) is not None for base in bases] == [True]
    assert versions["db"].split(".")[0] == str(MAJOR)
    assert " ".join(LOCALE) == compose["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert f"PostgreSQL {MAJOR} to use" in text(".env.example")
    for name, product in {
        "proxy": "nginx", "redis": "Redis", "prometheus": "Prometheus", "grafana": "Grafana"
    }.items():  # fmt: skip
        assert f"{product} {'.'.join(versions[name].split('.')[:2])}" in documented, name
    assert f"PostgreSQL {MAJOR}" in documented


def test_python_is_of_one_version_everywhere(dockerfile):
    assert 'requires-python = ">=3.11"' in text("pyproject.toml")
    assert 'python_version = "3.11"' in text("pyproject.toml")
    assert "--python-version 3.11" in text("Makefile")
    assert "Python is 3.11 in the image" in text("docs/operations.md")
    assert "FROM python:3.11." in dockerfile


def test_the_proxy_lets_through_what_the_forms_may_take():
    conf = text("deploy/nginx.conf")
    sizes = [int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", conf)]

    assert min(sizes) > importers.MAX_BYTES
    assert max(sizes) > archive.MAX_ARCHIVE


def test_static_files_are_hashed_compressed_and_kept_for_ever(settings, tmp_path, db):
    few = [ROOT / "deploy" / "collect.sh"]
    for large in ("admin", "django_htmx", "swagger-ui-bundle.js*"):
        few += ["--ignore", large]
    subprocess.run(few, env={**os.environ, "STATIC_ROOT": str(tmp_path)}, check=True)
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    request = RequestFactory().get(f"/static/{names['css/tokens.css']}", headers={"accept-encoding": "gzip"})

    response = WhiteNoiseMiddleware(lambda _request: None)(request)

    assert re.fullmatch(r"css/tokens\.[0-9a-f]{12}\.css", names["css/tokens.css"])
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response["Content-Encoding"] == "gzip"
    response.close()
