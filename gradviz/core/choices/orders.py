"""How often an output is differentiated, and along what: the words for it."""

from typing import Final

#: 1 is the gradient itself; from 2 on the gradient has a graph of its own.
ORDERS: Final = (1, 2, 3)
#: What a direction may be besides the name of a leaf, `d`, or of an element of it, `weight[3]`.
DIRECTIONS: Final = ("ones", "gradient", "random")


def derivative_text(order: int) -> str:
    """Return what an order of differentiation gives, along some direction."""
    return {
        1: "gradient",
        2: "Hessian-vector product",
        3: "third derivative",
    }[order]


def direction_text(direction: str) -> str:
    """Say along what."""
    return {
        "ones": "along ones",
        "gradient": "along the gradient itself",
        "random": "along a random direction",
    }.get(direction, f"along {direction} alone")


def leaf_text(name: str, order: int) -> str:
    """Return how the leaf `name` got what a backward pass of `order` brought it, as a formula."""
    return {1: f"dy/d{name}", 2: f"(H·v) of {name}", 3: f"third of {name}"}[order]
