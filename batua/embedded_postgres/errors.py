"""The one exception of the embedded server: its message says what to do and is shown as it is."""


class EmbeddedError(RuntimeError):
    """The embedded server cannot start or stop here."""
