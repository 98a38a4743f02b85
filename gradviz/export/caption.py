"""The caption of a drawing for print: the model and the numbers of the moment that it shows."""

from gradviz.core.graphs.walk import TURN, forward_done, last_cursor, on_timeline
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import short
from gradviz.export.figure import GraphFigure, graph_title


def caption_of(figure: GraphFigure) -> str:
    """Return the caption of a figure for print, empty where none is wanted."""
    if figure.publication is None or figure.publication.caption is False:
        return ""
    if isinstance(figure.publication.caption, str):
        return figure.publication.caption.strip()
    return numbers_of(figure)


def numbers_of(figure: GraphFigure) -> str:
    """Return the model, its training step, its output, and how far the gradients have come."""
    model = figure.origin.model or graph_title(len(figure.graph.nodes))
    return tr(
        "{model}: {numbers}.", model=model, numbers=listed((*_numbers(figure), _moment(figure)))
    )


def _numbers(figure: GraphFigure) -> list[str]:
    trace, graph = figure.trace, figure.graph
    told = []
    if trace is not None and trace.at_step:
        told.append(tr("training step {step}", step=trace.at_step))
    output = graph.node.get(graph.output)
    value = None if output is None or output.value is None else output.value.scalar
    if output is not None and value is not None:
        name = graph.result or (tr("loss") if output.label == "loss" else tr("output"))
        told.append(f"{name} = {short(value)}")
    return told


def _moment(figure: GraphFigure) -> str:
    trace = figure.trace
    cursor = on_timeline(trace, figure.cursor)
    if cursor < TURN and trace is not None:
        return tr(
            "forward step {step} of {count}",
            step=forward_done(trace, cursor),
            count=len(trace.forward),
        )
    steps = last_cursor(trace)
    if not cursor:
        return tr("before any gradient")
    return tr("gradients after backward step {step} of {count}", step=cursor, count=steps)
