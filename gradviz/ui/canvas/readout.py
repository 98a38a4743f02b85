"""The texts over the graph: the output with its derivatives, and the essentials of a node."""

from collections.abc import Sequence
from html import escape

from gradviz.core.choices.orders import direction_text, is_ordinary, leaf_text, place_text
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.shown.shared_uses import SharedUse
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.language.saying import listed, said_again, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.render.numbers import tensor_text
from gradviz.render.picture import FrameView, GroupView
from gradviz.render.style import Theme
from gradviz.ui.state.window_state import State

#: More derivatives than this are left to the result panel.
_MAXIMUM_DERIVATIVES = 4
_MAXIMUM_PRODUCTS = 2
#: More nodes than this are only counted.
_MAXIMUM_NAMES = 5
_MAXIMUM_SHARED = 3


def readout_text(state: State) -> str:
    """Return rich text: y and its derivatives at a point, in a fit the step and the note."""
    built, graph, trace = state.built, state.graph, state.trace
    moment = state.recorded_moment
    if graph is not None and graph.order > 1:
        order = _order_text(graph, trace, built.model.direction if built is not None else "")
        return " &nbsp; ".join(filter(None, (moment, order)))
    if graph is not None and (graph.note or moment):
        return " &nbsp; ".join(filter(None, (moment, escape(said_again(graph.note)))))
    if built is None or graph is None or trace is None or built.mode != "point":
        return ""
    output = state.output_number
    parts = [] if output is None else [f"{graph.result or 'y'} = <b>{short(output)}</b>"]
    for leaf, gradient in list(trace.leaf_grads.items())[:_MAXIMUM_DERIVATIVES]:
        if (gradient.scalar is not None or gradient.hidden) and leaf in graph.node:
            name = escape(leaf_text(graph.node[leaf].op, 1, graph.result))
            parts.append(f"{name} = <b>{tensor_text(gradient)}</b>")
    if len(built.inputs) == 1:
        # The values of several stand in their boxes, and would take the room of the derivatives.
        parts.append(place_text(built.inputs))
    return " &nbsp; ".join(parts)


def _order_text(graph: Graph, trace: Trace | None, direction: str) -> str:
    """Return the products that a graph of the gradient gives to the leaves, the first of many."""
    grads = trace.leaf_grads if trace is not None else {}
    only = is_ordinary(direction, [graph.node[leaf].op for leaf in grads if leaf in graph.node])
    told = (
        tr("order {order}", order=graph.order)
        if only
        else tr("order {order} {along}", order=graph.order, along=direction_text(direction))
    )
    parts = [escape(told)]
    for leaf, gradient in list(grads.items())[:_MAXIMUM_PRODUCTS]:
        if gradient.scalar is not None and leaf in graph.node:
            name = escape(leaf_text(graph.node[leaf].op, graph.order, only=only))
            parts.append(f"{name} = <b>{short(gradient.scalar)}</b>")
    return " &nbsp; ".join(parts)


def changes_text(graph: Graph, marks: Marks, look: Theme) -> str:
    """Return the added and removed nodes as rich text, with the signs of the marks."""
    came = [node.op for node in graph.nodes if node.id in marks.came]
    gone = [node.title for node in marks.gone]
    told = (
        (tr("+ {names} came", names=_names(came)) if came else "", look.came),
        (tr("− {names} went", names=_names(gone)) if gone else "", look.gone),
    )
    parts = [f'<span style="color:{color}">{escape(text)}</span>' for text, color in told if text]
    if marks.since:
        if marks.changed:
            parts.append(tr("≠ {count} changed", count=counted(len(marks.changed))))
        since = escape(tr("since {title}", title=marks.since))
        return " &nbsp; ".join([*(parts or [tr("no change is seen")]), since])
    at = tr("at step {step}", step=counted(marks.at_step))
    return " &nbsp; ".join([*parts, at]) if parts else ""


def _names(names: Sequence[str]) -> str:
    if len(names) <= _MAXIMUM_NAMES:
        return listed(names)
    return tr_n("{count} nodes", "{count} node", len(names))


def hover_text(graph: Graph, reached: Sequence[Step], node_id: str, *, coming: bool = False) -> str:
    """Return the essentials of a node; its gradient only once the walk has reached it.

    `coming` is a node whose forward step has not been taken: it has no value yet.
    """
    node = graph.node[node_id]
    lines = [f"<b>{escape(node.op)}</b> {escape(node.shown_name)}"]
    if node.label:
        lines.append(escape(node.label))
    if node.order > 1:
        lines.append(tr("computed by a backward pass: order {order}", order=node.order))
    lines.append(
        tr(
            "{shape} {dtype} on {device}",
            shape=shape_text(node.shape),
            dtype=node.dtype,
            device=node.device,
        )
    )
    if coming:
        lines.append(tr("no value yet"))
    elif node.value is not None:
        lines.append(tr("value {value}", value=_essence(node.value)))
    for step in reached:
        if step.node == node_id:
            gradients = [gradient for gradient in step.grad_outputs if gradient is not None]
            lines.extend(tr("gradient {value}", value=_essence(each)) for each in gradients)
    return "<br>".join(lines)


def group_text(view: GroupView | FrameView) -> str:
    """Return the essentials of a group as rich text, and how to open or close it."""
    title = view.title if isinstance(view, FrameView) else f"{view.title} {view.aside}".strip()
    facts = view.facts if isinstance(view, FrameView) else (view.subtitle, view.gradient)
    act = (
        tr("A double click, or Enter, will close it.")
        if isinstance(view, FrameView)
        else tr("A double click, or Enter, will open it.")
    )
    lines = [f"<b>{escape(title)}</b>", *(escape(fact) for fact in facts if fact)]
    return "<br>".join([*lines, act])


def shared_text(graph: Graph, uses: Sequence[SharedUse], item: str) -> str:
    """Return rich text on the parameters that an item shares with others; empty for none."""
    lines = []
    for number, use in enumerate(uses, start=1):
        if item in use.places:
            every = [graph.node[leaf].op for leaf in use.leaves]
            names, more = listed(every[:_MAXIMUM_SHARED]), len(every) - _MAXIMUM_SHARED
            if more > 0:
                names = tr("{names} and {count} more", names=names, count=more)
            count = len(use.places)
            places = tr_n("{shown} places", "{shown} place", count, shown=counted(count))
            lines.append(
                tr(
                    "∞ {number}: {names}, used at {places}",
                    number=number,
                    names=escape(names),
                    places=places,
                )
            )
    return "<br>".join(lines)


def _essence(tensor: TensorSummary) -> str:
    if tensor.hidden:
        return "?"
    if tensor.scalar is not None:
        return short(tensor.scalar)
    return f"‖·‖ {short(tensor.norm)}" if tensor.norm is not None else tr("empty")
