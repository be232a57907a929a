"""The production entry with the benchmark's empty page."""

from django.conf import settings

from batua.wsgi import application

settings.ROOT_URLCONF = "batua.benchmarks.addresses"

__all__ = ["application"]
