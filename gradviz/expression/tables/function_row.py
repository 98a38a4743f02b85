"""The row of a function that may be typed: all that the program knows of it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short

#: The words of a domain by whether each of its bounds belongs to it; None where there is no bound.
_BOUNDED: Final[Mapping[tuple[bool | None, bool | None], str]] = {
    (None, None): marked("all numbers"),
    (True, None): marked("numbers from {low} on"),
    (False, None): marked("numbers above {low}"),
    (None, True): marked("numbers up to {high}"),
    (None, False): marked("numbers below {high}"),
    (True, True): marked("numbers from {low} on and up to {high}"),
    (True, False): marked("numbers from {low} on and below {high}"),
    (False, True): marked("numbers above {low} and up to {high}"),
    (False, False): marked("numbers above {low} and below {high}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The real numbers at which a function has a real and finite value, as mathematics says.

    A value may still be too large for a float, as that of `exp` soon is.

    Attributes:
        low: The lower bound.
        low_included: Whether the lower bound belongs to the domain.
        high: The upper bound.
        high_included: Whether the upper bound belongs to the domain.
        pole: One number between the bounds that does not belong to it, and
        period: the distance from that to the next one; infinite where it is the only one.
        poles: The words for all of these, such as `odd multiples of pi/2`; `words` translates them.
    """

    low: float = -math.inf
    low_included: bool = True
    high: float = math.inf
    high_included: bool = True
    pole: float | None = None
    period: float = math.inf
    poles: str = ""

    def __contains__(self, value: float) -> bool:
        """Tell whether the function is defined at `value`."""
        above = value >= self.low if self.low_included else value > self.low
        below = value <= self.high if self.high_included else value < self.high
        return math.isfinite(value) and above and below and not self._is_pole(value)

    @property
    def words(self) -> str:
        """Return the domain in words, such as `numbers above 0`."""
        low = self.low_included if self.low > -math.inf else None
        high = self.high_included if self.high < math.inf else None
        numbers = tr(_BOUNDED[low, high], low=short(self.low), high=short(self.high))
        if self.pole is None:
            return numbers
        return tr("{numbers} except {poles}", numbers=numbers, poles=tr(self.poles))

    def _is_pole(self, value: float) -> bool:
        if self.pole is None:
            return False
        return math.remainder(value - self.pole, self.period) == 0


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of one number, and the names by which each library has it.

    sympy is given the function of its own that `sympy` names; or `formula`, where it has none; or
    `value` and `slope`, where its derivative at a kink would not be PyTorch's.

    Attributes:
        name: The name that is typed.
        doc: One sentence for somebody who reads the list.
        called_by: The beginning of a sentence on it, such as `The square root`, which `called`
            translates; empty for `The function` and the name.
        synonyms: Other names that are typed for it, in small letters.
        value: The value at a plain float; may raise ArithmeticError or ValueError where none is.
        domain: Where it is real and finite.
        degree: The degree of a polynomial, which limits how deep it may be nested; None for others.
        torch: The dotted name of the operation on tensors; empty for `torch.` and the name. It ends
            in `.apply` for a torch.autograd.Function, whose backward is written by hand.
        definition: The lines by which a script defines `name`; empty where PyTorch defines it.
        sympy: Its name in sympy; empty for the same name.
        formula: An equal expression in x for sympy, of other functions.
        slope: The derivative of a function of pieces, at its kinks as PyTorch has it.
        activation: Whether it is one of PyTorch's activations, which hints do not list.
    """

    name: str
    doc: str
    called_by: str = ""
    synonyms: tuple[str, ...] = ()
    value: Callable[[float], float]
    domain: Domain = Domain()
    degree: int | None = None
    torch: str = ""
    definition: str = ""
    sympy: str = ""
    formula: str = ""
    slope: Callable[[float], float] | None = None
    activation: bool = False

    @property
    def called(self) -> str:
        """Return the function as a sentence names it, such as `The square root`."""
        return tr(self.called_by) if self.called_by else tr("The function {name}", name=self.name)

    @cached_property
    def torch_name(self) -> str:
        """Return the dotted name of the operation on tensors, such as `torch.sin`."""
        return self.torch or f"torch.{self.name}"

    @cached_property
    def operation(self) -> str:
        """Return the operation's name: `sin`, or the grad_fn's of a torch.autograd.Function."""
        owner, _, name = self.torch_name.rpartition(".")
        return f"{owner.rpartition('.')[2]}Backward" if name == "apply" else name

    @cached_property
    def script_name(self) -> str:
        """Return the name by which a script calls it on tensors."""
        return self.name if self.definition else self.torch_name

    @cached_property
    def python_name(self) -> str:
        """Return the name by which plain Python has `value`, such as `math.sin`; or nothing."""
        match self.value.__module__:
            case "math":
                return f"math.{self.value.__name__}"
            case "builtins":
                return self.value.__name__
            case _:
                return ""
