"""The names of single numbers, against NumPy's own order of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.landscapes.entries import entries_in, entry_in

SHAPES = st.lists(st.integers(1, 4), max_size=4)


@given(SHAPES)
def test_that_each_entry_is_found_again_by_its_name(shape: list[int]) -> None:
    tensor = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    for entry in entries_in("0.weight", shape, 1000):
        assert entry_in(entry.name, "0.weight", shape) == entry
        if tensor.size > 1:
            inside = entry.name.removeprefix("0.weight[").removesuffix("]")
            assert tensor[tuple(map(int, inside.split(", ")))] == entry.index
            assert entry_in(f"0.weight[{entry.index}]", "0.weight", shape) == entry


@pytest.mark.parametrize(
    "text", ["w", "w[]", "w[6]", "w[2, 0]", "w[0, 3]", "w[0, 0, 0]", "v[0, 0]", "w[-1]", "w[0.5]"]
)
def test_that_a_name_of_nothing_is_no_entry(text: str) -> None:
    assert entry_in(text, "w", (2, 3)) is None


def test_that_one_number_alone_has_the_name_of_its_tensor() -> None:
    assert [each.name for each in entries_in("a", (), 5)] == ["a"]
    assert [each.name for each in entries_in("bias", (1,), 5)] == ["bias"]
    assert len(list(entries_in("w", (100, 100), 7))) == 7
