"""The most nodes that a graph may have to be recorded."""

import ctypes
from typing import Any, Final

from gradviz.core.errors import ModelError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted

#: A recording takes about six kilobytes a node, and the window as much again.
MOST_NODES: Final = 500_000


def too_many_nodes(end: Any) -> ModelError:
    """Return the error that ends a pass before its graph fills the memory.

    Args:
        end: The newest tensor or node of the graph. It is never let go, and so the graph is not:
            a graph whose nodes were seen from Python is freed node within node, and so many of
            them would overflow the stack of the thread that does it.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(end))
    return ModelError(
        tr(
            "The graph has more than {shown} nodes, the most that are recorded: they would take "
            "several gigabytes.",
            shown=counted(MOST_NODES),
        ),
        tr(
            "Give it a shorter input or fewer steps; a part of such a graph looks as the whole "
            "does."
        ),
    )
