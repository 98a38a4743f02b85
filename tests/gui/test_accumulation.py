"""The inspector's table of what arrives: readable for hundreds of uses of one weight."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sample_graphs import scalar, shared_graph, shared_trace

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.trace import Contribution, Step, Trace
from gradviz.ui.panels.inspector.accumulation_table import AccumulationCard


def _rows(card: AccumulationCard) -> list[tuple[str, ...]]:
    model = card.table.model()
    tip = Qt.ItemDataRole.ToolTipRole
    return [
        (
            *(str(model.index(row, column).data()) for column in range(model.columnCount())),
            str(model.index(row, 0).data(tip)).rpartition("edge ")[2],
        )
        for row in range(model.rowCount())
    ]


def test_that_each_edge_is_named_with_the_sum_so_far_and_the_newest_is_marked(
    qtbot: QtBot,
) -> None:
    card = AccumulationCard()
    qtbot.addWidget(card)
    graph, trace = shared_graph(), shared_trace()
    card.show_node(graph, trace, 1, "x")
    assert card.isHidden()
    card.show_node(graph, trace, 2, "x")
    assert _rows(card) == [("▸ 4", "4", "Mul", "x>lin")]
    assert "1 of 2" in card.summary.text()
    card.show_node(graph, trace, 3, "x")
    assert _rows(card) == [("4", "4", "Mul", "x>lin"), ("▸ 8", "4", "Pow", "x>sq")]
    assert "the gradient, 8" in card.summary.text()


def test_that_five_hundred_uses_of_a_weight_stay_within_a_card_that_scrolls(qtbot: QtBot) -> None:
    card = AccumulationCard()
    qtbot.addWidget(card)
    few, (graph, trace) = shared_graph(), _used(500)
    card.resize(300, 400)
    card.show_node(graph, trace, 500, "w")
    card.show()
    assert len(_rows(card)) == 500
    assert _rows(card)[-1] == ("▸ 500", "1", "Mul", "e499")
    assert card.height() <= 420
    bar = card.table.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    card.show_node(few, shared_trace(), 4, "y")
    assert card.isHidden()


def _used(times: int) -> tuple[Graph, Trace]:
    users = [
        Node(id=f"m{i}", op="Mul", name="MulBackward0", kind="operation") for i in range(times)
    ]
    weight = Node(id="w", op="w", name="AccumulateGrad", kind="leaf")
    edges = tuple(Edge(id=f"e{i}", source="w", target=f"m{i}", slot=0) for i in range(times))
    steps = tuple(
        Step(
            node=f"m{i}",
            grad_outputs=(scalar(1),),
            grad_inputs=(scalar(1),),
            contributions=(
                Contribution(leaf="w", edge=f"e{i}", gradient=scalar(1), total=scalar(i + 1)),
            ),
        )
        for i in range(times)
    )
    graph = Graph(nodes=(*users, weight), edges=edges, output="m0")
    return graph, Trace(steps=steps, leaf_grads={"w": scalar(times)})
