"""The losses of a run, kept in one array."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gradviz.ui.state.window_state import LossHistory


@given(st.lists(st.lists(st.floats(0, 10), max_size=6000), max_size=6))
def test_that_every_loss_is_kept_in_its_order(parts: list[list[float]]) -> None:
    history = LossHistory()
    for part in parts:
        history.extend(np.array(part))
    assert history.values.tolist() == [loss for part in parts for loss in part]
    assert len(history) == sum(len(part) for part in parts)


def test_that_a_run_that_goes_back_forgets_what_came_after() -> None:
    history = LossHistory()
    history.extend(np.arange(5.0))
    history.shorten(3)
    history.extend(np.array([7.0]))
    assert history.values.tolist() == [0, 1, 2, 7]
    history.shorten(10)
    assert len(history) == 4
