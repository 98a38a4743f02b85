"""Data of many changes of target: bounded in memory, and the very same when it is gone back to."""

import math
from pathlib import Path

import pytest

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import FieldError
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

_BUDGET = 200_000


def _trainer(model: Model) -> tuple[Run, Trainer]:
    run = Run(model)
    trainer = Trainer(run, _BUDGET)
    trainer.start(Training(optimizer="descent", learning_rate=1e-6))
    return run, trainer


def _bits(run: Run) -> list[bytes]:
    return [p.detach().numpy().tobytes() for p in run.model.parameters.values()]


def _visited(trainer: Trainer, step: int) -> None:
    trainer.visit(step)
    while not trainer.travel(0.01):
        pass


def test_that_the_data_of_many_changes_stays_in_the_budget_and_comes_back_bit_for_bit() -> None:
    model = Model(source="autograd", points=5_000, noise=0.1)
    run, trainer = _trainer(model)
    seen = []
    for change in range(12):
        target = Model(source="autograd", points=5_000, noise=0.1, target=f"{change} sin(x)")
        trainer.change_data(target)
        seen.append((_bits(run), trainer.loss_now()))
        trainer.advance(math.inf, steps=2)
    assert 5_000 * 4 * 2 * 12 > _BUDGET >= trainer.history.nbytes
    for change, (bits, loss) in enumerate(seen):
        _visited(trainer, 2 * change)
        assert (_bits(run), trainer.loss_now()) == (bits, loss)
    _visited(trainer, 24)
    assert not trainer.visiting


def test_that_a_file_that_has_changed_since_is_told_and_leaves_the_newest_step(
    tmp_path: Path,
) -> None:
    file = tmp_path / "data.csv"
    rows = [f"{x / 1000},{x / 500}" for x in range(6_000)]
    file.write_text("x,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    run, trainer = _trainer(Model(source="autograd", points=6_000))
    trainer.change_data(Model(source="autograd", data_file=str(file)))
    trainer.advance(math.inf, steps=3)
    for change in range(8):
        trainer.change_data(Model(source="autograd", points=6_000, target=f"{change} x"))
        trainer.advance(math.inf, steps=3)
    newest = _bits(run)
    file.write_text("x,y\n" + "\n".join(rows[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(FieldError, match="not what it was"):
        _visited(trainer, 2)
    assert (_bits(run), trainer.step, trainer.visiting) == (newest, 27, False)
