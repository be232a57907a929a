"""What a server that others can reach must not start with. Local mode, and a server for this machine alone, may."""

from urllib.parse import urlsplit

from batua.env import EnvironmentFault

KNOWN_SECRETS = ("change", "secret", "django-insecure", "known to everyone")
SHORTEST, FEWEST_CHARACTERS = 50, 5  # as Django's own check has them


def is_for_this_machine(site_url: str) -> bool:
    host = urlsplit(site_url).hostname or ""
    return host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost")


def demand(*, debug: bool, site_url: str, hosts: list[str], secret: str) -> None:
    """Stops the start with the variable's name and an example."""
    if not hosts or "*" in hosts:
        raise EnvironmentFault("Set ALLOWED_HOSTS to the names of this server, for example ALLOWED_HOSTS=batua.example")
    if is_for_this_machine(site_url):
        return
    if debug:
        raise EnvironmentFault("DEBUG shows everybody the inside of this server: leave it out, or set DEBUG=0")
    if not site_url.startswith("https://"):
        raise EnvironmentFault(
            f"SITE_URL is {site_url!r}: passwords need HTTPS, for example SITE_URL=https://batua.example"
        )
    is_known = secret.lower().startswith(KNOWN_SECRETS)
    if is_known or len(secret) < SHORTEST or len(set(secret)) < FEWEST_CHARACTERS:
        raise EnvironmentFault(
            f"SECRET_KEY is known or too short: take {SHORTEST} random characters or more, "
            'for example from python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
