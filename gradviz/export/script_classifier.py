"""The script of the image classifier, as PyTorch's "Learn the Basics" writes it."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gradviz.core.choices import drawn_images
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.export.script_schedule import WrittenSchedule

NAME: Final = "classifier"

_NETWORK: Final = """
class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return logits
"""

_FILES: Final = '''
def read(name, head):
    """Return the bytes of an IDX file behind its head."""
    with gzip.open(folder / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=head)


images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
labels = read("train-labels-idx1-ubyte.gz", 8)
'''


def classifier_script(
    model: Model, training: Training, optimizer: str, title: str, schedule: WrittenSchedule
) -> str:
    """Return the script; `optimizer` is the line that makes it, empty for a written-out update.

    `title` is the name of the optimizer's class. Raises ExportError for another loss.
    """
    if training.loss not in ("", "cross-entropy"):
        raise ExportError(
            "There is a script of the classifier for cross-entropy alone.",
            "Choose the model's own loss.",
        )
    lines = [
        *_images(model.data_folder.strip()),
        *_NETWORK.splitlines(),
        *_made(model, training, optimizer, schedule),
        *(_searched() if title == "LBFGS" else _step(updated=not optimizer)),
        "        if step % 100 == 99:",
        "            print(step, loss.item())",
        *schedule.ending("step", "        "),
        "        step += 1",
        "",
        f'print("Result: 784 → 512 → 512 → 10 with ReLU, trained on {_told(model)}")',
    ]
    return "\n".join(lines) + "\n"


def _told(model: Model) -> str:
    folder = model.data_folder.strip()
    name = f"FashionMNIST in {Path(folder).name}" if folder else "drawn shapes, not FashionMNIST"
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _images(folder: str) -> Iterator[str]:
    """Write the imports and what gives the images and their labels."""
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


def _made(
    model: Model, training: Training, optimizer: str, schedule: WrittenSchedule
) -> Iterator[str]:
    """Write the model, the data as tensors, the loss and the optimizer."""
    yield from ("", f"torch.manual_seed({model.seed})", f'device = torch.device("{model.device}")')
    yield from ("model = NeuralNetwork().to(device)", "")
    yield "x = torch.from_numpy(images.copy()).to(device).to(torch.float32).div(255)"
    yield "y = torch.from_numpy(labels.astype(np.int64)).to(device)"
    yield from (
        "",
        "loss_fn = nn.CrossEntropyLoss()",
        f"learning_rate = {training.learning_rate!r}",
    )
    if optimizer:
        yield optimizer
    yield from schedule.made
    yield f"generator = torch.Generator().manual_seed({model.seed})"
    yield from ("", "step = 0", f"while step < {training.steps}:")
    yield "    # The images are shuffled anew for every pass through them."
    yield "    order = torch.randperm(len(x), generator=generator).to(device)"
    yield "    for batch in order.split(64):"
    yield f"        if step == {training.steps}:"
    yield "            break"
    yield from schedule.beginning("        ")


def _step(*, updated: bool) -> Iterator[str]:
    yield "        # Compute prediction and loss."
    yield "        loss = loss_fn(model(x[batch]), y[batch])"
    yield ""
    yield "        # Backpropagation."
    if not updated:
        yield "        optimizer.zero_grad()"
        yield "        loss.backward()"
        yield "        optimizer.step()"
    else:
        yield "        loss.backward()"
        yield "        with torch.no_grad():"
        yield "            for p in model.parameters():"
        yield "                p -= learning_rate * p.grad"
        yield "                p.grad = None"


def _searched() -> Iterator[str]:
    """Write a step of an optimizer that computes the loss several times in it."""
    yield "        def closure():"
    yield "            optimizer.zero_grad()"
    yield "            loss = loss_fn(model(x[batch]), y[batch])"
    yield "            loss.backward()"
    yield "            return loss"
    yield ""
    yield "        loss = optimizer.step(closure)"
