"""The scalar of an output that is differentiated: a sum, the file's loss, or a chosen loss."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.engine.own.code import OwnCode
from gradviz.engine.own.criterion import Criterion
from gradviz.engine.own.nested_tensors import Place, place_text, tensors_in
from gradviz.engine.own.outputs import chosen_place, complex_result, place_code, tensor_at
from gradviz.engine.own.running import FileRunner


@dataclass(frozen=True, slots=True)
class Scalar:
    """Makes of each output the scalar that is differentiated.

    Attributes:
        runner: Runs the loss.
        loss: The function `loss(output)` of the file; None where a tensor is summed.
        places: The places in the output of that tensor, or of those that a chosen loss takes.
        criterion: The chosen loss with its targets; None where none is chosen.
        text: The scalar as it is shown: `logits.sum()`.
        code: The scalar as a script computes it: `output["logits"].sum()`.
    """

    runner: FileRunner
    loss: Callable[[Any], Any] | None
    places: tuple[Place, ...]
    criterion: Criterion | None
    text: str
    code: str

    def tensor(self, output: Any) -> torch.Tensor:
        """Return the tensor whose sum is the scalar.

        Raises:
            OwnModelError: the output has no such tensor, or the loss raised or returned none.
        """
        if self.loss is not None:
            return _lost(self.runner, self.loss, output)
        tensors = [tensor_at(output, place) for place in self.places]
        return tensors[0] if self.criterion is None else self.criterion.of(self.runner, tensors)

    def of(self, output: Any) -> torch.Tensor:
        """Return the scalar, of shape (), with its graph; raises OwnModelError as `tensor` does."""
        tensor = self.tensor(output)
        return tensor.sum() if tensor.dim() else tensor


def chosen_scalar(
    code: OwnCode, output: Any, wanted: str, criterion: Criterion | None = None
) -> Scalar:
    """Return the scalar of the output that is `wanted`.

    With a criterion it is that loss of the wanted tensor; of an empty choice it is the loss of the
    file, else the first floating-point tensor.

    Raises:
        OwnModelError: the output has no such tensor, or the loss raised or returned none.
    """
    loss = code.names.get("loss")
    if criterion is not None:
        made = _compared(code.runner, criterion, output, wanted)
    elif not wanted.strip() and loss is not None:
        made = Scalar(code.runner, loss, (), None, "loss(output)", "loss(output)")
    else:
        place = chosen_place(output, wanted)
        text, script = place_text(place), place_code(output, place)
        made = Scalar(code.runner, None, (place,), None, text, script)
    total = ".sum()" if made.tensor(output).dim() else ""
    if criterion is not None:
        criterion.warn([tensor_at(output, place) for place in made.places])
    return dataclasses.replace(made, text=made.text + total, code=made.code + total)


def _compared(runner: FileRunner, criterion: Criterion, output: Any, wanted: str) -> Scalar:
    """Return the scalar that a chosen loss makes of the output and its targets."""
    places, targets = _criterion_places(criterion, output, wanted), criterion.call.row.targets
    names, codes = map(place_text, places), (place_code(output, place) for place in places)
    text = f"{criterion.text}({', '.join((*names, *targets))})"
    script = f"criterion({', '.join((*codes, *(('*targets',) if targets else ())))})"
    return Scalar(runner, None, places, criterion, text, script)


def _criterion_places(criterion: Criterion, output: Any, wanted: str) -> tuple[Place, ...]:
    """Return where the tensors are that the loss takes: the wanted one, or the first of them."""
    row = criterion.call.row
    if len(row.outputs) == 1:
        return (chosen_place(output, wanted),)
    told = {"loss": row.name, "names": listed(row.outputs)}
    if wanted.strip():
        raise OwnModelError(
            tr("{loss} takes {names} of the output, and one is chosen.", **told),
            tr("Leave it empty."),
            field="output",
        )
    tensors = tensors_in(output)
    floating = tuple(place for place, each in tensors.items() if each.is_floating_point())
    if len(floating) < len(row.outputs):
        raise OwnModelError(
            tr_n(
                "{loss} takes {names} of the output, which has {count} floating-point tensors.",
                "{loss} takes {names} of the output, which has {count} floating-point tensor.",
                len(floating),
                **told,
            ),
            tr(
                "Return ({names}) from forward, or call the loss there.",
                names=", ".join(row.outputs),
            ),
            field="own_loss",
        )
    return floating[: len(row.outputs)]


def _lost(runner: FileRunner, loss: Callable[[Any], Any], output: Any) -> torch.Tensor:
    """Return the loss of the file; raises OwnModelError where it raised or returned none."""
    with runner.running("loss(output)"):
        found = loss(output)
    if isinstance(found, torch.Tensor) and found.is_floating_point():
        return found
    if isinstance(found, torch.Tensor) and found.is_complex():
        raise complex_result("loss(output)", found)
    raise OwnModelError(
        tr("loss(output) returned {type}.", type=type(found).__name__),
        tr("Return a floating-point tensor."),
    )
