"""The production entry with two pages more: one that takes its time, and one that breaks."""

from django.conf import settings

from batua.wsgi import application

settings.ROOT_URLCONF = "batua.tests.stack_urls"

__all__ = ["application"]
