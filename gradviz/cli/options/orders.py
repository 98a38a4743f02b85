"""What the command line says of the order of differentiation."""

import argparse
from typing import Any

from gradviz.cli.failures import InputError


def order_choices(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of a Model that the arguments of `add_order` choose; none without them.

    Raises:
        InputError: there is a direction and nothing to differentiate along it.
    """
    order: int | None = getattr(options, "order", None)
    direction: str | None = getattr(options, "direction", None)
    if order is None:
        order = 2 if getattr(options, "create_graph", False) else 1
    if direction is not None and order == 1:
        raise InputError("--direction is for the graph of the gradient.", "Add --create-graph.")
    return {} if order == 1 else {"order": order, "direction": direction or "ones"}
