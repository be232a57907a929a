"""A whole Batua for tests, of real parts on the loopback: web servers, the proxy, a database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from batua.embedded_postgres.server import Embedded
from batua.local.lifeline import end_with_parent
from batua.server import certificate

HOST = "127.0.0.1"
TOKEN = "for the eyes of Prometheus"
PATIENCE = 40.0  # seconds; the machine may be busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], otherwise: str, log: Path | None = None) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"{otherwise} {log.read_text()[-3000:] if log else ''}")
        time.sleep(0.05)


def fetch(address: str, **headers: str) -> tuple[int, str]:
    """(status, text); 0 when nobody answers."""
    request = urllib.request.Request(address, headers={name.replace("_", "-"): each for name, each in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


@contextmanager
def running(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends with the test, politely."""
    with log.open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, preexec_fn=end_with_parent, **options)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)


@contextmanager
def database_like(tested: Mapping[str, Any], name: str) -> Iterator[str]:
    """The address of a new database that is what the tests' own is at this moment."""
    server = Embedded.of(tested)
    _psql(server, "postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _psql(server, "postgres", f'CREATE DATABASE "{name}"')
    dump = server.client_command("pg_dump", "-d", str(tested["NAME"]), "--no-owner")
    _psql(server, name, subprocess.run(dump, capture_output=True, check=True, text=True).stdout)
    try:
        yield f"postgresql://batua@/{name}?host={server.socket_dir}"
    finally:
        _psql(server, "postgres", f'DROP DATABASE "{name}" WITH (FORCE)')


def _psql(server: Embedded, database: str, statements: str) -> None:
    command = server.client_command("psql", "-d", database, "-XqAt", "-v", "ON_ERROR_STOP=1")
    subprocess.run(command, input=statements, capture_output=True, check=True, text=True)


@dataclass(frozen=True)
class Server:
    """One web server with its workers."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return fetch(f"{self.address}/readyz")[0] == 200


@contextmanager
def web(folder: Path, environment: Mapping[str, str], *, workers: int = 2) -> Iterator[Server]:
    """Batua as the image runs it, on a port of its own."""
    port = free_port()
    folder.mkdir()
    own = {
        **os.environ,
        **environment,
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "WEB_THREADS": "8",
        "METRICS_DIR": str(folder / "metrics"),
    }
    command = [sys.executable, "-m", "batua.server", "batua.tests.stack_app:application"]
    with running(command, folder / "log", env=own, cwd=settings.BASE_DIR) as process:
        yield Server(port, process, folder / "log")


@contextmanager
def proxy(folder: Path, servers: list[Server], port: int) -> Iterator[Path]:
    """The proxy with the configuration that is deployed, but for ports, names and folders; the certificate to trust."""
    folder.mkdir()
    certificate.make(folder, ["localhost"], now=timezone.now())
    plain = free_port()
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    upstream = "\n".join(f"server {HOST}:{each.port} max_fails=0;" for each in servers)
    for deployed, here in {
        "/tmp/": f"{folder}/",
        "server web:8000 max_fails=0;": upstream,
        "listen 8080 ": f"listen {HOST}:{plain} ",
        "listen 8443 ": f"listen {HOST}:{port} ",
        "/certificates/": f"{folder}/",
    }.items():
        assert deployed in text
        text = text.replace(deployed, here)
    (folder / "nginx.conf").write_text(text)
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing: `make install` brings it."
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    with running(command, folder / "log"):
        wait_until(lambda: fetch(f"http://{HOST}:{plain}/healthz")[0] == 200, "The proxy is away.", folder / "log")
        yield folder / "fullchain.pem"


@contextmanager
def prometheus(folder: Path, targets: Mapping[str, list[int]]) -> Iterator[str]:
    """Debian's Prometheus with the configuration that is deployed, but for addresses and a shorter breath."""
    folder.mkdir()
    monitoring = settings.BASE_DIR / "monitoring"
    configuration = yaml.safe_load((monitoring / "prometheus.yml").read_text())
    configuration["global"] = {"scrape_interval": "2s", "evaluation_interval": "1s"}
    configuration["rule_files"] = [str(monitoring / name) for name in configuration["rule_files"]]
    (folder / "token").write_text(TOKEN)
    for job in configuration["scrape_configs"]:
        del job["dns_sd_configs"]
        job["static_configs"] = [{"targets": [f"{HOST}:{port}" for port in targets[job["job_name"]]]}]
        if "authorization" in job:
            job["authorization"]["credentials_file"] = str(folder / "token")
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
    port = free_port()
    command = [
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'store'}",
        f"--web.listen-address={HOST}:{port}",
    ]
    with running(command, folder / "log"):
        yield f"http://{HOST}:{port}"


@contextmanager
def worker(folder: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """One that does the jobs; the port on which it tells what it counted."""
    folder.mkdir()
    port = free_port()
    own = {**os.environ, **environment, "WORKER_METRICS_PORT": str(port)}
    with running([sys.executable, "manage.py", "work"], folder / "log", env=own, cwd=settings.BASE_DIR):
        yield port
