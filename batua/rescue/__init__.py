"""The operator's ways to keep everything and get it back: `manage.py backup`, `drill` and `pg move`."""
