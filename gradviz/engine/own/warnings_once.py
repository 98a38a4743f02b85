"""Warnings of what is run: each told once, with the user's line in place of this program's.

PyTorch warns where its caller stands, and that is often this program; a pass that is run again, or
runs under a listener, would warn once more.
"""

import sys
import warnings
from collections.abc import Iterator
from types import CodeType, FrameType, MethodType
from typing import Final, TextIO

from gradviz.core.findings.missing import CodePlace
from gradviz.engine.gradient_flow.code_lines import is_readable, is_this_program, line_of
from gradviz.engine.torch_internals.hooks import called_hooks, calls_hooks

#: What Python does with a warning that is told.
_BEFORE: Final = [warnings.showwarning]
#: The warnings that were told: category, text and place.
_TOLD: Final[set[tuple[type[Warning], str, str, int]]] = set()


def tell_warnings_once() -> None:
    """Have each warning told once in this process; those told before are told again."""
    _TOLD.clear()
    before = warnings.showwarning
    if before is not _show:
        _BEFORE[:] = [before]
        warnings.showwarning = _show


def _show(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Tell a warning as `warnings.showwarning` does, unless it was told before."""
    if is_this_program(filename) or not is_readable(filename):
        place = _users_line(sys._getframe(1))
        if place is not None:
            filename, lineno, line = place.file, place.line, place.text or None
        elif is_this_program(filename):
            # A place within this program says nothing to anybody who did not write it.
            filename, lineno, line = "PyTorch", 0, ""
    key = (category, str(message), filename, lineno)
    if key not in _TOLD:
        _TOLD.add(key)
        _BEFORE[0](message, category, filename, lineno, file, line)


def _users_line(frame: FrameType) -> CodePlace | None:
    """Return the innermost line that this program runs and that is not its own, nor PyTorch's.

    In a backward pass no such line runs: there it is the first line of the user's hook.
    """
    lines: list[CodePlace] = []
    for each in _with_callers(frame):
        code = each.f_code
        hook = _hook_code(each)
        if hook is not None and not lines:
            lines.append(line_of(hook.co_filename, hook.co_firstlineno))
        elif is_readable(code.co_filename):
            lines.append(line_of(code.co_filename, each.f_lineno))
        elif is_this_program(code.co_filename) and lines:
            return lines[0]
        # What lies outside of this program runs it, and is not run by it.
    return None


def _with_callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _hook_code(frame: FrameType) -> CodeType | None:
    """Return the code of the user's hook that PyTorch is about to call in `frame`."""
    if not calls_hooks(frame.f_code.co_filename):
        return None
    for value in frame.f_locals.values():
        for hook in called_hooks(value):
            function = hook.__func__ if isinstance(hook, MethodType) else hook
            code = getattr(function, "__code__", None)
            if isinstance(code, CodeType):
                return code
    return None
