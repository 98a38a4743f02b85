"""The losses that a training prints."""

import numpy as np

from gradviz.cli.output.losses_output import told_losses


def test_that_every_hundredth_step_is_told_however_the_losses_come() -> None:
    losses = np.arange(1000, dtype=float)
    whole = list(told_losses(losses, 0, 100))
    parts = [told_losses(losses[first : first + 70], first, 100) for first in range(0, 1000, 70)]
    assert [each for part in parts for each in part] == whole
    assert [step for step, _ in whole] == [99, 199, 299, 399, 499, 599, 699, 799, 899, 999]
    assert all(loss == step for step, loss in whole)
