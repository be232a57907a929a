"""`manage.py pg`: look after the embedded PostgreSQL of local mode."""

import os
import subprocess
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from batua.dumps import DumpError
from batua.embedded_postgres.errors import EmbeddedError
from batua.embedded_postgres.server import DATABASE, Embedded
from batua.env import EnvironmentFault, database_at, without_password
from batua.rescue import moving


class Command(BaseCommand):
    """start, stop, status, psql, dump, restore, move"""

    help = "Look after the embedded PostgreSQL: start, stop, status, psql, dump FILE, restore FILE, move ADDRESS."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("start", help="start it; it stays until `pg stop`")
        stop = actions.add_parser("stop", help="stop it")
        stop.add_argument("--unless-used", action="store_true", help="only if no program is connected")
        actions.add_parser("status", help="say whether it runs; exit code 1 when it does not")
        psql = actions.add_parser("psql", help="open PostgreSQL's own prompt")
        psql.add_argument("arguments", nargs="*", help="what to pass on, after --")
        dump = actions.add_parser("dump", help="write everything to a file, for pg_restore")
        dump.add_argument("file")
        restore = actions.add_parser("restore", help="read such a file back into an empty database")
        restore.add_argument("file")
        move = actions.add_parser("move", help="copy everything into an empty database on another server, and compare")
        move.add_argument("address", help="postgresql://user:password@host/batua, as DATABASE_URL will name it")

    def handle(self, *_arguments: str, action: str, **options: Any) -> None:
        if not settings.LOCAL_MODE:
            raise CommandError("DATABASE_URL is set: there is no embedded server to look after.")
        server = Embedded.of(settings.DATABASES["default"])
        try:
            getattr(self, f"_{action}")(server, **options)
        except (EmbeddedError, EnvironmentFault, DumpError) as error:
            raise CommandError(str(error)) from error

    def _start(self, server: Embedded, **_options: Any) -> None:
        started = server.start()
        self.stdout.write(f"PostgreSQL {'started' if started else 'runs already'} in {server.root}")

    def _stop(self, server: Embedded, *, unless_used: bool, **_options: Any) -> None:
        stopped = server.stop_unless_used() if unless_used else server.stop()
        if stopped:
            self.stdout.write("PostgreSQL stopped.")
        else:
            self.stdout.write("PostgreSQL is in use." if server.postmaster() else "PostgreSQL does not run.")

    def _status(self, server: Embedded, **_options: Any) -> None:
        pid = server.postmaster()
        if pid is None:
            raise CommandError("PostgreSQL does not run.")
        self.stdout.write(f"PostgreSQL runs in {server.root}, pid {pid}, {server.clients()} connected")

    def _psql(self, server: Embedded, *, arguments: list[str], **_options: Any) -> None:
        server.start()
        command = server.client_command("psql", "-d", DATABASE, *arguments)
        os.execv(command[0], command)

    def _dump(self, server: Embedded, *, file: str, **_options: Any) -> None:
        server.start()
        command = server.client_command("pg_dump", "-d", DATABASE, "--format", "custom", "--file", file)
        if subprocess.run(command, check=False).returncode:
            raise CommandError(f"{file} was not written; the reason is above.")
        self.stdout.write(f"Written: {file}. Read it back with `manage.py pg restore` or pg_restore.")

    def _restore(self, server: Embedded, *, file: str, **_options: Any) -> None:
        """All or nothing: where tables are already, the first of them stops it."""
        server.start()
        command = server.client_command("pg_restore", "-d", DATABASE, "--single-transaction", "--no-owner", file)
        if subprocess.run(command, check=False).returncode:
            raise CommandError("Nothing was restored; the reason is above. The database has to be empty.")
        self.stdout.write(f"Restored: {file}.")

    def _move(self, server: Embedded, *, address: str, **_options: Any) -> None:
        server.start()
        if server.clients():
            raise CommandError("Batua is in use: stop it first, so that nothing is written after the copy.")
        rows = moving.move(settings.DATABASES["default"], database_at(address))
        self.stdout.write(
            f"Copied and compared: {rows} rows. From now on start Batua with DATABASE_URL={without_password(address)}; "
            f"what is in {server.root} is no longer used, and stays until you remove it."
        )
