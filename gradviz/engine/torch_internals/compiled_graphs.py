"""The graphs behind a node of a compiled function, which AOTAutograd made of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from torch import fx

from gradviz.engine.torch_internals.grad_nodes import function_of


class CompiledGraphs(NamedTuple):
    """The operations of a compiled function, in their order; None where the compiler keeps none."""

    forward: tuple[str, ...] | None
    backward: tuple[str, ...] | None


def compiled_graphs(node: Any) -> CompiledGraphs:
    """Return the operations that a node of a compiled function stands for."""
    function = function_of(node)
    lazy = getattr(function, "_lazy_backward_info", None)
    return CompiledGraphs(
        forward=_operations(_held_by(getattr(function, "compiled_fw", None))),
        backward=_operations([getattr(lazy, "bw_module", None)]),
    )


def _held_by(run: Any) -> list[Any]:
    """Return all that a function closes over; a backend that changes no graph keeps it there."""
    found: list[Any] = []
    for cell in getattr(run, "__closure__", None) or ():
        try:
            found.append(cell.cell_contents)
        except ValueError:
            # The cell is empty.
            continue
    return found


def _operations(held: Iterable[Any]) -> tuple[str, ...] | None:
    for each in held:
        if isinstance(each, fx.GraphModule):
            calls = (node for node in each.graph.nodes if node.op.startswith("call_"))
            return tuple(_name(node) for node in calls)
    return None


def _name(node: fx.Node) -> str:
    """Return `mm` of the operation `aten.mm.default`."""
    packet = getattr(node.target, "overloadpacket", node.target)
    return str(getattr(packet, "__name__", packet))
