"""The production server: `python -m batua.server` serves ``batua.wsgi`` with granian, as the image and the docs do."""
