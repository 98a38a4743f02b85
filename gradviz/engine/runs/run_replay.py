"""Repetition of a pass of a model that gradviz built itself."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

import torch
from torch import nn

from gradviz.core.landscapes.entries import ModelNumber
from gradviz.engine.data.program import Wrap
from gradviz.engine.models.base import HandWritten
from gradviz.engine.models.single_numbers import find_entry
from gradviz.engine.optim.losses import Loss
from gradviz.engine.runs.generators import generators_kept
from gradviz.engine.runs.run import Run
from gradviz.expression import Tree


class RunReplay:
    """The replay of a model that gradviz built itself."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @property
    def source(self) -> str:
        """Return the source of the model, as it was chosen."""
        return self._run.settings.source

    @property
    def module(self) -> nn.Module | None:
        """Return the module that computes the output; None where functions alone do."""
        return self._run.model.module

    @property
    def tree(self) -> Tree | None:
        """Return the typed expression; None of a model in Python."""
        return self._run.model.tree

    @property
    def by_hand(self) -> HandWritten | None:
        """Return the backward pass that is written by hand; None where autograd has it."""
        return self._run.model.by_hand

    @property
    def parameters(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors to train, by name."""
        return self._run.model.parameters

    @property
    def inputs(self) -> Mapping[str, torch.Tensor]:
        """Return the further inputs of the model, by name; x is not among them."""
        return self._run.model.named_inputs()

    @property
    def leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors that gradients are taken of, by name."""
        return self._run.leaves

    @property
    def unregistered_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the leaves that no parameters() has, so that training leaves them alone."""
        return self._run.model.unregistered_leaves()

    @property
    def expected_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return every tensor whose gradient a user may miss, by name, the inputs last."""
        run = self._run
        expected = dict(run.model.asked_leaves())
        for name in self.inputs:
            expected[name] = expected.pop(name)
        # A model with inputs of its own is not run on x.
        at_point = "x" in run.point
        return {**expected, "x": run.x} if at_point else expected

    @property
    def x(self) -> torch.Tensor:
        """Return x, of shape (points,), or () at a point."""
        return self._run.x

    @property
    def target(self) -> torch.Tensor | None:
        """Return the target, of shape (points,); None at a point."""
        return self._run.target

    @property
    def loss(self) -> Loss:
        """Return the loss between output and target."""
        return self._run.loss

    def output(self) -> torch.Tensor:
        """Run the forward pass of this moment; return the output or the loss, with its graph."""
        y_pred = self._run.model.forward(self.x)
        return y_pred if self.target is None else self.loss(y_pred, self.target)

    def entry(self, name: str) -> ModelNumber | None:
        """Return the number with this name that the output is a function of; None without one."""
        listed = {each.name: each for each in self._run.entries}
        return listed.get(name) or find_entry(name, self._run.model)

    def entry_values(self) -> torch.Tensor:
        """Return the numbers that are told of the model, shape (entries,), in float64."""
        return self._run.entry_values()

    def spread(self, instead: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
        """Return y_pred with other tensors in the place of some numbers, by the names they have."""
        return self._run.model.spread(instead.get("x", self.x), instead)

    def repeated(self, at_step: int) -> AbstractContextManager[torch.Tensor]:
        """Run the forward pass of `at_step` as it was recorded."""
        return self._run.repeated(at_step)

    @contextmanager
    def undisturbed(self, at_step: int) -> Iterator[None]:
        """Let the model run within the context as at a step, with the same random numbers."""
        model = self._run.model
        step, memory = model.at_step, model.memory()
        with generators_kept():
            model.at_step = at_step
            try:
                yield
            finally:
                model.recall(memory)
                model.at_step = step

    def wrapped(self, wrap: Wrap) -> AbstractContextManager[None]:
        """Put `wrap` around each operation that has a place in a typed expression."""
        return self._run.model.wrapped(wrap)
