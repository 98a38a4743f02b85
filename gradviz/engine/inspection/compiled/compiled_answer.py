"""The answer to the question for the graphs behind a node of a compiled function."""

from typing import Final

from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.inspection.compiled.inner_graph import Giver, inner_graph
from gradviz.engine.recording.node_notes import NOT_KEPT, SCRIPTED
from gradviz.engine.torch_internals.compiled_graphs import CompiledGraphs, compiled_graphs
from gradviz.protocol.questions import CompiledShown, ShowCompiled

_OTHER: Final = marked("This node is of one operation: torch.compile has not made it.")
_NO_FORWARD: Final = marked("The compiler has not kept its forward graph.")
_NO_BACKWARD: Final = marked("The compiler has not kept its backward graph.")
_BY_INDUCTOR: Final = marked("As inductor compiled it, by operations of its own.")


@answers(ShowCompiled)
def compiled_shown(question: ShowCompiled, inspected: Inspected) -> CompiledShown:
    """Return the graphs that the compiler has kept, or a sentence on why there is none."""
    recording = inspected.recording
    node = recording.compiled.get(question.node)
    if node is None:
        shown = recording.graph.node.get(question.node)
        # The note is in the language that was spoken when the pass was recorded.
        told = {SCRIPTED, tr(SCRIPTED)}
        scripted = shown is not None and any(each in shown.note for each in told)
        return CompiledShown(note=tr(SCRIPTED if scripted else _OTHER))
    graphs = compiled_graphs(node.function)
    note = _note(graphs)
    graph = inner_graph(graphs, node, _sources(recording.graph, question.node), note)
    return CompiledShown(graph=graph, note=note)


def _note(graphs: CompiledGraphs) -> str:
    kept = [graph for graph in graphs if graph is not None]
    if not kept:
        return tr(NOT_KEPT)
    told = [tr(_BY_INDUCTOR)] if any(graph.by_inductor for graph in kept) else []
    if graphs.forward is None:
        told.append(tr(_NO_FORWARD))
    elif graphs.backward is None:
        told.append(tr(_NO_BACKWARD))
    return sentences(told)


def _sources(graph: Graph, node: str) -> dict[int, Giver]:
    """Return the parameter, or the operation by its name and id, behind each slot."""
    found = {}
    for edge in graph.edges_into[node]:
        source = graph.node[edge.source]
        is_leaf = source.kind == "leaf"
        name = source.op if is_leaf else f"{source.op} {source.id}"
        found[edge.slot] = Giver(name, is_leaf)
    return found
