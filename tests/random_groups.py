"""Random nested groups over random acyclic graphs, and random choices of those that are open."""

from hypothesis import strategies as st

from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.outline import Showing

_OPS = ("Add", "Mul", "View", "T", "Relu")


@st.composite
def grouped_graphs(draw: st.DrawFn, most: int = 14) -> Graph:
    """Draw a graph with groups; edges run from higher to lower numbers, the output is 0."""
    count = draw(st.integers(1, most))
    parents = draw(st.lists(st.integers(-1, 5), max_size=7))
    groups = tuple(
        Group(
            id=f"g{place}",
            title=f"g{place}",
            kind=draw(st.sampled_from(("module", "function", "iteration"))),
            parent=min(parent, place - 1),
            type_name=draw(st.sampled_from(("Block", "Linear"))),
        )
        for place, parent in enumerate(parents)
    )
    pairs = [(high, low) for high in range(count) for low in range(high)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=3 * count)) if pairs else []
    fed = {low for _, low in chosen}
    nodes = []
    for number in range(count):
        leaf = number not in fed and draw(st.booleans())
        op = f"p{number}" if leaf else draw(st.sampled_from(_OPS))
        kind: NodeKind = "leaf" if leaf else "operation"
        nodes.append(Node(id=str(number), op=op, name=f"{op}Backward0", kind=kind))
    return Graph(
        nodes=tuple(nodes),
        edges=tuple(
            Edge(id=f"e{place}", source=str(high), target=str(low), slot=place)
            for place, (high, low) in enumerate(chosen)
        ),
        output="0",
        groups=groups,
        group_of=tuple(draw(st.integers(-1, len(groups) - 1)) for _ in range(count)),
    )


@st.composite
def showings(draw: st.DrawFn, graph: Graph, *, rooted: bool = True) -> Showing:
    """Draw a choice of what is shown of a graph."""
    ids = [group.id for group in graph.groups]
    some = st.frozensets(st.sampled_from(ids)) if ids else st.just(frozenset[str]())
    return Showing(
        opened=draw(some),
        root=draw(st.sampled_from(["", *ids])) if rooted else "",
        unfolded=draw(some),
        folding=draw(st.booleans()),
        parameters=draw(st.sampled_from((None, True, False))),
        hidden=draw(st.sampled_from((frozenset(), frozenset({"views"})))),
    )
