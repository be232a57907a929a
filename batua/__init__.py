"""The project package: a kernel below, wiring above, and Django's plumbing between them.

Kernel (pure Python): ``money``, ``periods``.
Helpers (Django, no app): ``env``, ``settings``, ``fields``, ``htmx``, ``middleware``, ``mail``, ``display`` …
Wiring (may import every app): ``urls``, ``onboarding``, ``backup``, ``management``.
"""

VERSION = "0.1.0"
