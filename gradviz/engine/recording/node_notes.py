"""Remarks for a reader of single nodes: on values that were not recorded, and on hooks.

PyTorch lists no hooks of a grad_fn, so the nodes are asked one by one, and only where the model has
read a grad_fn while it ran. A prehook that was set at another time on the node of
a leaf, which alone lives so long, is not found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final

from gradviz.core.language.saying import listed, marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.torch_internals.compiled_graphs import (
    COMPILED,
    compiled_graphs,
    is_scripted,
)
from gradviz.engine.torch_internals.grad_nodes import function_of
from gradviz.engine.torch_internals.hooks import (
    has_hooks_after_accumulation,
    has_node_hooks,
    has_tensor_hooks,
)

_CHECKPOINT: Final = "CheckpointFunctionBackward"
_REENTRANT: Final = marked(
    "Checkpointed with use_reentrant=True: what runs inside has no graph until the backward pass "
    "computes it again, so its nodes cannot be shown. With use_reentrant=False they can."
)
_CHANGED: Final = marked("Its value was changed in place since, and what it was has not been kept.")
_UNHEARD: Final = marked("Its value is not known: it was computed within a function of PyTorch.")
_NOT_NEEDED: Final = marked(
    "Its value is not known: autograd keeps only the tensors that backward needs."
)
_HOOKED: Final = marked("A hook is set here: it can change the gradient that arrives.")
_HOOKED_NODE: Final = marked(
    "A hook is set on the node itself: it can change the gradients that arrive or are sent on."
)
_MODULE_HOOK: Final = marked(
    "It is there for a backward hook of a module, which is handed what passes and can change it."
)
_MODULE_HOOKS: Final = "BackwardHookFunctionBackward"
_ONE_NODE: Final = marked("Made by torch.compile: autograd has one node for all operations of it.")
NOT_KEPT: Final = marked("The compiler has kept neither its forward nor its backward graph.")
SCRIPTED: Final = marked(
    "Made by TorchScript: autograd has one node for several operations of it, and TorchScript "
    "does not tell which."
)
_FORWARD: Final = marked("Its forward pass has {operations}.")
_BACKWARD: Final = marked("Its backward pass has {operations}.")
#: Names of operations of a compiled graph that are told; the rest is counted.
_MOST_NAMES: Final = 8
_OF_KIND: Final = {_CHECKPOINT: _REENTRANT, _MODULE_HOOKS: _MODULE_HOOK}
_AFTER: Final = marked(
    "A hook runs here after the gradient has been accumulated, and can change the sum."
)


def notes(
    nodes: Sequence[Any],
    leaves: Collection[Any],
    known: Collection[Any],
    recorder: ForwardRecorder,
) -> dict[Any, str]:
    """Return the remarks on the grad_fns `nodes`, for those with any, in the language spoken.

    `leaves` are those among them that are a leaf's, and `known` those whose value is known.
    """
    hooked = hooked_nodes(leaves, recorder)
    asked = {node for node in nodes if has_node_hooks(node)} if recorder.gave_nodes else set()
    # Of thousands of nodes many have the same remark.
    say = cache(tr)
    found: dict[Any, str] = {}
    for node in nodes:
        parts = []
        if node not in leaves:
            if told := _of_kind(node):
                parts.append(told)
            if node not in known:
                unheard = _NOT_NEEDED if recorder.late else _UNHEARD
                parts.append(say(_CHANGED if recorder.changed(node) else unheard))
        elif has_hooks_after_accumulation(node.variable):
            parts.append(say(_AFTER))
        if node in hooked:
            parts.append(say(_HOOKED))
        if node in asked and type(node).__name__ != _MODULE_HOOKS:
            parts.append(say(_HOOKED_NODE))
        if parts:
            found[node] = sentences(parts)
    return found


def _of_kind(node: Any) -> str:
    """Return the remark on all nodes of this kind; empty for most kinds."""
    kind = type(node).__name__
    if kind == COMPILED:
        return _compiled(node)
    told = SCRIPTED if is_scripted(node) else _OF_KIND.get(kind, "")
    return tr(told) if told else ""


def _compiled(node: Any) -> str:
    """Return a remark on a node of a compiled function, with the operations that it stands for."""
    graphs = compiled_graphs(function_of(node))
    told = [
        tr(text, operations=_names(graph.operations))
        for text, graph in ((_FORWARD, graphs.forward), (_BACKWARD, graphs.backward))
        if graph is not None
    ]
    return sentences((tr(_ONE_NODE), *(told or (tr(NOT_KEPT),))))


def _names(operations: Sequence[str]) -> str:
    """Return operations as `3 operations: mm ×2, t`, the most frequent first."""
    frequent = Counter(operations).most_common()
    names = [name + (f" ×{count}" if count > 1 else "") for name, count in frequent[:_MOST_NAMES]]
    rest = sum(count for _, count in frequent[_MOST_NAMES:])
    if rest:
        names.append(tr_n("{shown} others", "{shown} other", rest, shown=counted(rest)))
    count = len(operations)
    number = tr_n("{shown} operations", "{shown} operation", count, shown=counted(count))
    if not names:
        return number
    return tr("{number}: {names}", number=number, names=listed(names))


def note_executions(found: dict[Any, str], calls: Sequence[tuple[Any, Any, Any]]) -> None:
    """Add a note to each node that was executed several times; `calls` has every execution."""
    if len({call[0] for call in calls}) == len(calls):
        return
    for node, count in Counter(call[0] for call in calls).items():
        if count > 1:
            told = tr(
                "It had {count} turns in this backward pass; the tensors are of the last.",
                count=count,
            )
            found[node] = sentences([found.get(node, ""), told])


def hooked_nodes(leaves: Iterable[Any], recorder: ForwardRecorder) -> set[Any]:
    """Return the grad_fns on whose tensors the user has set hooks, as far as PyTorch tells."""
    found = {tensor.grad_fn for tensor in recorder.hooked if tensor.grad_fn is not None}
    found.update(leaf for leaf in leaves if has_tensor_hooks(leaf.variable))
    return found


def any_change(leaves: Collection[Any], recorder: ForwardRecorder, noted: Iterable[Any]) -> bool:
    """Tell whether gradients may change while they pass, of all nodes those `noted` known.

    Hooks of the user may change them, and a note on a leaf is always of a hook; and a pass within
    the pass adds to the sum at a leaf, which may be the very tensor that arrived first.
    """
    return (
        bool(recorder.hooked)
        or recorder.gave_nodes
        or any(node in leaves or type(node).__name__ == _CHECKPOINT for node in noted)
    )
