"""The part that a user's own code has in an error: its frames, and whether it raised it itself."""

import dis
import os
import sysconfig
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

import torch

import gradviz
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.engine.interruption import Interruption

#: Code in these folders is not the user's own.
_LIBRARIES: Final = tuple(
    f"{folder}{os.sep}"
    for folder in (
        *(Path(str(each.__file__)).parent for each in (torch, gradviz)),
        *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")),
    )
)
#: Lines at either end of a traceback that are kept: endless recursion has thousands.
_MOST_LINES: Final = 40
_RAISE: Final = dis.opmap["RAISE_VARARGS"]


def user_frame(error: BaseException) -> traceback.FrameSummary | None:
    """Return where the user's own code was when `error` was raised; None where it had no part."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if not each.filename.startswith(("<", *_LIBRARIES))]
    return own[-1] if own else None


def raised_text(subject: str, error: BaseException, frame: traceback.FrameSummary | None) -> str:
    """Return `forward raised ValueError: no row in line 12 of net.py.`; no line without a frame.

    `subject` is a name in code, or a few words in the language that is spoken.
    """
    if frame is None:
        return tr("{subject} raised {error}.", subject=subject, error=said_by(error))
    return tr(
        "{subject} raised {error} in line {line} of {file}.",
        subject=subject,
        error=said_by(error),
        line=frame.lineno,
        file=Path(frame.filename).name,
    )


def is_of_model(error: BaseException) -> bool:
    """Tell whether `error` is a failure of what was run, and not an order to this program.

    SystemExit, KeyboardInterrupt and GeneratorExit are failures where the user's code raised them,
    and an Interruption is none.
    """
    if isinstance(error, Exception):
        return True
    if isinstance(error, Interruption):
        return False
    if user_frame(error) is None:
        return False
    # Ctrl+C interrupts the user's code too, but at no raise statement of it.
    return not isinstance(error, KeyboardInterrupt) or _at_raise(error.__traceback__)


def said_by(error: BaseException) -> str:
    """Return the type of `error` and the first line of its text, without a full stop."""
    first = next(iter(str(error).splitlines()), "").partition(" Hint: enable anomaly")[0]
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return said.rstrip(". ")


def traceback_text(error: BaseException, frames: TracebackType | None) -> str:
    """Return the traceback of `error` from `frames` on; of a long one both ends."""
    lines = "".join(traceback.format_exception(type(error), error, frames)).splitlines()
    left = len(lines) - 2 * _MOST_LINES
    if left > 1:
        lines[_MOST_LINES:-_MOST_LINES] = [
            "  " + tr("… {shown} lines are left out …", shown=counted(left))
        ]
    return "\n".join(lines) + "\n"


def _at_raise(trace: TracebackType | None) -> bool:
    """Tell whether the innermost frame stood at a raise statement."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_code[trace.tb_lasti] == _RAISE
