"""The sums of a backward pass, edge by edge, as data for JSON and as text for a terminal."""

from collections.abc import Iterator

from gradviz.cli.output.tensors_output import precise_text
from gradviz.core.graphs.accumulation import Arrival, every_sum
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.export.strict_json import Json, tensor_json

#: Of longer sums the first and the last so many are told.
_TOLD = 6


def sums_json(graph: Graph, trace: Trace) -> dict[str, Json]:
    """Return each sum of gradients as the list of its terms, in the order in which they came."""
    return {
        node: [
            {
                "step": row.step,
                "edge": row.edge.id,
                "from": row.edge.target,
                "output": row.edge.output,
                "gradient": tensor_json(row.gradient),
                **({"total": tensor_json(row.total)} if row.total is not None else {}),
            }
            for row in rows
        ]
        for node, rows in every_sum(graph, trace).items()
    }


def sum_lines(graph: Graph, trace: Trace) -> Iterator[str]:
    """Yield each sum with its terms as they come, the middle of a long one left out."""
    for node, rows in every_sum(graph, trace).items():
        yield tr(
            "sum at {node} {name}, of {count}:",
            node=node,
            name=graph.node[node].op,
            count=len(rows),
        )
        folded = len(rows) - 2 * _TOLD
        for place, row in enumerate(rows):
            if folded > 1 and _TOLD <= place < len(rows) - _TOLD:
                if place == _TOLD:
                    yield "       … " + tr("{count} more", count=folded)
                continue
            yield _line(graph, row)


def _line(graph: Graph, row: Arrival) -> str:
    sender = graph.node[row.edge.target]
    told = tr(
        "edge {edge} from {name}: {value}",
        edge=row.edge.id,
        name=sender.op,
        value=precise_text(row.gradient),
    )
    if row.total is not None:
        told = tr("{edge}, sum so far {total}", edge=told, total=precise_text(row.total))
    return f"  {row.step:5}  {told}"
