"""Django's development server, which reloads changed code, as a child of `batua.local.serve`.

Its reloader starts this module once more; both processes hold the lifeline, so neither outlives its parent.
"""

import os
import sys

from django.core.management import execute_from_command_line

from batua.local import development
from batua.local.lifeline import end_with_parent

if __name__ == "__main__":
    end_with_parent()
    development.assume()
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    execute_from_command_line(["manage.py", "runserver", *sys.argv[1:]])
