# Batua for a server. Each step is a command that `make install` or a test runs without Docker too.

# What both stages stand on: the system packages that batua/local/packages.py lists for running.
FROM python:3.11.14-slim-bookworm AS system
WORKDIR /srv/batua
COPY batua/__init__.py batua/
COPY batua/local batua/local
RUN python3 -m batua.local.install system && rm -rf /var/lib/apt/lists/*

# The locked Python packages in .venv, the code, and the static files with hashed names.
FROM system AS build
COPY requirements.txt .
RUN python3 -m batua.local.install image
COPY . .
RUN deploy/collect.sh && .venv/bin/python -m compileall -q -j 0 .

# The same place without what building left behind, as nobody special. Only /tmp and the volumes can be written to.
FROM system
RUN useradd --system --uid 10001 --home-dir /tmp batua \
 && install -d -o batua -g batua /certificates /backups /var/lib/batua
COPY --from=build /srv/batua /srv/batua
ENV PATH=/srv/batua/.venv/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    BATUA_VAR=/var/lib/batua \
    BACKUP_DIR=/backups \
    METRICS_DIR=/tmp/metrics \
    WEB_HOST=0.0.0.0 \
    PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-m", "batua.server.probe", "/healthz"]
CMD ["python", "-m", "batua.server"]
