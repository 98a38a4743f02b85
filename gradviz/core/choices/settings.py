"""The settings of a model and of its training, with the ranges that are allowed."""

import math
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.compositions import Composition
from gradviz.core.choices.options import Options
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short

#: The letters of an expression that are inputs at a point. In a fit x alone is one.
INPUTS: Final = ("x", "y", "z")
POINTS_RANGE = (2, 1_000_000)
#: The megabytes that the tensors of a recording may take beside the model, unless set otherwise.
RECORDING_MB: Final = 512
Dtype: TypeAlias = Literal["float32", "float64"]


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model to build.

    Attributes:
        source: An expression, the name of a model in the catalogue, or `path/to/file.py:Name`.
        mode: Gradient at a point, or fit; None lets the source decide.
        at: The value of x in mode "point".
        point: The values of y and z in mode "point", by name; those that are missing are 1.
        device: A device of the catalogue.
        seed: Given to `torch.manual_seed` before the parameters are drawn.
        points: How many x from `low` to `high` in mode "fit".
        low, high: The range of x.
        target: The function to fit: an expression in x without parameters.
        noise: The standard deviation of the noise that is added to the target, drawn from the seed.
        data_file: A file with two columns, x and y, in place of points, target and noise; or empty.
        dtype: The dtype of x, y and the parameters.
        initial: Values that parameters start at, by name; the others are drawn from the seed.
        data_folder: For the classifier: the folder with FashionMNIST's files; empty for shapes
            that are drawn.
        arguments: For a file: the arguments of its class, `in_features=4, bias=True`.
        inputs: For a file: the example inputs, `randn(2, 3); (ones(2), [ones(3)])`.
        output: For a file: which of its outputs to differentiate, `logits` or `hidden[0]`.
        weights: For a file: a file of weights to load.
        own_loss: For a file: a loss of torch.nn for its output, `CrossEntropyLoss` or
            `HuberLoss(delta=0.5)`; empty for the file's own, or a sum.
        own_target: For a file: the values that the loss takes beside the output, written as the
            inputs are: `randint(0, 9, (2,))`.
        trusted: For a file: the SHA-256 of the content that the user trusts.
        trusted_beside: For a file: the SHA-256 of each content that the user trusts it to import
            from its own folder.
        order: 1 for the graph of the output; 2 for that of its gradient; 3 for one more.
        direction: The direction along which the gradient is differentiated: "ones", "gradient",
            "random" from the seed, or the name of a leaf, `d`, or of an element of one,
            `weight[3]`.
    """

    source: str
    mode: Mode | None = None
    at: float = 2.0
    point: dict[str, float] = {}
    device: str = "cpu"
    seed: int = 0
    points: int = 2000
    low: float = -math.pi
    high: float = math.pi
    target: str = "sin(x)"
    noise: float = 0.0
    data_file: str = ""
    dtype: Dtype = "float32"
    initial: dict[str, float] = {}
    data_folder: str = ""
    arguments: str = ""
    inputs: str = ""
    output: str = ""
    weights: str = ""
    own_loss: str = ""
    own_target: str = ""
    trusted: str = ""
    trusted_beside: tuple[str, ...] = ()
    order: int = 1
    direction: str = "ones"

    def input_at(self, name: str) -> float:
        """Return the value of the input `name`, x, y or z, in mode "point"."""
        return self.at if name == "x" else self.point.get(name, 1.0)


#: The fields of the data that a model is fitted to: they may change while the model stays.
DATA_FIELDS = ("target", "noise", "data_file", "low", "high", "points")


def with_data_of(model: Model, other: Model) -> Model:
    """Return `model` with the data fields of `other`."""
    return msgspec.structs.replace(model, **{name: getattr(other, name) for name in DATA_FIELDS})


def target_text(model: Model) -> str:
    """Return the target of the fit in words: `sin(x) + noise`, or the name of the data file."""
    if model.data_file:
        return Path(model.data_file).name
    return tr("{target} + noise", target=model.target) if model.noise else model.target


class OwnParts(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a user's own file that the engine found, for the script that does the same.

    Attributes:
        name: The class, function or module in the file.
        called: Whether it is called to make the module.
        inputs: How forward gets its inputs: "values", "names", "one" or "none".
        scalar: The scalar to differentiate, as Python code with the variable `output`.
        weights_key: The key of the weights in their file; empty where the whole file is weights.
        equation: The result line.
        criterion: The loss that is chosen beside the file, as Python code; empty without one.
    """

    name: str
    called: bool
    inputs: str
    scalar: str
    weights_key: str
    equation: str
    criterion: str = ""


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is trained.

    Attributes:
        optimizer: A name of the catalogue.
        steps: The whole run.
        options: The optimizer's hyperparameters by name; those that are missing have their
            default.
        loss: A name of the catalogue; empty for the model's own.
        scheduler: A name of the catalogue; empty for a learning rate that stays as it is.
        scheduler_options: Its options by name; those that are missing have their default.
        composition: The parts of a scheduler that is made of others; without any, those of the
            catalogue.
    """

    optimizer: str
    learning_rate: float
    steps: int = 2000
    options: Options = {}
    loss: str = ""
    scheduler: str = ""
    scheduler_options: Options = {}
    composition: Composition = Composition()


def checked_learning_rate(value: float) -> float:
    """Return `value`, or raise SettingError unless it is a finite number above 0."""
    if not math.isfinite(value) or value <= 0:
        raise SettingError(
            tr("The learning rate {rate} does not work.", rate=short(value)),
            tr("Use a number above 0, such as 1e-6."),
        )
    return value


def checked_steps(value: int) -> int:
    """Return `value`, or raise SettingError unless it is between 1 and ten million."""
    if not 1 <= value <= 10_000_000:
        raise SettingError(
            tr("{count} steps do not work.", count=value), tr("Use a number from 1 to 10,000,000.")
        )
    return value


def told_every(steps: int) -> int:
    """Return which steps tell their loss: each hundredth as in the tutorial, more of a short run.

    Of fewer than a hundred `steps` it is every tenth, and of fewer than 20 each.
    """
    if steps >= 100:
        return 100
    return 10 if steps >= 20 else 1


def is_told(step: int, steps: int) -> bool:
    """Tell whether a step, from 0 on, tells its loss; of a short run the first and last do too."""
    every = told_every(steps)
    return step % every == every - 1 or (steps < 100 and step in (0, steps - 1))
