"""The data that a model is fitted to: an expression in x with noise, or two columns of a file."""

import hashlib
import math
from collections.abc import Callable
from typing import Final, NamedTuple

import torch

from gradviz.core.choices.settings import POINTS_RANGE, Model
from gradviz.core.errors import FieldError
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.engine.data.data_file import read_columns
from gradviz.engine.data.program import compiled
from gradviz.expression import Call, Variable, constant, parsed_target

_DTYPES: Final = {"float32": torch.float32, "float64": torch.float64}


class Data(NamedTuple):
    """The data that a run is fitted to, and the settings that they follow from.

    `x` and `y` have the shape (points,).
    """

    settings: Model
    x: torch.Tensor
    y: torch.Tensor

    @property
    def nbytes(self) -> int:
        """Return the memory that it takes."""
        return self.x.nbytes + self.y.nbytes

    def fingerprint(self) -> bytes:
        """Return a hash of all numbers in x and y."""
        digest = hashlib.sha256()
        for tensor in (self.x, self.y):
            digest.update(tensor.detach().cpu().numpy().tobytes())
        return digest.digest()


class ForgottenData(NamedTuple):
    """Data of which only the settings are left, and the fingerprint of the numbers."""

    settings: Model
    fingerprint: bytes

    @classmethod
    def of(cls, data: Data) -> "ForgottenData":
        """Forget the numbers of `data`."""
        return cls(data.settings, data.fingerprint())

    def again(self, made: Callable[[Model], Data]) -> Data:
        """Return the data that `made` computes anew; raises FieldError where they differ."""
        data = made(self.settings)
        if data.fingerprint() != self.fingerprint:
            raise FieldError(
                tr("The data of that step is not what it was."),
                tr("The file has changed since; put the old one back, or look at later steps."),
                field="data_file" if self.settings.data_file.strip() else "target",
            )
        return data


def dtype_of(settings: Model) -> torch.dtype:
    """Return torch's dtype of the settings."""
    return _DTYPES[settings.dtype]


def data_of(settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Return x and y, shape (points,) each.

    Raises:
        FieldError: the target, the noise or the range cannot be used.
        DataError: the file cannot.
    """
    if settings.data_file.strip():
        return columns_of(settings, device)
    x = line_of(settings, device)
    return x, with_noise(settings, target_at(settings, x))


def columns_of(settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the two columns of the file; raises FieldError where it cannot be used."""
    x, y = read_columns(settings.data_file.strip())
    dtype = dtype_of(settings)
    columns = torch.tensor(x, dtype=dtype), torch.tensor(y, dtype=dtype)
    for column in columns:
        if not bool(column.isfinite().all()):
            raise FieldError(
                tr("A number in the file is too large for {dtype}.", dtype=settings.dtype),
                tr("Choose float64, or other units."),
                field="data_file",
            )
    return columns[0].to(device), columns[1].to(device)


def check_data(settings: Model) -> None:
    """Raise FieldError for a number of the data that is outside its range."""
    low, high = POINTS_RANGE
    if not low <= settings.points <= high:
        raise FieldError(
            tr_n("{count} points do not work.", "{count} point does not work.", settings.points),
            tr("Use a number from {low} to {high}.", low=low, high=counted(high)),
            field="points",
        )
    largest = torch.finfo(dtype_of(settings)).max
    ends = settings.low, settings.high
    if not all(math.isfinite(end) and abs(end) <= largest for end in ends) or ends[0] >= ends[1]:
        raise FieldError(
            tr(
                "x cannot go from {low} to {high}.",
                low=short(settings.low),
                high=short(settings.high),
            ),
            tr("Use two finite numbers, the smaller one first."),
            field="range",
        )
    if not math.isfinite(settings.noise) or settings.noise < 0:
        raise FieldError(
            tr("The noise {noise} does not work.", noise=short(settings.noise)),
            tr("Use 0 for none, or a standard deviation such as 0.1."),
            field="noise",
        )


def line_of(settings: Model, device: torch.device) -> torch.Tensor:
    """Return x at equal distances, shape (points,)."""
    low, high = settings.low, settings.high
    return torch.linspace(low, high, settings.points, device=device, dtype=dtype_of(settings))


def target_at(settings: Model, x: torch.Tensor) -> torch.Tensor:
    """Return the target without noise at each `x`; raises FieldError where it is not finite."""
    tree = parsed_target(settings.target)
    value = constant(tree)
    y = torch.full_like(x, value) if value is not None else compiled(tree, {})(x)
    finite = y.isfinite()
    if not bool(finite.all()):
        place = x[~finite][0].item()
        raise FieldError(
            tr(
                "The target {target} is not finite at x = {x}.",
                target=settings.target.strip()[:40],
                x=short(place),
            ),
            tr("Change it, or the range of x."),
            field="target",
        )
    return y


def with_noise(settings: Model, y: torch.Tensor) -> torch.Tensor:
    """Return `y` with the noise of the settings, from a generator of its own."""
    if not settings.noise:
        return y
    generator = torch.Generator().manual_seed(settings.seed)
    return y + settings.noise * torch.randn(len(y), generator=generator, dtype=y.dtype).to(y.device)


def is_sine(target: str) -> bool:
    """Tell whether the target is the tutorials' own."""
    return parsed_target(target) == Call("sin", Variable())
