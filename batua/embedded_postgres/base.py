"""Django's PostgreSQL engine, with metrics, that starts the embedded server when, and only when, nothing answers."""

from pathlib import Path
from typing import Any

from django.db.utils import OperationalError
from django_prometheus.db.backends.postgresql import base

from batua.embedded_postgres.errors import EmbeddedError
from batua.embedded_postgres.server import Embedded


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]  # the base has no types
    """The engine `batua.embedded_postgres`; the setting EMBEDDED names the server's folder."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            self._wake()
        return super().get_new_connection(conn_params)

    def _wake(self) -> None:
        """Start the server, or wait while another process does; no change when it runs already."""
        root = Path(self.settings_dict["EMBEDDED"])
        try:
            Embedded(root, fsync=self.settings_dict.get("EMBEDDED_FSYNC", True)).start()
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
