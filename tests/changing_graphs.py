"""Small graphs of the kind that changes from one forward pass to the next."""

from collections.abc import Mapping, Sequence

from gradviz.core.graphs.graph import Edge, Graph, Node


def graph_of(
    *rows: tuple[str, str] | tuple[str, str, str], prefix: str = "", labelled: bool = False
) -> Graph:
    """Return a graph whose rows are an operation and what enters it, the output first.

    Operations begin with a capital letter; `Mul b` means the operation `Mul`.
    """
    names = [row[0] for row in rows]
    sources = [[source.split()[0] for source in row[1:]] for row in rows]
    leaves = sorted({each for row in sources for each in row if each not in names})
    ids = {name: f"{prefix}n{index}" for index, name in enumerate([*names, *leaves])}
    return Graph(
        nodes=tuple(
            Node(
                id=ids[name], op=name, name=name,
                kind="leaf" if name in leaves else "output" if name == names[0] else "operation",
                label=f"{name}(…)" if labelled and name in names else "",
            )
            for name in ids
        ),
        edges=tuple(
            Edge(id=f"{ids[name]}.{slot}", source=ids[source], target=ids[name], slot=slot)
            for name, row in zip(names, sources, strict=True)
            for slot, source in enumerate(row)
        ),
        output=ids[names[0]],
    )  # fmt: skip


def add_chain(
    names: Sequence[str],
    labels: Mapping[str, str] | None = None,
    uses: Sequence[str] | None = None,
) -> Graph:
    """Return Loss(Add(… Add(Mul(names[0]), Mul(names[1])) …)); equal names are one leaf.

    The products are labelled by the name of their leaf, by `labels`, or in order by `uses`.
    """
    texts = uses or [(labels or {}).get(name, "") for name in names]
    leaves = list(dict.fromkeys(names))
    nodes = [Node(id="loss", op="Loss", name="Loss", kind="output")]
    edges = []
    total = "mul0"
    for index in range(len(names)):
        nodes.append(
            Node(id=f"mul{index}", op="Mul", name="Mul", kind="operation", label=texts[index])
        )
        leaf = f"leaf{leaves.index(names[index])}"
        edges.append(Edge(id=f"mul{index}.0", source=leaf, target=f"mul{index}", slot=0))
        if index:
            nodes.append(Node(id=f"add{index}", op="Add", name="Add", kind="operation"))
            for slot, source in enumerate((total, f"mul{index}")):
                edges.append(
                    Edge(id=f"add{index}.{slot}", source=source, target=f"add{index}", slot=slot)
                )
            total = f"add{index}"
    edges.append(Edge(id="loss.0", source=total, target="loss", slot=0))
    nodes += [
        Node(id=f"leaf{place}", op=name, name="AccumulateGrad", kind="leaf")
        for place, name in enumerate(leaves)
    ]
    return Graph(nodes=tuple(nodes), edges=tuple(edges), output="loss")
