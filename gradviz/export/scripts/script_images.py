"""The script of a model that learns from images, as PyTorch's "Learn the Basics" writes it."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gradviz.core.choices import drawn_images
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.script_training import WrittenTraining

_FILES: Final = '''
def read(name, head):
    """Return the bytes of an IDX file behind its head."""
    with gzip.open(folder / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=head)


images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
labels = read("train-labels-idx1-ubyte.gz", 8)
'''


def images_script(model: Model, written: ModelScript, chosen: WrittenTraining) -> Iterator[str]:
    """Write the whole script; raises ExportError for a loss that is not one for classes."""
    if chosen.loss is None:
        raise ExportError(
            tr(
                "There is a script of the {model} for {loss} alone.",
                model=model.source.strip(),
                loss=chosen.own_loss,
            ),
            tr("Choose the model's own loss."),
        )
    yield from chosen.schedule.imports
    yield from _images(model.data_folder.strip())
    yield from ("", *written.definition.splitlines())
    yield from _made(model, written, chosen)
    if chosen.optimizer.closure:
        yield from _with_closure(written)
    else:
        yield from _step(written, by_hand=not chosen.optimizer.constructor)
    yield from chosen.printed("step", "loss.item()", "        ")
    yield from chosen.schedule.ending("step", "        ")
    yield "        step += 1"
    yield ""
    yield f'print("Result: {written.result}, trained on {_told(model)}")'


def _told(model: Model) -> str:
    folder = model.data_folder.strip()
    name = f"FashionMNIST in {Path(folder).name}" if folder else "drawn shapes, not FashionMNIST"
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _images(folder: str) -> Iterator[str]:
    """Write the imports, and the images with their labels."""
    if not folder:
        yield from ("import torch", "from torch import nn", "")
        # What draws the shapes is written out as it is.
        source = inspect.getsource(drawn_images)
        yield "# " + (drawn_images.__doc__ or "").strip()
        yield from source.split('"""', 2)[2].strip().splitlines()
        yield from ("", "", "images, labels = drawn(2000, seed=1)", "")
        return
    yield from ("import gzip", "from pathlib import Path", "")
    yield from ("import numpy as np", "import torch", "from torch import nn", "")
    yield f"folder = Path({folder!r}).expanduser()"
    yield from ("", *_FILES.splitlines(), "")


def _made(model: Model, written: ModelScript, chosen: WrittenTraining) -> Iterator[str]:
    """Write the model, the data as tensors, the loss and the optimizer."""
    steps = chosen.settings.steps
    yield from ("", f"torch.manual_seed({model.seed})", f'device = torch.device("{model.device}")')
    yield from (*written.make, "")
    yield "x = torch.from_numpy(images.copy()).to(device).to(torch.float32).div(255)"
    yield "y = torch.from_numpy(labels.astype(np.int64)).to(device)"
    yield ""
    yield f"loss_fn = {chosen.criterion.removeprefix('torch.')}"
    yield f"learning_rate = {chosen.settings.learning_rate!r}"
    yield from chosen.made_optimizer(written.group)
    yield from chosen.schedule.made
    yield f"generator = torch.Generator().manual_seed({model.seed})"
    yield from ("", "step = 0", f"while step < {steps}:")
    yield "    # The images are shuffled anew for every pass through them."
    yield "    order = torch.randperm(len(x), generator=generator).to(device)"
    yield f"    for batch in order.split({written.batch}):"
    yield f"        if step == {steps}:"
    yield "            break"
    yield from chosen.schedule.beginning("        ")


def _step(written: ModelScript, *, by_hand: bool) -> Iterator[str]:
    """Write a step; `by_hand` is for an update that is written out."""
    yield "        # Compute prediction and loss."
    yield f"        loss = loss_fn({written.y_pred}, y[batch])"
    yield ""
    yield "        # Backpropagation."
    if by_hand:
        yield "        loss.backward()"
        yield "        with torch.no_grad():"
        yield "            for p in model.parameters():"
        yield "                p -= learning_rate * p.grad"
        yield "                p.grad = None"
    else:
        yield "        optimizer.zero_grad()"
        yield "        loss.backward()"
        yield "        optimizer.step()"


def _with_closure(written: ModelScript) -> Iterator[str]:
    """Write a step of an optimizer that computes the loss several times in it."""
    yield "        def closure():"
    yield "            optimizer.zero_grad()"
    yield f"            loss = loss_fn({written.y_pred}, y[batch])"
    yield "            loss.backward()"
    yield "            return loss"
    yield ""
    yield "        loss = optimizer.step(closure)"
