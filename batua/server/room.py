"""Room on Python's own stack for all calls of a request.

CPython up to 3.13 keeps that stack in chunks of 16 KiB: a call that leaves a chunk asks the system for the next one,
and its return gives that back. A loop that stands at such an edge pays for both with every call, and at some depth of
the templates each page has one: https://github.com/python/cpython/issues/142183.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A frame of so many words of eight bytes gets a chunk of its own of 256 KiB, the next power of two. The calls within
# have half of it, eight times what the deepest page takes (17 kB). Only what is touched takes memory.
WORDS = 15_500


def roomy(application: Application) -> Application:
    """The application, called from a frame so large that no call within leaves its chunk."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return application(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=WORDS)
    return answer
