"""One management command on the local database, which is started for it and stopped after it."""

import subprocess
import sys

from django.conf import settings

from batua.embedded_postgres.errors import EmbeddedError
from batua.env import EnvironmentFault
from batua.local import database, development
from batua.local.speech import give_up


def main() -> None:
    """Run `manage.py` with the arguments given; ends with its exit code."""
    development.assume()
    try:
        with database.running():
            command = [sys.executable, "manage.py", *sys.argv[1:]]
            code = subprocess.run(command, cwd=settings.BASE_DIR, check=False).returncode
    except (EmbeddedError, EnvironmentFault) as error:
        give_up(str(error))
    raise SystemExit(code)


if __name__ == "__main__":
    main()
