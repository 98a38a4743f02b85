"""The sentences that a screen reader says as things happen: steps, the training, notices."""

from typing import Final

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.walk import TURN, forward_done
from gradviz.core.number_text import counted, short
from gradviz.ui.state.notice_causes import Notice
from gradviz.ui.state.window_state import State

_BACKWARD: Final = "Step {step} of {count}: gradient of {name}: {gradient}"
_WITHOUT: Final = "Step {step} of {count}: no gradient for {name}"
_FORWARD: Final = "Forward step {step} of {count}: {name}: {value}"
_FORWARD_ALONE: Final = "Forward step {step} of {count}: {name}"
_FIRST: Final = "Before forward step 1 of {count}"
_TURN: Final = "The turn: before backward step 1 of {count}"
_NORM: Final = "norm {norm}"
_EMPTY: Final = "{shape}, without a number"
_BUILT: Final = "The graph has {nodes} nodes."
_BEGUN: Final = "The training runs."
_ENDED: Final = "The training stands at step {step}, with a loss of {loss}."
_COMPARING: Final = "The comparison runs."
_COMPARED: Final = "The comparison has ended; the lowest loss is that of {title}."
_COMPARED_ALONE: Final = "The comparison has ended."


def step_sentence(state: State) -> str:
    """Return where the walk is and the number that has come there; empty without a pass."""
    step, count = state.current_step, len(state.steps)
    if state.graph is None or state.trace is None or count == 0:
        return ""
    if step is not None:
        if step.node not in state.graph.node:
            return ""
        name = name_of(state.graph.node[step.node])
        gradients = [said(each) for each in step.grad_outputs if each is not None]
        place = {"step": counted(state.cursor), "count": counted(count), "name": name}
        if not gradients:
            return _WITHOUT.format(**place)
        return _BACKWARD.format(**place, gradient=", ".join(gradients))
    return _before_the_turn(state, count)


def _before_the_turn(state: State, count: int) -> str:
    graph, trace, node_id = state.graph, state.trace, state.current_node
    if state.cursor >= TURN or graph is None or trace is None:
        return _TURN.format(count=counted(count))
    if node_id is None or node_id not in graph.node:
        return _FIRST.format(count=counted(len(trace.forward)))
    node = graph.node[node_id]
    place = {
        "step": counted(forward_done(trace, state.cursor)),
        "count": counted(len(trace.forward)),
        "name": name_of(node),
    }
    if node.value is None:
        return _FORWARD_ALONE.format(**place)
    return _FORWARD.format(**place, value=said(node.value))


def name_of(node: Node) -> str:
    """Return a leaf's own name, and PyTorch's of an operation."""
    return node.op if node.kind == "leaf" else node.name


def said(tensor: TensorSummary) -> str:
    """Return a number, or the norm of several, in words that can be read aloud."""
    if tensor.scalar is not None:
        return short(tensor.scalar)
    if tensor.norm is not None:
        return _NORM.format(norm=short(tensor.norm))
    return _EMPTY.format(shape=shape_text(tensor.shape))


def built_sentence(state: State) -> str:
    """Return how large the graph is; empty without one."""
    return _BUILT.format(nodes=counted(len(state.graph.nodes))) if state.graph is not None else ""


def training_sentence(state: State) -> str:
    """Return that the training runs, or where it stands; empty before its first step."""
    progress = state.progress
    if progress.running:
        return _BEGUN
    if progress.newest_step == 0 or not len(progress.losses):
        return ""
    loss = short(float(progress.losses.values[-1]))
    return _ENDED.format(step=counted(progress.newest_step), loss=loss)


def comparison_sentence(state: State) -> str:
    """Return that the comparison runs, or which run is the best at its end."""
    comparison = state.comparison
    if comparison.running:
        return _COMPARING
    best = comparison.best
    return _COMPARED.format(title=best.candidate.title) if best is not None else _COMPARED_ALONE


def notice_sentence(notice: Notice) -> str:
    """Return a notice as it is shown: the problem and its remedy."""
    return f"{notice.message} {notice.hint}".strip()
