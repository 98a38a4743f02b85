"""Remarks for a reader of single nodes: on values that were not recorded, and on hooks.

PyTorch lists no hooks of a grad_fn, so the nodes are asked one by one, and only where the model has
read a grad_fn while it ran. A prehook that was set at another time on the node of
a leaf, which alone lives so long, is not found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

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
_REENTRANT: Final = (
    "Checkpointed with use_reentrant=True: what runs inside has no graph until the backward pass "
    "computes it again, so its nodes cannot be shown. With use_reentrant=False they can."
)
_CHANGED: Final = "Its value was changed in place since, and what it was has not been kept."
_UNHEARD: Final = "Its value is not known: it was computed within a function of PyTorch."
_NOT_NEEDED: Final = "Its value is not known: autograd keeps only the tensors that backward needs."
_HOOKED: Final = "A hook is set here: it can change the gradient that arrives."
_HOOKED_NODE: Final = (
    "A hook is set on the node itself: it can change the gradients that arrive or are sent on."
)
_MODULE_HOOK: Final = (
    "It is there for a backward hook of a module, which is handed what passes and can change it."
)
_MODULE_HOOKS: Final = "BackwardHookFunctionBackward"
_ONE_NODE: Final = "Made by torch.compile: autograd has one node for all operations of it."
NOT_KEPT: Final = "The compiler has kept neither its forward nor its backward graph."
SCRIPTED: Final = (
    "Made by TorchScript: autograd has one node for several operations of it, and TorchScript "
    "does not tell which."
)
#: Names of operations of a compiled graph that are told; the rest is counted.
_MOST_NAMES: Final = 8
_OF_KIND: Final = {_CHECKPOINT: _REENTRANT, _MODULE_HOOKS: _MODULE_HOOK}
_AFTER: Final = "A hook runs here after the gradient has been accumulated, and can change the sum."


def notes(
    nodes: Sequence[Any],
    leaves: Collection[Any],
    known: Collection[Any],
    recorder: ForwardRecorder,
) -> dict[Any, str]:
    """Return the remarks on the grad_fns `nodes`, for those with any.

    `leaves` are those among them that are a leaf's, and `known` those whose value is known.
    """
    hooked = hooked_nodes(leaves, recorder)
    asked = {node for node in nodes if has_node_hooks(node)} if recorder.gave_nodes else set()
    found: dict[Any, str] = {}
    for node in nodes:
        parts = []
        if node not in leaves:
            if told := _of_kind(node):
                parts.append(told)
            if node not in known:
                unheard = _NOT_NEEDED if recorder.late else _UNHEARD
                parts.append(_CHANGED if recorder.changed(node) else unheard)
        elif has_hooks_after_accumulation(node.variable):
            parts.append(_AFTER)
        if node in hooked:
            parts.append(_HOOKED)
        if node in asked and type(node).__name__ != _MODULE_HOOKS:
            parts.append(_HOOKED_NODE)
        if parts:
            found[node] = " ".join(parts)
    return found


def _of_kind(node: Any) -> str:
    """Return the remark on all nodes of this kind; empty for most kinds."""
    kind = type(node).__name__
    if kind == COMPILED:
        return _compiled(node)
    return SCRIPTED if is_scripted(node) else _OF_KIND.get(kind, "")


def _compiled(node: Any) -> str:
    """Return a remark on a node of a compiled function, with the operations that it stands for."""
    graphs = compiled_graphs(function_of(node))
    told = [
        f"Its {name} pass has {_names(graph.operations)}."
        for name, graph in (("forward", graphs.forward), ("backward", graphs.backward))
        if graph is not None
    ]
    return " ".join((_ONE_NODE, *(told or (NOT_KEPT,))))


def _names(operations: Sequence[str]) -> str:
    """Return operations as `3 operations: mm ×2, t`, the most frequent first."""
    frequent = Counter(operations).most_common()
    names = [name + (f" ×{count}" if count > 1 else "") for name, count in frequent[:_MOST_NAMES]]
    rest = sum(count for _, count in frequent[_MOST_NAMES:])
    if rest:
        names.append(f"{counted(rest)} others")
    number = f"{counted(len(operations))} operation{'' if len(operations) == 1 else 's'}"
    return f"{number}: {', '.join(names)}" if names else number


def note_executions(found: dict[Any, str], calls: Sequence[tuple[Any, Any, Any]]) -> None:
    """Add a note to each node that was executed several times; `calls` has every execution."""
    if len({call[0] for call in calls}) == len(calls):
        return
    for node, count in Counter(call[0] for call in calls).items():
        if count > 1:
            told = f"It had {count} turns in this backward pass; the tensors are of the last."
            found[node] = f"{found[node]} {told}" if node in found else told


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
