"""Which node lies under the mouse."""

from sample_graphs import shared_graph

from gradviz.core.graphs.placement import Placement
from gradviz.render.hit import node_at

PLACEMENT = Placement(
    plan="split leaves",
    width=400,
    height=200,
    centers={"y": (100, 100), "x": (100, 20)},
    curves={},
    sizes={"y": (100, 40), "x": (60, 20)},
    ghosts={"x>lin": (300, 20)},
)


def test_that_a_node_is_hit_up_to_its_border() -> None:
    assert node_at(shared_graph(), PLACEMENT, 149, 119) == "y"
    assert node_at(shared_graph(), PLACEMENT, 151, 100) is None
    assert node_at(shared_graph(), PLACEMENT, 100, 121) is None


def test_that_a_further_copy_of_a_leaf_is_the_leaf() -> None:
    assert node_at(shared_graph(), PLACEMENT, 329, 20) == "x"
    assert node_at(shared_graph(), PLACEMENT, 331, 20) is None


def test_that_a_placement_without_copies_hits_its_nodes_alone() -> None:
    plain = Placement(
        plan="dot", width=1, height=1, centers={"y": (5, 5)}, curves={}, sizes={"y": (4, 4)}
    )
    assert node_at(shared_graph(), plain, 5, 5) == "y"
    assert node_at(shared_graph(), plain, 300, 20) is None
