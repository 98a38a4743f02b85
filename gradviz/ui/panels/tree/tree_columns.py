"""The columns of the tree: the numbers of each row, their texts, and what they sort by."""

import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from gradviz.core.findings.health import NodeTime
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_tree import GroupTree
from gradviz.core.graphs.rows.measures import Flags, Measures, Numbers
from gradviz.core.graphs.trace import Trace
from gradviz.core.number_text import counted, short
from gradviz.ui.panels.tensor.tensor_text import size_text

NAME, GRADIENT, PARAMETERS, KIND, BYTES, TIME = range(6)
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True)
class TreeColumn:
    """The title of a column, and sentences on it."""

    title: str
    spoken: str
    tip: str


COLUMNS: Final = (
    TreeColumn("Name", "", "The name of a module, function, iteration, operation or parameter"),
    TreeColumn(
        "grad ‖·‖",
        "gradient norm",
        "The norm of the gradient in the whole pass: that which arrives at a node, and of a "
        "module that of all its parameters together",
    ),
    TreeColumn("params", "parameters", "How many numbers the parameters have, each counted once"),
    TreeColumn("class", "", "The class of a module, and PyTorch's name of a node"),
    TreeColumn("bytes", "", "The bytes of the results that are computed there, and of parameters"),
    TreeColumn("time", "", "The time forwards and backwards, measured in a pass of its own"),
)


class RowNumbers:
    """The numbers of all rows of a tree in one pass; NaN where one is not known."""

    def __init__(self, graph: Graph, trace: Trace | None, inputs: Collection[str]) -> None:
        """Count everything, which takes a moment for a large graph."""
        measures = Measures(graph, trace, inputs)
        self._measures = measures
        self._place = graph.place
        self.unsound: Flags = measures.unsound
        #: The gradient norm and the number of all parameters; empty where there are none.
        self.total = _total(measures)
        self.by_column: dict[int, Numbers] = {
            GRADIENT: measures.gradients,
            PARAMETERS: measures.parameters,
            BYTES: measures.bytes,
        }

    def take_times(self, times: Iterable[NodeTime]) -> None:
        """Take the times of nodes, of which a group has the sum."""
        taken = np.full(len(self._place), np.nan)
        for each in times:
            known = [part for part in (each.forward_us, each.backward_us) if part is not None]
            if known and each.node in self._place:
                taken[self._place[each.node]] = sum(known)
        self.by_column[TIME] = self._measures.with_groups(taken, emptiness=math.nan)

    def text(self, item: int, column: int) -> str:
        """Return a number as it is shown; empty where there is none."""
        numbers = self.by_column.get(column)
        value = float(numbers[item]) if numbers is not None else math.nan
        if column == GRADIENT and math.isnan(value) and self.unsound[item]:
            return "not finite"
        return "" if math.isnan(value) else _WRITTEN[column](value)


def _total(measures: Measures) -> str:
    if not measures.total_parameters:
        return ""
    norm = measures.total_gradient
    told = "no gradient" if math.isnan(norm) else f"grad ‖·‖ {short(norm, 3)}"
    if measures.any_unsound:
        told = "grad ‖·‖ not finite"
    return f"All parameters: {told} · {counted(measures.total_parameters)} numbers"


_WRITTEN: Final[dict[int, Callable[[float], str]]] = {
    GRADIENT: lambda value: short(value, 3),
    PARAMETERS: lambda value: counted(int(value)),
    BYTES: lambda value: size_text(int(value)),
    TIME: lambda value: f"{short(value, 3)} µs",
}


def name_text(tree: GroupTree, item: int) -> str:
    """Return the name of a row; that of a parameter without the path of the module around it."""
    group, node = tree.group(item), tree.node(item)
    if group is not None:
        return group.title
    if node is None:
        return ""
    if node.kind == "leaf":
        around = tree.path(item)[:-1]
        path = tree.graph.groups[around[-1]].path if around else ""
        return node.op.removeprefix(f"{path}.") if path else node.op
    return node.op


def kind_text(tree: GroupTree, item: int) -> str:
    """Return the class of a module, or PyTorch's name of a node."""
    group, node = tree.group(item), tree.node(item)
    if group is not None:
        return group.type_name or group.kind
    return node.name if node is not None else ""


def sort_key(tree: GroupTree, numbers: RowNumbers | None, column: int) -> Callable[[int], object]:
    """Return the key by which rows are sorted; what has no number comes last."""
    if column in (NAME, KIND):
        text = name_text if column == NAME else kind_text
        return lambda item: _natural(text(tree, item))
    values = numbers.by_column.get(column) if numbers is not None else None
    if values is None:
        return lambda _: 0.0
    listed = values.tolist()
    return lambda item: listed[item]


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Return a key by which `step 2` comes before `step 10`."""
    parts = _DIGITS.split(text.lower())
    return [(0, int(part[:18]), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
