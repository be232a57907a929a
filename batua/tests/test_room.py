"""The room of a request: no call of it makes Python ask the system for a piece of stack, however deep it stands."""

from resource import RUSAGE_THREAD, getrusage

import pytest

from batua.server.room import roomy

LOOPS = 200
DEEPEST = 400


def called(a=0, b=0, c=0, d=0, e=0, f=0, g=0, h=0, i=0, j=0, k=0, m=0) -> None:
    """A call that takes more of the stack than one step down does, so that some depth has no place for it."""


def faults_of_a_loop(depth: int) -> int:
    """How often a loop of calls, so deep in the stack, touches memory that is new."""
    if depth:
        return faults_of_a_loop(depth - 1)
    before = getrusage(RUSAGE_THREAD).ru_minflt
    for _number in range(LOOPS):
        called()
    return getrusage(RUSAGE_THREAD).ru_minflt - before


@pytest.fixture
def answers():
    """An application that answers with the most faults of any depth."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return [max(faults_of_a_loop(depth) for depth in range(DEEPEST))]

    return application


def test_no_loop_of_a_request_pays_for_pieces_of_stack(answers):
    [most] = roomy(answers)({}, lambda status, headers: None)

    assert most < LOOPS // 10


def test_the_application_is_called_as_it_was(answers):
    told = []

    def application(environ, start_response):
        start_response("204 No Content", [("A", "b")])
        return [environ["PATH_INFO"].encode()]

    body = roomy(application)({"PATH_INFO": "/x/"}, lambda status, headers: told.append((status, headers)))

    assert list(body) == [b"/x/"]
    assert told == [("204 No Content", [("A", "b")])]
