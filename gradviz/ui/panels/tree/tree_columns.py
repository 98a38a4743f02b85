"""The columns of the tree: the numbers of each row, their texts, and what they sort by."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from gradviz.core.findings.health import NodeTime
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import GroupKind
from gradviz.core.graphs.rows.group_tree import GroupTree
from gradviz.core.graphs.rows.measures import Flags, Measures, Numbers
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.ui.panels.tensor.tensor_text import size_text

NAME, GRADIENT, PARAMETERS, KIND, BYTES, TIME = range(6)
_KINDS: Final[Mapping[GroupKind, str]] = {
    "module": marked("module"),
    "function": marked("function"),
    "iteration": marked("iteration"),
}
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True)
class TreeColumn:
    """The title of a column, and sentences on it, all to be translated where they are shown."""

    title: str
    spoken: str
    tip: str

    @property
    def name(self) -> str:
        """Return the title as it is read out, in the language that is spoken."""
        return tr(self.spoken or self.title)


COLUMNS: Final = (
    TreeColumn(
        marked("Name"),
        "",
        marked("The name of a module, function, iteration, operation or parameter"),
    ),
    TreeColumn(
        marked("grad ‖·‖"),
        marked("gradient norm"),
        marked(
            "The norm of the gradient in the whole pass: that which arrives at a node, and of a "
            "module that of all its parameters together"
        ),
    ),
    TreeColumn(
        marked("params"),
        marked("parameters"),
        marked("How many numbers the parameters have, each counted once"),
    ),
    TreeColumn(marked("class"), "", marked("The class of a module, and PyTorch's name of a node")),
    TreeColumn(
        marked("bytes"),
        "",
        marked("The bytes of the results that are computed there, and of parameters"),
    ),
    TreeColumn(
        marked("time"),
        "",
        marked("The time forwards and backwards, measured in a pass of its own"),
    ),
)


class RowNumbers:
    """The numbers of all rows of a tree in one pass; NaN where one is not known."""

    def __init__(self, graph: Graph, trace: Trace | None, inputs: Collection[str]) -> None:
        """Count everything, which takes a moment for a large graph."""
        measures = Measures(graph, trace, inputs)
        self._measures = measures
        self._place = graph.place
        self.unsound: Flags = measures.unsound
        self.by_column: dict[int, Numbers] = {
            GRADIENT: measures.gradients,
            PARAMETERS: measures.parameters,
            BYTES: measures.bytes,
        }

    @property
    def total(self) -> str:
        """Return the gradient norm and the number of all parameters; empty without any."""
        return _total(self._measures)

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
            return tr("not finite")
        return "" if math.isnan(value) else _WRITTEN[column](value)


def _total(measures: Measures) -> str:
    if not measures.total_parameters:
        return ""
    norm = measures.total_gradient
    if measures.any_unsound:
        told = tr("grad ‖·‖ not finite")
    elif math.isnan(norm):
        told = tr("no gradient")
    else:
        told = tr("grad ‖·‖ {norm}", norm=short(norm, 3))
    count = measures.total_parameters
    return tr_n(
        "All parameters: {gradient} · {numbers} numbers",
        "All parameters: {gradient} · {numbers} number",
        count,
        gradient=told,
        numbers=counted(count),
    )


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
        return group.shown_title
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
        return group.type_name or tr(_KINDS[group.kind])
    return node.shown_name if node is not None else ""


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
