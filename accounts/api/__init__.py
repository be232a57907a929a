"""The API of people: signing in and out, and what is known about oneself."""
