"""A group is coloured and signed by the worst node within it."""

from graphs_in_groups import grouped, recorded

from gradviz.core.findings.health import Health, NodeHealth
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.render.groups.group_shades import group_shades
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.shades import shades


def _case(*opened: str) -> tuple[Graph, OutlineIndex, tuple[str, str, str]]:
    graph, _ = recorded("5x^3 + 2x^2 + 4x + 8")
    first, second, third = (node.id for node in graph.nodes[1:4])
    graph = grouped(graph, block=[first, second, third])
    outline = outline_of(graph, Showing(frozenset(opened)))
    return graph, OutlineIndex(outline, graph), (first, second, third)


def _health(keys: tuple[str, str, str]) -> Health:
    first, second, third = keys
    return Health(
        nodes={
            first: NodeHealth(node=first, verdict="healthy", gradient=10.0, forward_us=1.0),
            second: NodeHealth(node=second, verdict="vanishing", gradient=1e-9, forward_us=2.0),
            third: NodeHealth(node=third, verdict="healthy", gradient=1.0, forward_us=4.0),
        }
    )


def test_that_a_closed_group_has_the_colour_and_the_sign_of_its_worst_node() -> None:
    _, index, keys = _case()
    health = _health(keys)
    found, plain = group_shades(health, "gradient", index), shades(health, "gradient")
    assert found.verdicts["@block"] == "vanishing"
    assert found.fills["@block"] == plain.fills[keys[1]]
    assert found.legend == plain.legend


def test_that_an_open_group_is_signed_and_its_nodes_are_coloured() -> None:
    _, index, keys = _case("block")
    found = group_shades(_health(keys), "gradient", index)
    assert found.verdicts["@block"] == "vanishing"
    assert "@block" not in found.fills
    assert set(keys) <= found.fills.keys()


def test_that_by_time_a_group_counts_all_of_its_nodes() -> None:
    _, index, keys = _case()
    health = _health(keys)
    found, plain = group_shades(health, "time", index), shades(health, "time")
    # 7 µs are more than the longest node, the end of the scale.
    assert found.fills["@block"] == plain.fills[keys[2]]
