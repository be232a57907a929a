"""The image's health check: `python -m batua.server.probe` is silent when the server answers, and says why when not."""

import sys
import urllib.error
import urllib.request

from batua import env

PATIENCE = 4.5  # seconds; a database that is away is told after three


def main() -> None:
    """Exit code 0 or 1, as Docker wants it."""
    path = sys.argv[1] if len(sys.argv) > 1 else "/healthz"
    address = f"http://127.0.0.1:{env.number('PORT', 8000)}{path}"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE):  # nosec B310 # http on this machine
            return
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{address}: {error.code} {error.read().decode(errors='replace')[:500]}") from error
    except OSError as error:
        raise SystemExit(f"{address}: {error}") from error


if __name__ == "__main__":
    main()
