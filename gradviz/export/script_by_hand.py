"""The scripts of the tutorials that write their gradients by hand: NumPy, and plain tensors."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.export.script_data import (
    imports,
    number_starts,
    numpy_data,
    starts,
    target_calls_p3,
    tensor_data,
)
from gradviz.export.script_models import LEGENDRE
from gradviz.export.script_schedule import WrittenSchedule

_WORD: Final = 2**32


def numpy_script(model: Model, training: Training, schedule: WrittenSchedule) -> Iterator[str]:
    """Write the polynomial and its gradients in NumPy; raises ExportError for what has none."""
    _check(training)
    # NumPy takes seeds of one word; a longer one is given as its two words.
    words = [model.seed % _WORD, model.seed // _WORD]
    yield from _whole(
        [
            *_definition(model),
            f"np.random.seed({model.seed if model.seed < _WORD else words})",
            "",
            *numpy_data(model),
            "",
            *(f"{name} = np.random.randn()" for name in "abcd"),
            *number_starts(model.initial, "abcd"),
            *_loop(training, schedule, "np.square(y_pred - y).sum()", "loss"),
            'print(f"Result: y = {a} + {b} x + {c} x^2 + {d} x^3")',
        ]
    )


def tensors_script(model: Model, training: Training, schedule: WrittenSchedule) -> Iterator[str]:
    """Write the polynomial and its gradients with tensors; raises ExportError for what has none."""
    _check(training)
    double = model.dtype != "float32"
    cast = "device, dtype" if double else "device"
    numbers = ("{a.item()}", "{b.item()} x", "{c.item()} x^2", "{d.item()} x^3")
    yield from _whole(
        [
            *_definition(model),
            f"torch.manual_seed({model.seed})",
            f'device = torch.device("{model.device}")',
            *([f"dtype = torch.{model.dtype}"] if double else []),
            "",
            *tensor_data(model),
            "",
            "# Drawn on the CPU, so that a seed gives the same weights on every device.",
            *(f"{name} = torch.randn(()).to({cast})" for name in "abcd"),
            *starts(model.initial, {name: name for name in "abcd"}),
            *_loop(training, schedule, "(y_pred - y).pow(2).sum()", "loss.item()"),
            f'print(f"Result: y = {" + ".join(numbers)}")',
        ]
    )


def _whole(body: list[str]) -> Iterator[str]:
    """Write what the body needs before it."""
    yield from imports(body)
    yield ""
    yield from body


def _definition(model: Model) -> Iterator[str]:
    if target_calls_p3(model):
        yield from ("", *LEGENDRE.splitlines(), "")


def _check(training: Training) -> None:
    if training.loss not in ("", "squared errors"):
        raise ExportError(
            "There is a script of gradients written by hand for the sum of squared errors alone.",
            "Choose that loss, or the model autograd.",
        )
    if training.optimizer != "descent":
        raise ExportError(
            "There is a script of gradients written by hand for gradient descent alone.",
            "Choose the optimizer that is written out, or the model autograd.",
        )


def _loop(training: Training, schedule: WrittenSchedule, loss: str, shown: str) -> Iterator[str]:
    yield ""
    yield f"learning_rate = {training.learning_rate!r}"
    yield from schedule.made
    yield f"for t in range({training.steps}):"
    yield from schedule.beginning("    ")
    yield "    # Forward pass: compute predicted y, and the loss."
    yield "    y_pred = a + b * x + c * x ** 2 + d * x ** 3"
    yield f"    loss = {loss}"
    yield "    if t % 100 == 99:"
    yield f"        print(t, {shown})"
    yield ""
    yield "    # Backprop to compute gradients of a, b, c, d with respect to loss."
    yield "    grad_y_pred = 2.0 * (y_pred - y)"
    yield "    grad_a = grad_y_pred.sum()"
    yield "    grad_b = (grad_y_pred * x).sum()"
    yield "    grad_c = (grad_y_pred * x ** 2).sum()"
    yield "    grad_d = (grad_y_pred * x ** 3).sum()"
    yield ""
    yield "    # Update weights using gradient descent."
    yield from (f"    {name} -= learning_rate * grad_{name}" for name in "abcd")
    yield from schedule.ending("t", "    ")
    yield ""


#: What writes the whole script of a model, by the names of the catalogue.
BY_HAND: Final[Mapping[str, Callable[[Model, Training, WrittenSchedule], Iterator[str]]]] = {
    "numpy": numpy_script,
    "tensors": tensors_script,
}
