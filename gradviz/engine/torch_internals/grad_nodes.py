"""The nodes of PyTorch's graph, asked for more than their documented part.

A node is a grad_fn, or the AccumulateGrad of a leaf. PyTorch types them by one protocol only.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

import torch

#: The sources of a node by its slots, with which of their results each is.
Feeds = tuple[tuple[Any | None, int], ...]

_SAVED: Final = "_saved_"
_known_attributes: dict[str, tuple[tuple[str, str], ...]] = {}


def feeds_of(node: Any) -> Feeds:
    """Return the sources of a node by its slots, which PyTorch makes anew whenever it is asked.

    They are () where PyTorch does not tell them.
    """
    try:
        feeds: Feeds = node.next_functions
    except AttributeError:
        return ()
    return feeds


def nodes_behind(tensors: Iterable[torch.Tensor]) -> list[Any]:
    """Return the nodes of all operations that tensors were computed by, each once."""
    found = dict.fromkeys(each.grad_fn for each in tensors if each.grad_fn is not None)
    waiting = list(found)
    while waiting:
        for source, _ in feeds_of(waiting.pop()):
            # A leaf ends the way.
            if source is not None and source not in found and not hasattr(source, "variable"):
                found[source] = None
                waiting.append(source)
    return list(found)


def sequence_number(node: Any) -> int | None:
    """Return the number that PyTorch gave a node when it made it; None where it tells none."""
    try:
        return int(node._sequence_nr())
    except AttributeError:
        return None


def newest_sequence_number() -> int:
    """Return the number of the next node of this thread; -1, which none has, where not told."""
    return counter()()


def counter() -> Callable[[], int]:
    """Return the function that returns the number of the next node of the thread that calls it.

    It returns -1, which no node has, where PyTorch does not tell.
    """
    found: Callable[[], int] = getattr(torch._C._autograd, "_get_sequence_nr", lambda: -1)
    return found


def results_of(node: Any) -> tuple[Any, ...]:
    """Return shape, dtype and device of each result of a node; () where PyTorch does not tell.

    Each has the attributes `shape`, `dtype`, `device` and `is_nested_tensor`; PyTorch calls them
    the inputs of the backward.
    """
    try:
        return tuple(node._input_metadata)
    except AttributeError:
        return ()


def function_of(node: Any) -> Any:
    """Return the custom Function whose node, or kind of node, this is; None where not told."""
    return getattr(node, "_forward_cls", None)


def saved_attributes(node: Any) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a node of this type for saved tensors, and PyTorch's names.

    They are looked up once, and () where a node has none.
    """
    key = type(node).__name__
    if key not in _known_attributes:
        found = (name for name in dir(node) if name.startswith(_SAVED))
        _known_attributes[key] = tuple((name, name.removeprefix(_SAVED)) for name in found)
    return _known_attributes[key]
