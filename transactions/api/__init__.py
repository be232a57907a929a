"""The API of the books: entries, categories, wallets, imports."""
