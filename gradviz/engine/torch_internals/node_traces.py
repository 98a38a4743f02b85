"""A note that PyTorch keeps with each node that it makes, in place of the text of the stack.

For its anomaly mode it keeps the stack with each node, as text, which takes a hundred times as long
as to note the frames, and tells no columns.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from torch.autograd.anomaly_mode import set_detect_anomaly


@contextmanager
def nodes_noted(note: Callable[[], int]) -> Iterator[None]:
    """Have PyTorch call `note` for every node that it makes within, and keep the number.

    Where it has no place for a note, `note` is never called, and `note_of` knows of none.
    """
    try:
        import torch.fx.traceback as texts

        before = texts.format_stack
    except (ImportError, AttributeError):
        yield
        return
    texts.format_stack = lambda: [str(note())]
    try:
        with set_detect_anomaly(True, check_nan=False):
            yield
    finally:
        texts.format_stack = before


def note_of(node: Any) -> tuple[int, bool] | None:
    """Return the note of a node, and whether a backward pass made it; None where there is none.

    A node made by a backward pass has the note of the node that the pass goes through.
    """
    try:
        maker, backward = node, False
        while (parent := maker.metadata.get("parent_")) is not None:
            maker, backward = parent, True
        told = maker.metadata.get("traceback_", ())
    except AttributeError:
        return None
    known = len(told) == 1 and isinstance(told[0], str) and told[0].isdecimal()
    return (int(told[0]), backward) if known else None
