"""The losses that a training prints."""

import numpy as np
import pytest

from gradviz.cli.output.losses_output import told_losses


def test_that_every_hundredth_step_is_told_however_the_losses_come() -> None:
    losses = np.arange(1000, dtype=float)
    whole = list(told_losses(losses, 0, 1000))
    parts = [told_losses(losses[first : first + 70], first, 1000) for first in range(0, 1000, 70)]
    assert [each for part in parts for each in part] == whole
    assert [step for step, _ in whole] == [99, 199, 299, 399, 499, 599, 699, 799, 899, 999]
    assert all(loss == step for step, loss in whole)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (1, [0]),
        (19, list(range(19))),
        (25, [0, 9, 19, 24]),
        (99, [0, *range(9, 99, 10), 98]),
        (100, [99]),
        (250, [99, 199]),
    ],
)
def test_that_a_short_run_tells_its_first_and_last_loss(steps: int, told: list[int]) -> None:
    losses = [float(step) for step in range(steps)]
    assert [step for step, _ in told_losses(losses, 0, steps)] == told
