"""The model behind the tree, as a view asks it."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sample_graphs import large
from searched_graphs import GroupedGraph, pass_of, transformer

from gradviz.core.findings.health import NodeTime
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_tree import GroupTree
from gradviz.ui.panels.tree.tree_columns import (
    BYTES,
    GRADIENT,
    KIND,
    NAME,
    PARAMETERS,
    TIME,
    RowNumbers,
)
from gradviz.ui.panels.tree.tree_model import PAGE, TreeModel

DESCENDING = Qt.SortOrder.DescendingOrder
ASCENDING = Qt.SortOrder.AscendingOrder


@pytest.fixture
def model(qtbot: QtBot) -> TreeModel:
    """Return a model that Qt's tester watches."""
    model = TreeModel()
    model.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return model


def show(model: TreeModel, graph: Graph) -> GroupTree:
    trace = pass_of(graph)
    tree = GroupTree(graph, trace)
    model.show_tree(tree)
    model.show_numbers(RowNumbers(graph, trace, ()))
    return tree


def names(model: TreeModel, parent: QModelIndex | None = None) -> list[str]:
    """Return the names of the rows right within one."""
    around = parent if parent is not None else QModelIndex()
    rows = range(model.rowCount(around))
    return [str(model.index(row, NAME, around).data()) for row in rows]


def at(model: TreeModel, tree: GroupTree, identifier: str) -> QModelIndex:
    item = tree.item(identifier)
    assert item is not None
    return model.index_of(item)


def test_that_rows_have_names_classes_and_numbers(model: TreeModel) -> None:
    tree = show(model, transformer(2))
    assert names(model) == ["wte", "h", "NllLoss"]
    block = at(model, tree, "@h.1")
    assert names(model, block) == ["ln_1", "attn", "Add"]
    attn = at(model, tree, "@h.1.attn")
    assert attn.siblingAtColumn(KIND).data() == "Attention"
    assert attn.siblingAtColumn(PARAMETERS).data() == "3\u202f072"
    assert names(model, attn) == ["c_attn.weight", "Addmm", "Softmax"]
    softmax = at(model, tree, "n11")
    assert softmax.siblingAtColumn(KIND).data() == "SoftmaxBackward0"
    assert softmax.siblingAtColumn(BYTES).data() == "8.19 KB"
    assert softmax.siblingAtColumn(PARAMETERS).data() == ""
    assert softmax.siblingAtColumn(GRADIENT).data() == "0.333"


def test_that_a_row_is_read_out_as_a_whole(model: TreeModel) -> None:
    tree = show(model, transformer(2))
    spoken = at(model, tree, "@h.1.attn").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("attn, Attention, gradient norm ")
    assert "parameters 3\u202f072" in spoken


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_that_rows_sort_by_numbers_with_the_unknown_last(
    model: TreeModel, order: Qt.SortOrder
) -> None:
    tree = show(model, transformer(2))
    around = at(model, tree, "@h.1")
    model.sort(PARAMETERS, order)
    sizes = ["ln_1", "attn"] if order == ASCENDING else ["attn", "ln_1"]
    assert names(model, around) == [*sizes, "Add"]
    model.sort(-1, order)
    assert names(model, around) == ["ln_1", "attn", "Add"]


def test_that_names_with_numbers_sort_as_people_count(model: TreeModel) -> None:
    made = GroupedGraph()
    for step in (10, 9, 1, 11, 2):
        made.node("Mul", made.group(f"step {step}"))
    show(model, made.graph())
    model.sort(NAME, ASCENDING)
    assert names(model) == [f"step {step}" for step in (1, 2, 9, 10, 11)]


def test_that_a_sort_keeps_what_is_chosen(model: TreeModel) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    tree = show(model, transformer(3))
    kept = [QPersistentModelIndex(at(model, tree, each)) for each in ("@h.0.attn", "n5", "@h.2")]
    model.sort(GRADIENT, ASCENDING)
    model.sort(KIND, DESCENDING)
    assert [tree.id(each.internalId()) for each in kept] == ["@h.0.attn", "n5", "@h.2"]
    assert all(each.row() == at(model, tree, tree.id(each.internalId())).row() for each in kept)


def test_that_only_kept_items_are_shown_with_the_hits_in_bold(model: TreeModel) -> None:
    tree = show(model, transformer(2))
    hit = tree.item("n11")
    assert hit is not None
    model.keep(tree.with_ancestors(["n11"]), frozenset({hit}))
    assert names(model) == ["h"]
    assert names(model, at(model, tree, "@h")) == ["1"]
    index = at(model, tree, "n11")
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("found")
    assert not at(model, tree, "n5").isValid()
    model.keep(None, frozenset())
    assert names(model) == ["wte", "h", "NllLoss"]


def test_that_thousands_of_equal_rows_are_on_pages(model: TreeModel) -> None:
    made = GroupedGraph()
    group = made.group("list")
    for place in range(1203):
        made.node("Mul", group, value=large(float(1203 - place), (2,)), shape=(2,))
    tree = show(model, made.graph())
    around = at(model, tree, "@list")
    assert names(model, around) == ["1 … 500", "501 … 1\u202f000", "1\u202f001 … 1\u202f203"]
    assert model.rowCount(model.index(0, 0, around)) == PAGE
    assert model.rowCount(model.index(2, 0, around)) == 203
    index = at(model, tree, "n700")
    assert index.row() == 200
    assert index.parent().data() == "501 … 1\u202f000"
    assert index.parent().parent() == around
    model.sort(NAME, DESCENDING)
    assert names(model, around) == ["1 … 500", "501 … 1\u202f000", "1\u202f001 … 1\u202f203"]
    model.keep(tree.with_ancestors(["n700"]), frozenset())
    assert names(model, at(model, tree, "@list")) == ["Mul"]


def test_that_times_are_a_column_once_they_are_known(model: TreeModel) -> None:
    tree = show(model, transformer(2))
    numbers = model.numbers
    assert numbers is not None
    assert at(model, tree, "n11").siblingAtColumn(TIME).data() == ""
    numbers.take_times(
        [
            NodeTime(node="n11", forward_us=2.0, backward_us=3.0),
            NodeTime(node="n10", forward_us=1.0),
        ]
    )
    model.show_numbers(numbers)
    assert at(model, tree, "n11").siblingAtColumn(TIME).data() == "5 µs"
    assert at(model, tree, "@h.1.attn").siblingAtColumn(TIME).data() == "6 µs"
    assert at(model, tree, "@wte").siblingAtColumn(TIME).data() == ""


def test_that_a_graph_of_one_node_is_one_row(model: TreeModel) -> None:
    made = GroupedGraph()
    made.node("Mul", -1)
    show(model, made.graph())
    assert names(model) == ["Mul"]
    model.show_tree(None)
    assert names(model) == []
