"""How a program gets in: sign-ins by cookie, personal tokens, and what each may do."""
