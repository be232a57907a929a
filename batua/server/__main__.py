"""`python -m batua.server [MODULE:APPLICATION]`: serve until told to stop.

TERM ends it once all requests are answered, HUP replaces the workers one after the other, each by one that listens.

Workers count into files of one folder, which is emptied first: a new server counts from nought.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from batua import env
from batua.server import options


def main() -> None:
    """Becomes granian, under the same process id."""
    try:
        command = [sys.executable, "-m", "batua.server.patient", *options.arguments(*sys.argv[1:])]
        folder = Path(env.text("METRICS_DIR", str(Path(tempfile.gettempdir()) / f"batua-metrics-{os.getuid()}")))
        limit = env.number("WEB_QUERY_SECONDS", 30)
    except env.EnvironmentFault as fault:
        raise SystemExit(f"batua: {fault}") from fault
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    # Read by libpq for every connection of this server, and by none of a command: migrations may take their time.
    limits = f"-c statement_timeout={limit}s -c idle_in_transaction_session_timeout=60s"
    environment = {"PGOPTIONS": limits, **os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    os.execve(command[0], command, environment)


if __name__ == "__main__":
    main()
