"""The settings of whoever works on Batua: DEBUG is on, also with a DATABASE_URL, so nothing more is asked."""

import os


def assume() -> None:
    """Choose the settings module and DEBUG, unless the environment already does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "batua.settings")
    os.environ.setdefault("DEBUG", "1")
