"""Orders of differentiation and directions: the words for them."""

from collections.abc import Collection, Mapping
from typing import Final

from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import short

#: 1 is the gradient itself; from 2 on the gradient has a graph of its own.
ORDERS: Final = (1, 2, 3)
#: Directions besides the name of a leaf, `d`, or of an element of it, `weight[3]`.
DIRECTIONS: Final = ("ones", "gradient", "random")
_DERIVATIVES: Final[Mapping[int, str]] = {
    1: marked("gradient"),
    2: marked("Hessian-vector product"),
    3: marked("third derivative"),
}
_ALONG: Final[Mapping[str, str]] = {
    "ones": marked("along all ones"),
    "gradient": marked("along the gradient itself"),
    "random": marked("along a random direction"),
}


def derivative_text(order: int) -> str:
    """Return the name of the derivative of `order` along some direction."""
    return tr(_DERIVATIVES[order])


def direction_text(direction: str) -> str:
    """Return the words for `direction`, `along all ones`."""
    known = _ALONG.get(direction)
    return tr(known) if known else tr("along {name} alone", name=direction)


def leaf_text(name: str, order: int, result: str = "", *, only: bool = False) -> str:
    """Return the formula of the gradient of the leaf `name` in a backward pass of `order`.

    `result` is the letter of a function of several inputs; empty for one of x. With `only` there
    is no other leaf, and the direction is 1: the product is an ordinary derivative.
    """
    first = f"∂{result}/∂{name}" if result else f"dy/d{name}"
    if only:
        return {1: first, 2: f"d²y/d{name}²", 3: f"d³y/d{name}³"}[order]
    if order == 1:
        return first
    if order == 2:
        return tr("(H·v) of {name}", name=name)
    return tr("third derivative of {name}", name=name)


def is_ordinary(direction: str, leaves: Collection[str]) -> bool:
    """Tell whether a derivative along `direction` is the ordinary one of the one leaf there is."""
    return len(leaves) == 1 and direction in ("ones", *leaves)


def place_text(inputs: Mapping[str, float]) -> str:
    """Return the words for the point with these inputs, `at x = 2, y = 3`."""
    values = listed(f"{name} = {short(value)}" for name, value in inputs.items())
    return tr("at {values}", values=values)
