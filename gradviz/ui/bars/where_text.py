"""The words for the place that the walk has reached."""

from gradviz.core.graphs.walk import TURN, forward_done
from gradviz.core.language.saying import tr
from gradviz.ui.state.window_state import State


def where_parts(state: State) -> tuple[str, str]:
    """Return where the walk is, as rich text, and the name of the node there."""
    step, count = state.current_step, len(state.steps)
    if count == 0:
        return tr("no backward pass yet"), ""
    node_id = state.current_node
    if node_id is None or state.graph is None:
        return _between_text(state, count), ""
    node = state.graph.node[node_id]
    if step is None:
        forward = forward_done(state.trace, state.cursor)
        total = len(state.trace.forward) if state.trace else 0
        return tr("forward <b>{step}</b> / {count}&nbsp; ", step=forward, count=total), node.op
    name = f"{node.op} ({node.shown_name})" if node.kind == "leaf" else node.shown_name
    return tr("backward <b>{step}</b> / {count}&nbsp; ", step=state.cursor, count=count), name


def _between_text(state: State, count: int) -> str:
    if state.cursor < TURN and state.trace is not None:
        return tr("before forward step 1 of {count}", count=len(state.trace.forward))
    return tr("the turn, before backward step 1 of {count}", count=count)
