"""The first picture of the shapes of real models, laid out and measured."""

import pytest
from grouped_graphs import MODELS, GraphMaker, gpt2, residual
from layout_cases import place_at_once
from sample_graphs import tutorial_graph

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.placement import Box, Direction, Link, Placement
from gradviz.core.graphs.shown.first_picture import MOST_BOXES, first_picture
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.readable import LEAST_SCALE, fitted_scale, readable_share
from gradviz.layout.compound import CompoundLayout, frame_boxes


def size(node: Node) -> tuple[float, float]:
    """Return about the size that the window gives a node."""
    return max(130.0, 40.0 + 8 * len(node.op)), 44.0


def laid_out(graph: Graph, showing: Showing, direction: Direction = "TB") -> Placement:
    """Return the picture of a graph."""
    outline = outline_of(graph, showing)
    boxes = [Box(n.id, *size(n), leaf=n.kind == "leaf") for n in outline.graph.nodes]
    links = [Link(e.id, e.source, e.target) for e in outline.graph.edges]
    place = CompoundLayout(place_at_once).place
    return place(boxes, links, frame_boxes(outline), outline.frame_of, direction)


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("name", [*MODELS, "the tutorial"])
def test_that_nearly_every_box_of_the_first_picture_can_be_read(
    name: str, direction: Direction
) -> None:
    graph = {**MODELS, "the tutorial": tutorial_graph}[name]()
    showing = first_picture(graph, size)
    placement = laid_out(graph, showing, direction)
    assert len(placement.centers) <= MOST_BOXES
    assert readable_share(placement, direction=direction) >= 0.95


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("name", MODELS)
def test_that_no_picture_is_much_longer_than_wide(name: str, direction: Direction) -> None:
    graph = MODELS[name]()
    for showing in (first_picture(graph, size), opened_all(graph, Showing())):
        placement = laid_out(graph, showing, direction)
        long, short = sorted((placement.width, placement.height), reverse=True)
        assert long <= 3.1 * short or long <= 1300


def test_that_a_small_model_is_open_at_first() -> None:
    graph = residual(1)
    assert len(graph.nodes) <= 60
    # With all its parameters it would be too large, and a smaller one is not.
    assert first_picture(graph, size) == opened_all(graph, Showing(parameters=False))
    assert first_picture(gpt2(0), size) == opened_all(gpt2(0), Showing())


def test_that_equal_groups_are_open_or_closed_together() -> None:
    outline = outline_of(gpt2(2), first_picture(gpt2(2), size))
    opened = {frame.group.id for frame in outline.frames}
    assert opened.issuperset({"h.0", "h.1"}) or opened.isdisjoint({"h.0", "h.1"})


def test_that_a_group_of_one_operation_is_no_frame() -> None:
    outline = outline_of(gpt2(), first_picture(gpt2(), size))
    # A linear layer reshapes around its one product.
    assert "@lm_head" in outline.frame_of
    assert "@ln_f" in outline.frame_of


def test_that_a_group_with_one_group_alone_is_opened_for_what_that_has() -> None:
    make = GraphMaker()
    x = make.leaf("x")
    for number in range(70):
        x = make.op("Exp", x)
        if number == 30:
            with make.call("outer", "Outer"), make.call("inner", "Inner"):
                x = make.op("Sin", make.op("Cos", x))
    with make.call("all", "All"):
        with make.call("outer", "Outer"), make.call("inner", "Inner"):
            x = make.op("Sin", make.op("Cos", x))
        make.op("Sum", x)
    graph = make.graph()
    showing = first_picture(graph, lambda _node: (10.0, 5.0), Showing(root="all"))
    assert showing.opened == {"all.outer", "all.outer.inner"}


def test_that_a_lone_box_is_opened_even_where_there_is_no_room() -> None:
    make = GraphMaker()
    with make.call("net", "Net"):
        x = make.op("Exp")
        for _ in range(50):
            x = make.op("Exp", x)
        for _ in range(20):
            with make.call("inner", "Inner"):
                x = make.op("Exp", x)
    graph = make.graph()
    assert first_picture(graph, lambda _node: (900.0, 300.0)).opened == {"net"}


def test_that_larger_boxes_are_opened_less_deep() -> None:
    graph = gpt2(2)
    few = first_picture(graph, lambda _node: (600.0, 90.0))
    assert few.opened < first_picture(graph, size).opened


def test_that_a_picture_is_fitted_but_never_too_small_to_read() -> None:
    assert fitted_scale(500, 310) == 1.0
    assert fitted_scale(1250, 300) == 0.8
    assert fitted_scale(50_000, 300) == LEAST_SCALE


def test_that_the_readable_share_counts_the_boxes_around_the_output() -> None:
    centers = {str(number): (100.0, 40.0 + 80 * number) for number in range(100)}
    chain = Placement(
        plan="rows", width=200, height=8000, centers=centers, curves={},
        sizes=dict.fromkeys(centers, (100.0, 40.0)),
    )  # fmt: skip
    # 620 pixels at the least scale hold 806 of the picture: ten boxes.
    assert readable_share(chain) == 0.1
    assert readable_share(chain, "50") == 0.09
    assert readable_share(chain, canvas=(1000, 8000)) == 1.0
