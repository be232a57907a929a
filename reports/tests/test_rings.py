"""The ring: slices where a circle says they are, and nothing lost of whatever hypothesis thinks of."""

import math
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports import rings
from reports.rings import Slice

D = Decimal


def ring(*amounts: str | Decimal) -> rings.Ring | None:
    return rings.ring([Slice("", "", "", f"{amount} %", D(amount)) for amount in amounts])


def test_four_quarters_begin_at_the_top_and_go_clockwise():
    quarters = ring("1", "1", "1", "1")

    assert quarters is not None
    # From the top of the outer circle to its right, over the middle of the quarter; then back along the inner one.
    assert quarters.arcs[0].path == (
        'd="M0.00 -88.00A88 88 0 0 1 62.23 -62.23A88 88 0 0 1 88.00 -0.00'
        'L58.00 -0.00A58 58 0 0 0 41.01 -41.01A58 58 0 0 0 0.00 -58.00Z"'
    )
    assert [arc.path.split("A")[0] for arc in quarters.arcs[1:]] == [
        'd="M88.00 -0.00',
        'd="M0.00 88.00',
        'd="M-88.00 0.00',
    ]


def test_one_slice_goes_all_the_way_round():
    whole = ring("12.34")

    assert whole is not None
    assert whole.arcs[0].path.startswith('d="M0.00 -88.00A88 88 0 0 1 0.00 88.00A88 88 0 0 1 -0.00 -88.00L')


def test_a_label_stands_outside_on_its_side():
    halves = ring("50", "50")

    assert halves is not None
    assert [(arc.label, arc.spot) for arc in halves.arcs] == [
        ("50 %", 'x="95.00" y="-0.00" text-anchor="start"'),
        ("50 %", 'x="-95.00" y="0.00" text-anchor="end"'),
    ]


def test_a_thin_slice_is_seen_and_has_no_label():
    parts = ring("1000000000", "0.01")

    assert parts is not None
    assert parts.arcs[1].label == ""
    # 1.2 % of the way round, which ends at the top.
    x = 88 * math.sin(-math.tau * 0.012)
    assert parts.arcs[1].path.startswith(f'd="M{x:.2f} ')


def test_nothing_has_no_ring():
    assert ring() is None


@given(st.lists(st.decimals(min_value=D("0.0001"), max_value=10**15, places=4), min_size=1, max_size=11))
def test_the_slices_meet_and_close_the_ring(amounts):
    drawn = ring(*amounts)

    assert drawn is not None
    assert len(drawn.arcs) == len(amounts)
    places = [re.findall(r"-?[\d.]+ -?[\d.]+(?=[AL]|Z)", arc.path.replace('d="M', "")) for arc in drawn.arcs]
    for here, following in zip(places, [*places[1:], places[0]], strict=True):
        end, start = (tuple(map(float, place.split())) for place in (here[2].split("A")[-1], following[0]))
        assert math.dist(end, start) < 0.02
