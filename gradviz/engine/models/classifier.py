"""The image classifier of PyTorch's "Learn the Basics", trained on one batch at a step."""

from functools import partial
from typing import Final

import numpy as np
import torch
from torch import nn

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.drawn_images import Bytes
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import marked, tr
from gradviz.core.typed_paths import typed_path
from gradviz.engine.data.image_data import ImageData, drawn_shapes, fashion_mnist
from gradviz.engine.models.base import Guesses, ImageClassifier, NamedModel
from gradviz.engine.optim.losses import Loss, LossRow

BATCH: Final = 64
#: How many images of the test are evaluated at once, which bounds the memory that it takes.
_AT_ONCE: Final = 1000


#: The layers, as a script tells them.
_LAYERS: Final = "784 → 512 → 512 → 10 with ReLU"
_DEFINITION: Final = """\
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
        return logits"""


class NeuralNetwork(nn.Module):
    """Two hidden layers of 512 with ReLU between 784 pixels and ten classes."""

    def __init__(self) -> None:
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the logits, shape (images, 10), of images of shape (images, 28, 28)."""
        logits: torch.Tensor = self.linear_relu_stack(self.flatten(x))
        return logits


class ClassifierModel(NamedModel):
    """NeuralNetwork with cross-entropy and SGD.

    A step trains on a batch of its own, which `at_step` names: the images are shuffled anew for
    every pass through them by a generator that has the model's seed. So x and y are not what
    `forward` and the loss are given, but the batch of the step.

    https://docs.pytorch.org/tutorials/beginner/basics/optimization_tutorial.html
    """

    entry = ModelEntry(
        name="classifier",
        title=marked("Image classifier"),
        summary=marked(
            "Two hidden layers and cross-entropy, on FashionMNIST or on shapes drawn here."
        ),
        loss="cross-entropy",
        target="classes",
        images=True,
        script=ModelScript(
            loop="images",
            definition=_DEFINITION,
            make=("model = NeuralNetwork().to(device)",),
            y_pred="model(x[batch])",
            parameters=(),
            result=_LAYERS,
            is_module=True,
            batch=BATCH,
        ),
    )
    training = Training(optimizer="sgd", learning_rate=1e-3)
    plotted = False
    module: NeuralNetwork

    def __init__(self, device: torch.device, images: ImageData | None = None) -> None:
        """Draw the weights; without `images`, shapes are drawn to learn from."""
        self.module = NeuralNetwork().to(device)
        self.parameters = dict(self.module.named_parameters())
        self.images = images or drawn_shapes()
        self._x = _as_floats(self.images.images, device)
        self._y = torch.from_numpy(self.images.labels.astype(np.int64)).to(device)
        self._test_x = _as_floats(self.images.test_images, device)
        self._test_y = torch.from_numpy(self.images.test_labels.astype(np.int64)).to(device)
        self._generator = torch.Generator().manual_seed(torch.initial_seed())
        #: The generator's state before each pass, and the order of the pass that was asked last.
        self._states: list[torch.Tensor] = [self._generator.get_state()]
        self._order: tuple[int, tuple[torch.Tensor, ...]] = (-1, ())
        self._labels = self._y[:0]

    @property
    def image_classifier(self) -> ImageClassifier:
        """Return the model itself."""
        return self

    @classmethod
    def made(cls, device: torch.device, settings: Model) -> "ClassifierModel":
        """Return the model with the images that are chosen; raises DataError for bad files."""
        folder = settings.data_folder.strip()
        # The weights are drawn first: files that are slow to read draw nothing.
        return cls(device, fashion_mnist(typed_path(folder)) if folder else None)

    def batch(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the images, shape (n, 28, 28), and labels, shape (n,), that a step trains on."""
        in_a_pass = -(-len(self._x) // BATCH)
        number, place = divmod(step, in_a_pass)
        if number != self._order[0]:
            self._order = (number, torch.split(self._shuffled(number).to(self._x.device), BATCH))
        chosen = self._order[1][place]
        return self._x[chosen], self._y[chosen]

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the first batch."""
        return self.batch(0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the logits, shape (n, 10), of the batch of `at_step`."""
        images, self._labels = self.batch(self.at_step)
        logits: torch.Tensor = self.module(images)
        return logits

    def with_backward(self, loss: LossRow) -> Loss:
        """Return the loss of the batch; raises SettingError unless it is one for classes."""
        if loss.entry.target != self.target:
            raise SettingError(
                tr(
                    "The classifier is trained with cross-entropy: its target is one of ten "
                    "classes."
                ),
                tr("Choose the model's own loss."),
            )
        return partial(self._batch_loss, loss.function)

    def equation(self) -> str:
        """Return the layers, and the images that they are trained on."""
        return tr("784 → 512 → 512 → 10 with ReLU, trained on {images}", images=self.images.title)

    def guesses(self, most: int | None = None) -> Guesses:
        """Return the guesses for the first `most` test images, or for all."""
        images, labels = self._test_x[:most], self._test_y[:most]
        with torch.no_grad():
            logits = torch.cat([self.module(part) for part in torch.split(images, _AT_ONCE)])
            correct = int((logits.argmax(1) == labels).sum().item())
            return Guesses(logits.softmax(1), correct, len(labels))

    def _batch_loss(self, criterion: Loss, logits: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
        return criterion(logits, self._labels)

    def _shuffled(self, number: int) -> torch.Tensor:
        """Return the order of a pass, whichever was asked for before it."""
        count = len(self._x)
        while len(self._states) <= number:
            self._generator.set_state(self._states[-1])
            torch.randperm(count, generator=self._generator)
            self._states.append(self._generator.get_state())
        self._generator.set_state(self._states[number])
        return torch.randperm(count, generator=self._generator)


def _as_floats(images: Bytes, device: torch.device) -> torch.Tensor:
    """Return pixels from 0 to 1, as torchvision's ToTensor makes them."""
    return torch.from_numpy(images.copy()).to(device).to(torch.float32).div(255)
