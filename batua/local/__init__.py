"""What `make` runs on one's own machine: prepare it, serve on it, check the code. Production uses none of it."""
