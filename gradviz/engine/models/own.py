"""The user's own module from a file: its parameters, and one scalar of its output."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.optim.losses import Loss, LossRow
from gradviz.engine.own.backward_reasons import with_lines
from gradviz.engine.own.modules import attributes_of
from gradviz.engine.own.prepared import prepare
from gradviz.engine.own.unregistered import unregistered
from gradviz.engine.recording.backward_failures import BackwardError
from gradviz.own.source import OwnSource


class OwnModel(TrainableModel):
    """A module of the user's, run on example inputs; training makes one scalar of it small.

    The scalar is the loss that is chosen beside the file; without one, `loss(output)` where the
    file has that function and no output is chosen, else the sum of one tensor of the output. The
    random numbers of forward are drawn anew from seed and step, and the buffers that it changes are
    as they were when the same step is run again: looking at a step changes nothing.

    Attributes:
        modes: Training where it has parameters with values, else the gradients of a pass alone.
        output: The scalar that is differentiated, in words.
    """

    training = Training(optimizer="adam", learning_rate=1e-3)
    plotted = False
    module: nn.Module

    def __init__(self, settings: Model, source: OwnSource, device: torch.device) -> None:
        """Run the file and build the module; the caller has seeded torch's generator.

        Raises:
            TrustError: the file is not trusted, or one that it imports.
            OwnModelError: the file, the module, or a choice of the settings cannot be used.
        """
        self._prepared = prepare(settings, source, device)
        self.module = self._prepared.built.module
        self.parameters = self._prepared.parameters
        trained = any(not each.is_meta for each in self.parameters.values())
        self.modes: tuple[Mode, ...] = ("fit",) if trained else ("point",)
        self.output = self._prepared.scalar.text

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scalar that is differentiated, of shape (), with its graph."""
        self._prepared.buffers.restore(self.at_step)
        return self._prepared.scalar.of(self._prepared.forward.output(self.at_step))

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return no x and no target, both of shape (0,): the inputs are the model's own."""
        nothing = torch.empty(0, device=device)
        return nothing, nothing

    def with_backward(self, loss: LossRow) -> Loss:
        """Return the loss that hands the scalar on; raises SettingError for any other loss."""
        if loss.entry.name != self.loss:
            raise SettingError(
                tr("{model} is trained by what it returns.", model=self._prepared.built.name),
                tr(
                    "Choose the loss with a target where the file is opened, or keep the model's "
                    "own."
                ),
            )
        return _handed_on

    def named_inputs(self) -> Mapping[str, torch.Tensor]:
        """Return the inputs by the names that forward has, and targets that have a gradient."""
        inputs = self._prepared.forward.inputs.tensors(self.module)
        criterion = self._prepared.scalar.criterion
        return inputs if criterion is None else {**criterion.leaves(), **inputs}

    def unregistered_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the leaves in lists, dicts and attributes, which are in no parameters()."""
        inputs = {id(each) for each in self.named_inputs().values()}
        found = unregistered(self.module)
        return {name: leaf for name, leaf in found.items() if id(leaf) not in inputs}

    def replacing_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the parameters that forward has put in the place of trained ones, by name."""
        trained = {id(each) for each in self.parameters.values()}
        return {
            f"{name} (new in forward)": parameter
            for name, parameter in self.module.named_parameters()
            if name in self.parameters and id(parameter) not in trained
        }

    def explained(self, error: BackwardError) -> BackwardError:
        """Return the failure with the lines behind it, found by running forward once more."""
        forward, memory = self._prepared.forward, self.memory()

        def again() -> None:
            self._prepared.scalar.of(forward.output(self.at_step))

        try:
            return with_lines(error, self.module, forward.runner, again)
        finally:
            self.recall(memory)

    def asked_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the inputs, every parameter, and the attributes that are used as parameters."""
        now = attributes_of(self.module)
        first = self._prepared.built.attributes
        # A tensor that forward sets anew at each call is no parameter.
        kept = {name: value for name, value in first.items() if now.get(name) is value}
        return {**self.named_inputs(), **dict(self.module.named_parameters()), **kept}

    def equation(self) -> str:
        """Return the model, its size and the scalar that is made small."""
        return self._prepared.equation

    def own_parts(self) -> OwnParts | None:
        """Return the parts of a script that does the same; None where there is none."""
        return self._prepared.parts

    def memory(self) -> Any:
        """Return a copy of the buffers, with those of before the step in hand."""
        return self._prepared.buffers.memory()

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""
        self._prepared.buffers.recall(memory)

    def portable(self, memory: Any) -> Any:
        """Return a memory in plain data: the buffers, and attributes of simple types."""
        return self._prepared.buffers.portable(memory)

    def of_portable(self, plain: Any) -> Any:
        """Return the memory that `plain` was made of; raises ValueError where it was of none."""
        return self._prepared.buffers.of_portable(plain)


def _handed_on(y_pred: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
    return y_pred
