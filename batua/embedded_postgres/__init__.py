"""A private PostgreSQL under var/ for local mode, and the database engine that wakes it (`base.py`)."""
