"""What a reader has to know of single nodes: what could not be recorded, and where hooks are."""

from collections.abc import Iterable
from typing import Any, Final

from gradviz.engine.tape import Tape

_CHECKPOINT: Final = "CheckpointFunctionBackward"
_REENTRANT: Final = (
    "Checkpointed with use_reentrant=True: what runs inside has no graph until the backward pass "
    "computes it again, so its nodes cannot be shown. With use_reentrant=False they can."
)
_CHANGED: Final = "Its value was changed in place since, and what it was has not been kept."
_UNHEARD: Final = "Its value is not known: it was computed within a function of PyTorch."
_HOOKED: Final = "A hook is set here: it can change the gradient that arrives."
_AFTER: Final = "A hook runs here after the gradient has been accumulated, and can change the sum."


def notes(nodes: Iterable[Any], tape: Tape) -> dict[Any, str]:
    """Return what has to be said of the grad_fns `nodes`, for those of which something has."""
    hooked = hooked_nodes(nodes, tape)
    found: dict[Any, str] = {}
    for node in nodes:
        parts = []
        leaf = getattr(node, "variable", None)
        if leaf is None:
            if type(node).__name__ == _CHECKPOINT:
                parts.append(_REENTRANT)
            if tape.value(node) is None:
                parts.append(_CHANGED if tape.changed(node) else _UNHEARD)
        elif leaf._post_accumulate_grad_hooks:
            parts.append(_AFTER)
        if node in hooked:
            parts.append(_HOOKED)
        if parts:
            found[node] = " ".join(parts)
    return found


def hooked_nodes(nodes: Iterable[Any], tape: Tape) -> set[Any]:
    """Return the grad_fns on whose tensors the user has set hooks, as far as PyTorch tells."""
    found = {tensor.grad_fn for tensor in tape.hooked if tensor.grad_fn is not None}
    for node in nodes:
        leaf = getattr(node, "variable", None)
        if leaf is not None and leaf._backward_hooks:
            found.add(node)
    return found


def any_hook(nodes: Iterable[Any], tape: Tape) -> bool:
    """Tell whether hooks of the user may change gradients while they pass."""
    leaves = (getattr(node, "variable", None) for node in nodes)
    return bool(tape.hooked) or any(
        leaf is not None and (leaf._backward_hooks or leaf._post_accumulate_grad_hooks)
        for leaf in leaves
    )
