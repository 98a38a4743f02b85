"""What the optimizer's last step did, beside torch.optim used directly."""

import math
from collections.abc import Mapping
from typing import Any

import pytest
import torch

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.engine.models import MODELS
from gradviz.engine.optim.optimizers import OPTIMIZERS
from gradviz.engine.runs.run import Run
from gradviz.engine.tensors.summary import summarize
from gradviz.engine.training.trainer import Trainer

_STEPS = 4
_OPTIONS: Mapping[str, Options] = {
    "sgd": {"momentum": 0.9, "nesterov": True},
    "rmsprop": {"momentum": 0.5, "centered": True},
    "adam": {"amsgrad": True},
}


def _trained(source: str, training: Training) -> Trainer:
    trainer = Trainer(Run(Model(source=source, points=50)))
    trainer.start(training)
    trainer.advance(math.inf, steps=_STEPS)
    return trainer


def _shown(value: Any) -> Any:
    """Return what a buffer of torch's is shown as."""
    return summarize(value) if isinstance(value, torch.Tensor) else value


@pytest.mark.parametrize(
    "row",
    [row for row in OPTIMIZERS[1:] if row.entry.name not in ("muon", "sparseadam")],
    ids=lambda row: row.entry.name,
)
def test_that_the_rows_are_what_torch_does_and_keeps(row: Any) -> None:
    name, rate = row.entry.name, row.entry.learning_rate or 1e-5
    options = _OPTIONS.get(name, {})
    trainer = _trained(
        "autograd",
        Training(optimizer=name, learning_rate=rate, options=options, steps=_STEPS),
    )
    explained = trainer.explain()
    assert explained is not None
    run = Run(Model(source="autograd", points=50))
    parameters = list(run.model.parameters.values())
    optimizer = row.kind(parameters, lr=rate, **options)
    gradients: list[torch.Tensor] = []

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        assert run.target is not None
        loss = run.loss(run.model.forward(run.x), run.target)
        loss.backward()  # type: ignore[no-untyped-call]
        gradients.append(torch.stack([p.grad for p in parameters if p.grad is not None]))
        return loss

    for _ in range(_STEPS):
        before = [p.detach().clone() for p in parameters]
        gradients.clear()
        loss = optimizer.step(closure)
    assert (explained.optimizer, explained.learning_rate) == (name, rate)
    assert explained.loss == loss.item()
    for place, (parameter, shown) in enumerate(zip(parameters, explained.parameters, strict=True)):
        assert shown.before == summarize(before[place])
        assert shown.gradient == summarize(gradients[0][place])
        assert shown.update == summarize(parameter.detach() - before[place])
        assert shown.after == summarize(parameter)
        if name != "lbfgs":
            kept = optimizer.state[parameter].items()
            assert shown.buffers == {key: _shown(value) for key, value in kept if value is not None}
    if name == "lbfgs":
        state = optimizer.state[parameters[0]]
        assert explained.whole["n_iter"] == state["n_iter"]
        assert explained.whole["d"] == summarize(state["d"])
        assert explained.whole["old_dirs"] == f"{len(state['old_dirs'])} tensors of shape (4,)"
        assert all(not shown.buffers for shown in explained.parameters)


@pytest.mark.parametrize("source", [model.entry.name for model in MODELS])
def test_that_to_explain_a_step_changes_nothing(source: str) -> None:
    own = Run(Model(source=source)).model.training
    trainer, other = _trained(source, own), _trained(source, own)
    explained = trainer.explain()
    assert explained is not None
    assert all(row.gradient is not None for row in explained.parameters if row.update.norm)
    assert trainer.advance(math.inf, steps=5).losses == other.advance(math.inf, steps=5).losses


def test_that_there_is_nothing_to_explain_before_the_first_step() -> None:
    trainer = Trainer(Run(Model(source="autograd")))
    assert trainer.explain() is None


def test_that_a_visit_explains_the_step_that_led_there() -> None:
    training = Training(optimizer="adam", learning_rate=0.01)
    trainer = _trained("module", training)
    last = trainer.explain()
    trainer.visit(2)
    assert trainer.travel(math.inf)
    then = trainer.explained
    assert then is not None
    assert then.parameters[0].buffers["step"] == summarize(torch.tensor(2.0))
    trainer.visit(0)
    assert trainer.travel(math.inf)
    assert trainer.explained is None
    trainer.visit(_STEPS)
    assert trainer.travel(math.inf)
    assert trainer.explained == last


def test_that_the_update_of_descent_is_the_gradient_times_the_rate() -> None:
    trainer = _trained("autograd", Training(optimizer="descent", learning_rate=1e-5))
    explained = trainer.explain()
    assert explained is not None
    for row in explained.parameters:
        gradient = row.gradient
        assert isinstance(gradient, TensorSummary)
        assert gradient.scalar is not None
        assert row.update.scalar == pytest.approx(-1e-5 * gradient.scalar, rel=1e-3)
        assert row.buffers == {}
