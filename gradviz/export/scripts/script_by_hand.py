"""The script of a model that writes its gradients by hand: with plain tensors, or in NumPy."""

from collections.abc import Iterator
from typing import Final

from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.script_data import (
    imports,
    in_dtype,
    number_starts,
    numpy_data,
    starts,
    target_functions,
    tensor_data,
)
from gradviz.export.scripts.script_models import function_definitions
from gradviz.export.scripts.script_training import WrittenTraining

_WORD: Final = 2**32


def by_hand_script(model: Model, written: ModelScript, chosen: WrittenTraining) -> Iterator[str]:
    """Write the whole script.

    Raises:
        ExportError: the loss or the optimizer is another one than those written by hand.
    """
    _check(chosen)
    body = [
        *_definitions(model),
        *(_in_numpy(model, written) if written.library == "numpy" else _tensors(model, written)),
        *_loop(written, chosen),
        f'print(f"Result: {written.result}")',
    ]
    yield from imports(body)
    yield ""
    yield from body


def _definitions(model: Model) -> Iterator[str]:
    for definition in function_definitions(target_functions(model)):
        yield from ("", *definition.splitlines(), "")


def _in_numpy(model: Model, written: ModelScript) -> Iterator[str]:
    """Write the seed, the data and the parameters as NumPy's."""
    # NumPy takes seeds of one word; a longer one is given as its two words.
    words = [model.seed % _WORD, model.seed // _WORD]
    yield f"np.random.seed({model.seed if model.seed < _WORD else words})"
    yield ""
    yield from numpy_data(model)
    yield ""
    yield from written.make
    yield from number_starts(model.initial, written.places)


def _tensors(model: Model, written: ModelScript) -> Iterator[str]:
    """Write the seed, the data and the parameters as tensors."""
    yield f"torch.manual_seed({model.seed})"
    yield f'device = torch.device("{model.device}")'
    if model.dtype != "float32":
        yield f"dtype = torch.{model.dtype}"
    yield ""
    yield from tensor_data(model)
    yield ""
    yield from in_dtype(written.make, model.dtype)
    yield from starts(model.initial, written.places)


def _check(chosen: WrittenTraining) -> None:
    if chosen.settings.loss not in ("", chosen.own_loss):
        raise ExportError(
            tr(
                "There is a script of gradients written by hand for the sum of squared errors "
                "alone."
            ),
            tr("Choose that loss, or the model autograd."),
        )
    if chosen.optimizer.constructor:
        raise ExportError(
            tr("There is a script of gradients written by hand for gradient descent alone."),
            tr("Choose the optimizer that is written out, or the model autograd."),
        )


def _loop(written: ModelScript, chosen: WrittenTraining) -> Iterator[str]:
    listed = ", ".join(written.parameters)
    yield ""
    yield f"learning_rate = {chosen.settings.learning_rate!r}"
    yield from chosen.schedule.made
    yield f"for t in range({chosen.settings.steps}):"
    yield from chosen.schedule.beginning("    ")
    yield "    # Forward pass: compute predicted y, and the loss."
    yield f"    y_pred = {written.y_pred}"
    yield f"    loss = {written.loss}"
    loss = "loss" if written.library == "numpy" else "loss.item()"
    yield from chosen.printed("t", loss, "    ")
    yield ""
    yield f"    # Backprop to compute gradients of {listed} with respect to loss."
    yield from (f"    {line}" for line in written.backward)
    yield ""
    yield "    # Update weights using gradient descent."
    yield from (f"    {name} -= learning_rate * grad_{name}" for name in written.parameters)
    yield from chosen.schedule.ending("t", "    ")
    yield ""
