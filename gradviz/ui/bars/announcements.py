"""The sentences that a screen reader says as things happen: steps, the training, notices."""

from typing import Final

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.walk import TURN, forward_done
from gradviz.core.language.saying import listed, marked, sentences, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.ui.state.notice_causes import Notice
from gradviz.ui.state.window_state import State

_BACKWARD: Final = marked("Step {step} of {count}: gradient of {name}: {gradient}")
_WITHOUT: Final = marked("Step {step} of {count}: no gradient for {name}")
_FORWARD: Final = marked("Forward step {step} of {count}: {name}: {value}")
_FORWARD_ALONE: Final = marked("Forward step {step} of {count}: {name}")
_FIRST: Final = marked("Before forward step 1 of {count}")
_TURN: Final = marked("The turn: before backward step 1 of {count}")
_NORM: Final = marked("norm {norm}")
_EMPTY: Final = marked("{shape}, without a number")
_BEGUN: Final = marked("The training runs.")
_ENDED: Final = marked("The training stands at step {step}, with a loss of {loss}.")
_COMPARING: Final = marked("The comparison runs.")
_COMPARED: Final = marked("The comparison has ended; the lowest loss is that of {title}.")
_COMPARED_ALONE: Final = marked("The comparison has ended.")


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
            return tr(_WITHOUT, **place)
        return tr(_BACKWARD, **place, gradient=listed(gradients))
    return _before_the_turn(state, count)


def _before_the_turn(state: State, count: int) -> str:
    graph, trace, node_id = state.graph, state.trace, state.current_node
    if state.cursor >= TURN or graph is None or trace is None:
        return tr(_TURN, count=counted(count))
    if node_id is None or node_id not in graph.node:
        return tr(_FIRST, count=counted(len(trace.forward)))
    node = graph.node[node_id]
    place = {
        "step": counted(forward_done(trace, state.cursor)),
        "count": counted(len(trace.forward)),
        "name": name_of(node),
    }
    if node.value is None:
        return tr(_FORWARD_ALONE, **place)
    return tr(_FORWARD, **place, value=said(node.value))


def name_of(node: Node) -> str:
    """Return a leaf's own name, and PyTorch's of an operation."""
    return node.op if node.kind == "leaf" else node.shown_name


def said(tensor: TensorSummary) -> str:
    """Return a number, or the norm of several, in words that can be read aloud."""
    if tensor.scalar is not None:
        return short(tensor.scalar)
    if tensor.norm is not None:
        return tr(_NORM, norm=short(tensor.norm))
    return tr(_EMPTY, shape=shape_text(tensor.shape))


def built_sentence(state: State) -> str:
    """Return how large the graph is; empty without one."""
    if state.graph is None:
        return ""
    count = len(state.graph.nodes)
    return tr_n(
        "The graph has {nodes} nodes.", "The graph has {nodes} node.", count, nodes=counted(count)
    )


def training_sentence(state: State) -> str:
    """Return that the training runs, or where it stands; empty before its first step."""
    progress = state.progress
    if progress.running:
        return tr(_BEGUN)
    if progress.newest_step == 0 or not len(progress.losses):
        return ""
    loss = short(float(progress.losses.values[-1]))
    return tr(_ENDED, step=counted(progress.newest_step), loss=loss)


def comparison_sentence(state: State) -> str:
    """Return that the comparison runs, or which run is the best at its end."""
    comparison = state.comparison
    if comparison.running:
        return tr(_COMPARING)
    best = comparison.best
    if best is None:
        return tr(_COMPARED_ALONE)
    return tr(_COMPARED, title=best.candidate.title)


def notice_sentence(notice: Notice) -> str:
    """Return a notice as it is shown: the problem and its remedy."""
    return sentences([notice.message, notice.hint])
