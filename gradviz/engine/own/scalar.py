"""The scalar of an output that is differentiated: of one of its tensors, or of the file's loss."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from gradviz.core.errors import OwnModelError
from gradviz.engine.own.code import OwnCode
from gradviz.engine.own.nested_tensors import Place, place_text
from gradviz.engine.own.outputs import chosen_place, place_code, tensor_at
from gradviz.engine.own.running import FileRunner


@dataclass(frozen=True, slots=True)
class Scalar:
    """Makes of each output the scalar that is differentiated.

    Attributes:
        runner: Runs the loss.
        loss: The function `loss(output)` of the file; None where a tensor is summed.
        place: The place of that tensor in the output.
        text: The scalar as it is shown: `logits.sum()`.
        code: The scalar as a script computes it: `output["logits"].sum()`.
    """

    runner: FileRunner
    loss: Callable[[Any], Any] | None
    place: Place
    text: str
    code: str

    def tensor(self, output: Any) -> torch.Tensor:
        """Return the tensor whose sum is the scalar.

        Raises:
            OwnModelError: the output has no such tensor, or the loss raised or returned none.
        """
        return _tensor(self.runner, self.loss, self.place, output)

    def of(self, output: Any) -> torch.Tensor:
        """Return the scalar, of shape (), with its graph; raises OwnModelError as `tensor` does."""
        tensor = self.tensor(output)
        return tensor.sum() if tensor.dim() else tensor


def chosen_scalar(code: OwnCode, output: Any, wanted: str) -> Scalar:
    """Return the scalar of the output that is `wanted`.

    Of an empty choice it is the loss of the file, else its first floating-point tensor.

    Raises:
        OwnModelError: the output has no such tensor, or the loss raised or returned none.
    """
    loss = None if wanted.strip() else code.names.get("loss")
    place = chosen_place(output, wanted) if loss is None else ()
    whole = _tensor(code.runner, loss, place, output)
    total = ".sum()" if whole.dim() else ""
    if loss is None:
        text, script = f"{place_text(place)}{total}", f"{place_code(output, place)}{total}"
    else:
        text, script = "loss(output)", f"loss(output){total}"
    return Scalar(code.runner, loss, place, text, script)


def _tensor(
    runner: FileRunner, loss: Callable[[Any], Any] | None, place: Place, output: Any
) -> torch.Tensor:
    if loss is None:
        return tensor_at(output, place)
    with runner.running("loss(output)"):
        found = loss(output)
    if isinstance(found, torch.Tensor) and found.is_floating_point():
        return found
    raise OwnModelError(
        f"loss(output) returned {type(found).__name__}.", "Return a floating-point tensor."
    )
