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
        source: An expression, or the name of a model in the catalogue.
        mode: Gradient at a point, or fit; None lets the source decide.
        at: The value of x in mode "point".
        device: A device of the catalogue.
        seed: Given to `torch.manual_seed` before the parameters are drawn.
        points: How many x from -pi to pi in mode "fit".
    """

    source: str
    mode: Mode | None = None
    at: float = 2.0
    device: str = "cpu"
    seed: int = 0
    points: int = 2000


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
