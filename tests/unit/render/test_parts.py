"""Parts of a painting: what is looked up for a large graph is looked up between pauses."""

from hypothesis import given
from hypothesis import strategies as st

from gradviz.render.parts import gathering, in_parts, pause


@given(st.lists(st.integers(), max_size=40), st.integers(1, 9))
def test_that_all_is_gathered_with_a_pause_between_two_batches(
    items: list[int], length: int
) -> None:
    found: list[int] = []
    pauses = list(gathering(found, in_parts(items, length)))
    assert found == items
    assert pauses == [pause] * max(0, -(-len(items) // length) - 1)
