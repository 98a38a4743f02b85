"""`gradviz.show`: the window on tensors of this process, by one line."""

import sys
from typing import Any

from gradviz.api.open_windows import interactive, keep_process_for, newest, opened
from gradviz.api.windows import OpenWindow
from gradviz.core.collector_pause import without_collecting


def show(
    shown: Any,
    params: Any = None,
    *,
    title: str = "",
    block: bool | None = None,
    new: bool = False,
) -> OpenWindow:
    """Open the window on the graph behind `shown`, and return it.

    The pass backwards is recorded here and now, whether or not the loss was run backwards: the
    graph is kept, no gradient of a leaf is changed, and random numbers go on as they would have.
    The tensors stay in this process.

    Args:
        shown: A tensor, or a tuple, list or dict of tensors; what `gradviz.capture` or
            `gradviz.watch` returned.
        params: A module, or names and tensors, by which leaves are named. Others have the names of
            the caller's variables.
        title: The title of the window; the name of the caller's variable unless it is given.
        block: True waits here until the user closes the window. Otherwise the call returns at once,
            and a script that ends waits for the window then; False lets the window end with it. At
            a prompt, in a notebook and under pytest nothing waits.
        new: Open another window; else the one that is open shows it from now on.

    Raises:
        GradvizError: `shown` has no graph, its graph was freed, or there is no screen.
    """
    window = None if new else newest()
    fresh = window is None
    # The window starts while the pass is recorded.
    window = window or opened()
    try:
        # PyTorch's side is loaded while the window starts.
        with without_collecting():
            from gradviz.api.shown_passes import passes_of

        name, passes = passes_of(shown, params, title, sys._getframe(1))
    except BaseException:
        if fresh:
            window.kill()
        raise
    window.present(name, passes)
    if block:
        window.wait()
    elif block is None and not interactive():
        keep_process_for(window)
    return window
