#!/bin/sh
# Gathers the static files below STATIC_ROOT (staticfiles/), with a hash in each name and compressed. It needs no server and no secret:
# local mode's settings, in a folder that goes away.
set -eu
cd "$(dirname "$0")/.."
BATUA_VAR="$(mktemp -d)"
trap 'rm -rf "$BATUA_VAR"' EXIT
export BATUA_VAR STATIC_MANIFEST=1
.venv/bin/python manage.py collectstatic --no-input --verbosity 0 "$@"
