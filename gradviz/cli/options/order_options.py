"""The options of the order of differentiation, and the fields of a model that they choose."""

import argparse
from collections.abc import Sequence
from typing import Any, get_args

from gradviz.cli.refusals import InputError
from gradviz.core.choices.orders import ORDERS
from gradviz.core.graphs.placement import Direction
from gradviz.core.language.saying import tr


def add_order(parser: argparse.ArgumentParser, *, drawn: bool = False) -> None:
    """Add how often the output is differentiated, and along which direction.

    Where the graph is `drawn`, --direction takes the way of its edges too, and may be there twice.
    """
    parser.add_argument(
        "--create-graph",
        action="store_true",
        help=tr("show the graph of the gradient, whose backward gives a Hessian-vector product"),
    )
    parser.add_argument(
        "--order",
        type=int,
        choices=ORDERS,
        help=tr("differentiate so often (default 1; 2 with --create-graph)"),
    )
    along = tr(
        "with --create-graph: ones, gradient, random (from the seed), or a leaf such as d or "
        "weight[3] (default ones)"
    )
    if drawn:
        along = tr(
            "TB, LR, BT or RL: edges run down (default), right, up or left; {along}", along=along
        )
    parser.add_argument(
        "--direction",
        action=_Direction if drawn else "store",
        metavar="TB|LR|BT|RL|NAME" if drawn else "NAME",
        help=along,
    )
    parser.set_defaults(drawn_direction="TB")


class _Direction(argparse.Action):
    """Tells the way of the edges from the direction of a derivative."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        drawn = values in get_args(Direction)
        setattr(namespace, "drawn_direction" if drawn else self.dest, values)


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
        raise InputError(
            tr("--direction is for the graph of the gradient."), tr("Add --create-graph.")
        )
    return {} if order == 1 else {"order": order, "direction": direction or "ones"}
