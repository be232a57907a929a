"""Measures Batua as its users meet it: the production server, persistent connections, ledgers of any size."""
