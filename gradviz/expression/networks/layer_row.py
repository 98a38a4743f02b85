"""A row of the table of layers: its arguments, the shapes that fit, and its parameters."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import msgspec

from gradviz.core.choices.options import OptionEntry, Options

#: The lengths of a tensor without its first one, which counts the points.
Shape: TypeAlias = tuple[int, ...]
#: A layer has at most so many inputs, outputs, channels or features.
WIDEST: Final = 4096


class MisfitError(Exception):
    """A shape does not fit a layer: why, the remedy, and the argument that is at fault, if one.

    The message follows a colon, so it begins with a small letter.
    `fits` is the value that this argument would have to have; None where that is not one number.
    """

    def __init__(
        self, message: str, hint: str, argument: str = "", fits: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.argument = argument
        self.fits = fits


class Argument(msgspec.Struct, frozen=True):
    """An argument of a layer's class.

    Attributes:
        name: Its name in PyTorch.
        entries: Its kind, range and default: one entry, or one for each number of a tuple.
        required: Whether it has no default in PyTorch, so that it is always written.
    """

    name: str
    entries: tuple[OptionEntry, ...]
    required: bool = False


#: Returns the shape that a layer makes of another one; raises MisfitError where it takes none such.
ShapeRule: TypeAlias = Callable[[Options, Shape], Shape]
#: Returns the shapes of a layer's parameters by their names in PyTorch.
ParameterRule: TypeAlias = Callable[[Options], Mapping[str, Shape]]


def same_shape(options: Options, shape: Shape) -> Shape:
    """Return the shape itself, as of a function that is applied to each number."""
    return shape


def no_parameters(options: Options) -> Mapping[str, Shape]:
    """Return none."""
    return {}


class LayerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of torch.nn.

    Attributes:
        name: Its class.
        doc: One sentence for the form, which is translated there.
        arguments: Its arguments in PyTorch's order.
        shape: The shape of its output.
        parameters: Its parameters.
        random: Whether it draws random numbers while it is trained.
        of_batch: Whether it compares the points with one another, so that it needs several.
        passes_on: Whether its output may be the memory of its input.
    """

    name: str
    doc: str
    arguments: tuple[Argument, ...] = ()
    shape: ShapeRule = same_shape
    parameters: ParameterRule = no_parameters
    random: bool = False
    of_batch: bool = False
    passes_on: bool = False

    @property
    def options(self) -> tuple[OptionEntry, ...]:
        """Return the entries of all arguments."""
        return tuple(entry for argument in self.arguments for entry in argument.entries)

    @property
    def defaults(self) -> Options:
        """Return the value of each option that is not chosen; a required one has a usual value."""
        return {entry.name: entry.default for entry in self.options}


def whole(
    name: str, default: int | None = None, low: int = 1, high: int = WIDEST, usual: int = 1
) -> Argument:
    """Return an argument that is a whole number; without a default it is required."""
    value = usual if default is None else default
    entry = OptionEntry(name=name, kind="int", default=value, minimum=low, maximum=high)
    return Argument(name, (entry,), required=default is None)


def number(
    name: str,
    default: float,
    low: float | None = None,
    high: float | None = None,
    *,
    above: bool = False,
) -> Argument:
    """Return an argument that is a number."""
    entry = OptionEntry(
        name=name, kind="float", default=default, minimum=low, maximum=high, above=above
    )
    return Argument(name, (entry,))


def flag(name: str, *, default: bool) -> Argument:
    """Return an argument that is True or False."""
    return Argument(name, (OptionEntry(name=name, kind="bool", default=default),))


def pair(name: str, usual: tuple[int, int]) -> Argument:
    """Return a required argument that is a tuple of two lengths."""
    entries = (
        OptionEntry(name=f"{name}_{place}", kind="int", default=each, minimum=1, maximum=WIDEST)
        for place, each in enumerate(usual, 1)
    )
    return Argument(name, tuple(entries), required=True)
