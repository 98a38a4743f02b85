"""What a backward pass raises, told to the user: a hook, an own backward, a change in place."""

import traceback
from pathlib import Path
from typing import Final

import torch

import gradviz
from gradviz.core.errors import GradvizError, OwnModelError
from gradviz.engine.failures import out_of_memory

#: What runs in these folders is not the user's own.
_LIBRARIES: Final = tuple(str(Path(str(each.__file__)).parent) for each in (torch, gradviz))
_IN_PLACE: Final = "modified by an inplace operation"


def told_of(error: Exception) -> OwnModelError | None:
    """Return what a backward pass raised as the user is told; None for what says it already."""
    if isinstance(error, GradvizError) or out_of_memory(error):
        return None
    details = "".join(traceback.format_exception(error))
    first = next(iter(str(error).splitlines()), "")
    if _IN_PLACE in first:
        return OwnModelError(
            "A value that the backward pass needs was changed in place after it had been kept.",
            "Compute a new tensor there: y = y + 1 in place of y += 1 or y.add_(1).",
            details=details,
        )
    said = f"{type(error).__name__}: {first}" if first else type(error).__name__
    frame = _own_frame(error)
    place = f" in line {frame.lineno} of {Path(frame.filename).name}" if frame else ""
    hint = "It was raised by a hook or a custom Function's backward." if frame else ""
    return OwnModelError(
        f"The backward pass raised {said.rstrip('.')}{place}.", hint, details=details
    )


def _own_frame(error: Exception) -> traceback.FrameSummary | None:
    """Return where the user's own code was when it was raised, None where PyTorch's was."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(_LIBRARIES)]
    return own[-1] if own else None
