#!/usr/bin/env python3
"""Django's command line. In local mode the first question to the database starts the embedded server."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batua.settings")
    execute_from_command_line(sys.argv)
