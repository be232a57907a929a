"""How granian is started: counts and limits from the environment, the rest as it proved itself."""

from batua import env

GRACE = 30  # seconds that requests under way may take when the server stops or reloads


def arguments(application: str = "batua.wsgi:application") -> list[str]:
    """Granian's command line, without the program. Raises EnvironmentFault."""
    numbers = {
        "--workers": env.number("WEB_WORKERS", 2),
        "--blocking-threads": env.number("WEB_THREADS", 16),
        "--port": env.number("PORT", 8000),
        "--workers-kill-timeout": GRACE,
        # On a reload, an old worker waits for its successor; one that does not listen by then is given up.
        "--respawn-interval": env.number("WEB_RELOAD_SECONDS", 60),
        # A client that does not finish its headers in ten seconds is let go; slow bodies are the proxy's to wait for.
        "--http1-header-read-timeout": 10_000,
        "--http1-buffer-size": 65_536,
        # A thread keeps nothing that is dear to make, so one that is idle may go.
        "--blocking-threads-idle-timeout": 60,
    }
    return [
        "--interface",
        "wsgi",
        "--host",
        env.text("WEB_HOST", "127.0.0.1"),
        *(str(part) for pair in numbers.items() for part in pair),
        "--no-ws",
        # Without this, one worker that is killed takes the whole server with it.
        "--respawn-failed-workers",
        *_lifetime(),
        application,
    ]


def _lifetime() -> list[str]:
    """Memory in MiB beyond which a worker is replaced, once its requests are done."""
    most = env.number("WEB_WORKER_MEMORY", 0)
    return ["--workers-max-rss", str(most)] if most else []
