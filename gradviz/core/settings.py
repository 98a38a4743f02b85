"""What a user chooses for a model and its training, with the ranges that are allowed."""

import math

import msgspec

from gradviz.core.catalogue import Mode
from gradviz.core.errors import SettingError
from gradviz.core.options import Options

POINTS_RANGE = (2, 1_000_000)


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model to build.

    Attributes:
        source: An expression, the name of a model in the catalogue, or `path/to/file.py:Name`.
        mode: Gradient at a point, or fit; None lets the source decide.
        at: The value of x in mode "point".
        device: A device of the catalogue.
        seed: Given to `torch.manual_seed` before the parameters are drawn.
        points: How many x from -pi to pi in mode "fit".
        data_folder: For the classifier: the folder with FashionMNIST's files; empty for shapes
            that are drawn.
        arguments: For a file: what its class is called with, `in_features=4, bias=True`.
        inputs: For a file: the example inputs, `randn(2, 3); randint(0, 9, (2,))`.
        output: For a file: which of its outputs to differentiate, `logits` or `hidden[0]`.
        weights: For a file: a file of weights to load.
        trusted: For a file: the SHA-256 of the content that the user trusts.
    """

    source: str
    mode: Mode | None = None
    at: float = 2.0
    device: str = "cpu"
    seed: int = 0
    points: int = 2000
    data_folder: str = ""
    arguments: str = ""
    inputs: str = ""
    output: str = ""
    weights: str = ""
    trusted: str = ""


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is trained.

    Attributes:
        optimizer: A name of the catalogue.
        steps: The whole run.
        options: The optimizer's hyperparameters by name; those that are missing have their
            default.
        loss: A name of the catalogue; empty for the model's own.
    """

    optimizer: str
    learning_rate: float
    steps: int = 2000
    options: Options = {}
    loss: str = ""


def checked_learning_rate(value: float) -> float:
    """Return `value`, or raise SettingError unless it is a finite number above 0."""
    if not math.isfinite(value) or value <= 0:
        raise SettingError(
            f"The learning rate {value:g} does not work.", "Use a number above 0, such as 1e-6."
        )
    return value


def checked_steps(value: int) -> int:
    """Return `value`, or raise SettingError unless it is between 1 and ten million."""
    if not 1 <= value <= 10_000_000:
        raise SettingError(f"{value} steps do not work.", "Use a number from 1 to 10,000,000.")
    return value
