"""Orders of differentiation and directions: the words for them."""

from collections.abc import Mapping
from typing import Final

#: 1 is the gradient itself; from 2 on the gradient has a graph of its own.
ORDERS: Final = (1, 2, 3)
#: Directions besides the name of a leaf, `d`, or of an element of it, `weight[3]`.
DIRECTIONS: Final = ("ones", "gradient", "random")


def derivative_text(order: int) -> str:
    """Return the name of the derivative of `order` along some direction."""
    return {
        1: "gradient",
        2: "Hessian-vector product",
        3: "third derivative",
    }[order]


def direction_text(direction: str) -> str:
    """Return the words for `direction`, `along ones`."""
    return {
        "ones": "along ones",
        "gradient": "along the gradient itself",
        "random": "along a random direction",
    }.get(direction, f"along {direction} alone")


def leaf_text(name: str, order: int, result: str = "") -> str:
    """Return the formula of the gradient of the leaf `name` in a backward pass of `order`.

    `result` is the letter of a function of several inputs; empty for one of x.
    """
    first = f"∂{result}/∂{name}" if result else f"dy/d{name}"
    return {1: first, 2: f"(H·v) of {name}", 3: f"third of {name}"}[order]


def place_text(inputs: Mapping[str, float]) -> str:
    """Return the words for the point with these inputs, `at x = 2, y = 3`."""
    return f"at {', '.join(f'{name} = {value:g}' for name, value in inputs.items())}"
