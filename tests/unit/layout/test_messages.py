"""Answers on their way from the layout process."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.graphs.placement import Placement
from gradviz.layout.messages import AnswerCrossing, LayoutFailed, arrived, crossing
from gradviz.protocol.pieces import PIECE_ITEMS

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_POINTS = st.tuples(_NUMBERS, _NUMBERS)


@st.composite
def _placements(draw: st.DrawFn) -> Placement:
    """Return a placement whose tables are shorter and longer than a piece."""
    lengths = st.sampled_from([0, 1, PIECE_ITEMS, PIECE_ITEMS + 1, 2 * PIECE_ITEMS + 3])
    points = draw(st.lists(_POINTS, min_size=1, max_size=5))
    tables = [{f"{number}": points[0] for number in range(draw(lengths))} for _ in range(3)]
    return Placement(
        request=draw(st.integers(0, 9)),
        plan="dot",
        width=draw(_NUMBERS),
        height=draw(_NUMBERS),
        centers=tables[0],
        sizes=tables[1],
        ghosts=tables[2],
        curves={f"{number}": tuple(points) for number in range(draw(lengths))},
        frames={"f": (0.0, 1.0, 2.0, 3.0)} if draw(st.booleans()) else {},
    )


@given(_placements())
def test_that_a_placement_arrives_as_it_was_sent_in_short_pieces(placement: Placement) -> None:
    sent = crossing(placement)
    message = msgspec.msgpack.decode(msgspec.msgpack.encode(sent), type=AnswerCrossing)
    assert not isinstance(message, LayoutFailed)
    for pieces in (message.centers, message.curves, message.sizes, message.ghosts):
        assert all(len(msgspec.msgpack.decode(piece)) <= PIECE_ITEMS for piece in pieces)
    answer = arrived(message)
    assert isinstance(answer, Placement)
    assert answer == placement
    assert list(answer.centers) == list(placement.centers)


def test_that_a_failure_crosses_as_it_is() -> None:
    failed = LayoutFailed(3, "out of memory")
    assert arrived(crossing(failed)) == failed


def test_that_a_piece_with_something_else_is_refused() -> None:
    sent = crossing(Placement(plan="dot", width=1, height=1, centers={}, curves={}, sizes={}))
    assert not isinstance(sent, LayoutFailed)
    broken = msgspec.structs.replace(sent, sizes=(msgspec.Raw(msgspec.msgpack.encode([1])),))
    with pytest.raises(ValueError, match="array"):
        arrived(broken)
