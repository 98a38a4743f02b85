"""Every optimizer of torch.optim trains a line as a loop of torch alone, bit for bit."""

import math

import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.optim.optimizers import OPTIMIZERS
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer

#: Muon is for matrices, and SparseAdam for sparse gradients: a line has neither.
_TITLES = [
    row.entry.title for row in OPTIMIZERS[1:] if row.entry.title not in ("Muon", "SparseAdam")
]


def _loss(run: Run) -> torch.Tensor:
    assert run.target is not None
    return (run.model.forward(run.x) - run.target).pow(2).sum()


@pytest.mark.parametrize("title", _TITLES)
def test_that_every_optimizer_gives_the_losses_and_parameters_of_torch(title: str) -> None:
    run, other = (Run(Model(source="a + b x", points=20)) for _ in range(2))
    trainer = Trainer(run)
    trainer.start(Training(optimizer=title.lower(), learning_rate=1e-3, steps=50))
    parameters = list(other.model.parameters.values())
    optimizer = getattr(torch.optim, title)(parameters, lr=1e-3)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = _loss(other)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    for _ in range(50):
        expected = _loss(other).item()
        optimizer.step(closure)
        assert trainer.advance(math.inf, steps=1).losses == [expected]
        mine = [each.item() for each in run.model.parameters.values()]
        assert mine == [each.item() for each in parameters]
