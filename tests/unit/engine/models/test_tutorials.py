"""Every tutorial's model trains as the tutorial's own loop does, bit for bit."""

import json
import math
from pathlib import Path

import pytest
from tutorial_loops import LOOPS

from gradviz.core.choices.settings import Model
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

_FIGURES = json.loads((Path(__file__).parents[3] / "tutorial_figures_seed0.json").read_text())[
    "models"
]
#: RMSprop ends in steps of a constant size back and forth, where the last bit of a processor's
#: rounding decides: the figures are those of any processor only before. 30,000 steps take long.
_COMPARED_STEPS = {"optim": 1200, "dynamic": 4000}
_each_loop = pytest.mark.parametrize("name", LOOPS)


def _trained(name: str, seed: int, steps: int) -> tuple[list[float], Run]:
    run = Run(Model(source=name, seed=seed))
    losses = Trainer(run).advance(math.inf, steps=steps).losses
    return losses, run


@_each_loop
@pytest.mark.parametrize(("seed", "steps"), [(0, 2000), (1, 300), (2, 300), (3, 300), (4, 300)])
def test_that_every_loss_and_number_is_the_loops_bit_for_bit(
    name: str, seed: int, steps: int
) -> None:
    losses, run = _trained(name, seed, steps)
    expected_losses, expected_numbers = LOOPS[name](seed, steps)
    assert losses == expected_losses
    assert run.model.numbers() == expected_numbers


@_each_loop
def test_that_the_loop_gives_the_figures_that_the_tutorial_prints(name: str) -> None:
    figures = _FIGURES[name]
    steps = _COMPARED_STEPS.get(name, 2000)
    losses, numbers = LOOPS[name](0, steps)
    printed = [(step, loss) for step, loss in figures["losses"] if step < steps]
    assert [losses[step] for step, _ in printed] == pytest.approx(
        # Builds of PyTorch differ in the last bits of single precision, which add up.
        [loss for _, loss in printed],
        rel=1e-5,
    )
    if len(printed) == len(figures["losses"]):
        assert numbers == pytest.approx(figures["result"], rel=1e-5, abs=1e-9)
