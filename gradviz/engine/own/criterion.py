"""The loss that is chosen beside a user's own model, and the targets that it compares with."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError, OwnModelError, words_of
from gradviz.core.language.saying import listed, sentences, tr, tr_n
from gradviz.engine.own.call_signatures import signature_text
from gradviz.engine.own.inputs import drawn_values
from gradviz.engine.own.nested_tensors import described, inner_text, tensors_in
from gradviz.engine.own.running import FileRunner
from gradviz.own.criteria import CriterionCall, parse_criterion
from gradviz.own.syntax import Value


@dataclass(frozen=True, slots=True)
class Criterion:
    """A loss of torch.nn, with its targets, which are the same at every step.

    Attributes:
        call: The loss as it was typed.
        module: The loss, on the device of the model.
        targets: The values behind the tensors of the output.
    """

    call: CriterionCall
    module: nn.Module
    targets: tuple[Any, ...]

    @property
    def text(self) -> str:
        """Return the loss as it is shown behind a scalar: `CrossEntropyLoss`."""
        return self.call.text

    def of(self, runner: FileRunner, tensors: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the loss of these tensors of the output, with its graph.

        Raises:
            OwnModelError: the targets do not fit them: PyTorch's words, and targets that do.
        """
        row = self.call.row
        if len(self.targets) != len(row.targets):
            raise self._miscounted(tensors)
        self._check_range(tensors)
        try:
            with runner.running(row.name), warnings.catch_warnings():
                # They are told by `warn`, and not at every step again.
                warnings.simplefilter("ignore")
                found: torch.Tensor = self.module(*tensors, *self.targets)
        except OwnModelError as error:
            raise OwnModelError(
                error.message,
                sentences([self._given(tensors), self._advice(tensors)]),
                field="own_target",
            ) from error.__cause__
        return found

    def warn(self, tensors: Sequence[torch.Tensor]) -> None:
        """Tell PyTorch's warnings of these tensors and the targets, with targets that fit."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.module(*tensors, *self.targets)
        for each in caught:
            told = sentences([self._given(tensors), self._advice(tensors)])
            text = f"{str(each.message).strip()} {told}"
            warnings.warn_explicit(text, each.category, "PyTorch", 0)

    def leaves(self) -> dict[str, torch.Tensor]:
        """Return the targets that a gradient is taken of, by their names: `target`."""
        return {
            name + inner_text(place): tensor
            for name, value in zip(self.call.row.targets, self.targets, strict=False)
            for place, tensor in tensors_in(value).items()
            if tensor.requires_grad
        }

    def _check_range(self, tensors: Sequence[torch.Tensor]) -> None:
        # On a GPU, PyTorch would end the process.
        first = tensors[0]
        if self.call.row.name != "BCELoss" or first.device.type == "cpu":
            return
        if not bool(((first >= 0) & (first <= 1)).all()):
            raise OwnModelError(
                tr("BCELoss raised: all elements of input should be between 0 and 1."),
                tr("End forward in a sigmoid, or choose BCEWithLogitsLoss."),
                field="own_loss",
            )

    def _miscounted(self, tensors: Sequence[torch.Tensor]) -> OwnModelError:
        row, count = self.call.row, len(self.targets)
        if not row.targets:
            message = tr(
                "{loss} compares tensors of the output, and takes no target.", loss=row.name
            )
            return OwnModelError(message, tr("Leave the target empty."), field="own_target")
        needed, *others = row.targets
        for each in others:
            needed = tr("{names} and the {name}", names=needed, name=each)
        told = {"loss": row.name, "targets": needed}
        if count:
            message = tr_n(
                "{loss} needs the {targets} beside the output, and there are {count}.",
                "{loss} needs the {targets} beside the output, and there is {count}.",
                count,
                **told,
            )
        else:
            message = tr("{loss} needs the {targets} beside the output, and there is none.", **told)
        return OwnModelError(message, self._advice(tensors), field="own_target")

    def _given(self, tensors: Sequence[torch.Tensor]) -> str:
        output = described(tensors)
        if not self.targets:
            return tr("The output is {output}.", output=output)
        return tr(
            "The output is {output}, the target {target}.",
            output=output,
            target=described(self.targets),
        )

    def _advice(self, tensors: Sequence[torch.Tensor]) -> str:
        row = self.call.row
        example = row.example(tuple(tensors[0].shape))
        if row.name == "BCELoss":
            return tr(
                "A target for it is such as {example}, and end forward in a sigmoid.",
                example=example,
            )
        if not example:
            return tr("Return {names} of one shape.", names=listed(row.outputs))
        return tr("A target for it is such as {example}.", example=example)


def chosen_criterion(settings: Model, device: torch.device) -> Criterion | None:
    """Return the loss of the settings with its targets, drawn now; None where none is chosen.

    Raises:
        OwnModelError: the loss, its arguments or the target cannot be read or made.
    """
    if not settings.own_loss.strip():
        if settings.own_target.strip():
            raise OwnModelError(
                tr("A target is for a loss, and none is chosen."),
                tr("Choose one, such as MSELoss."),
                field="own_target",
            )
        return None
    try:
        call = parse_criterion(settings.own_loss)
    except ExpressionError as error:
        raise OwnModelError(
            error.message, error.hint, field="own_loss", details=error.caret()
        ) from error
    module = _made(call).to(device)
    return Criterion(call, module, drawn_values(settings.own_target, device, "own_target"))


def _made(call: CriterionCall) -> nn.Module:
    kind = getattr(torch.nn, call.row.name)
    positional = [_tensor_of(value) for value in call.arguments.positional]
    keywords = {name: _tensor_of(value) for name, value in call.arguments.keywords.items()}
    try:
        made: nn.Module = kind(*positional, **keywords)
    except (TypeError, ValueError, RuntimeError) as error:
        raise OwnModelError(
            tr("{name} cannot be made so: {error}.", name=call.row.name, error=words_of(error)),
            tr("It takes {arguments}.", arguments=signature_text(kind)),
            field="own_loss",
        ) from error
    return made


def _tensor_of(value: Value) -> Any:
    """Return a list of numbers as the tensor that weights are; another value as it is."""
    return torch.tensor(value) if isinstance(value, list) else value
