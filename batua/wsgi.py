"""The production entry: it never starts an embedded server and demands DATABASE_URL."""

import os

from batua import env
from batua.server import room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batua.settings")
env.text("DATABASE_URL", example="postgresql://user:password@localhost:5432/batua")

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402  (settings are read at import)

if settings.DEBUG:
    raise env.EnvironmentFault("The production server does not start with DEBUG on: leave it out, or set DEBUG=0")
application = room.roomy(get_wsgi_application())
