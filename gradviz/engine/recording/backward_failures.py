"""The errors of a backward pass in words: of a hook, an own backward, or a change in place."""

import traceback

from gradviz.core.errors import GradvizError, OwnModelError
from gradviz.core.language.saying import sentences, tr
from gradviz.engine.autograd_errors import Explanation, explanation_of
from gradviz.engine.failures import out_of_memory
from gradviz.engine.user_code import is_of_model, raised_text, user_frame

_CHECKPOINT = "torch/utils/checkpoint.py"


class BackwardError(OwnModelError):
    """A backward pass failed; `explanation` says why, where that is known."""

    def __init__(
        self, message: str, hint: str, details: str, explanation: Explanation | None
    ) -> None:
        super().__init__(message, hint, details=details)
        self.explanation = explanation


def told_of(error: BaseException) -> BackwardError | None:
    """Return the error of a backward pass in words; None for one that needs no other words."""
    if isinstance(error, GradvizError) or not is_of_model(error):
        return None
    if isinstance(error, Exception) and out_of_memory(error):
        return None
    explanation = explanation_of(error)
    frame = user_frame(error)
    by = _raised_by(error) if frame else ""
    hint = sentences([by, str(explanation or "")])
    # Where none of the user's code is in it and the reason is known, the traceback says no more.
    told = explanation is not None and frame is None
    return BackwardError(
        raised_text(tr("The backward pass"), error, frame),
        hint,
        "" if told else "".join(traceback.format_exception(error)),
        explanation,
    )


def _raised_by(error: BaseException) -> str:
    """Return whose code raised it, where it was the user's."""
    frames = traceback.extract_tb(error.__traceback__)
    if any(frame.filename.replace("\\", "/").endswith(_CHECKPOINT) for frame in frames):
        return tr(
            "It was raised within a checkpoint, which runs forward again in the backward pass."
        )
    return tr("It was raised by a hook or a custom Function's backward.")
