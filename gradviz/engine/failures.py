"""Errors as events: the part of the window that shows the error, its message and its remedy."""

from collections.abc import Iterator

import torch

from gradviz.core.errors import (
    DeviceError,
    ExpressionError,
    FieldError,
    GradvizError,
    OwnModelError,
    RecordingError,
    SettingError,
    TrustError,
)
from gradviz.core.language.saying import tr
from gradviz.engine.autograd_errors import explanation_of
from gradviz.engine.user_code import is_of_model, raised_text, traceback_text, user_frame
from gradviz.protocol.commands import Ask, BuildModel, Command, CompareRuns
from gradviz.protocol.events import CommandFailed, Event, FailureSubject, Unanswered


def failure(run: int, error: BaseException, command: Command | None = None) -> CommandFailed:
    """Return the event for `error`, which came up at `command`, or while training."""
    match error:
        case ExpressionError():
            return CommandFailed(
                run=run,
                subject="expression",
                message=error.message,
                hint=error.hint,
                position=error.position,
                length=error.length,
            )
        case OwnModelError():
            return CommandFailed(
                run=run,
                subject="model",
                message=error.message,
                hint=error.hint,
                details=error.details,
                field=error.field,
            )
        case FieldError():
            return CommandFailed(
                run=run,
                subject="data",
                message=error.message,
                hint=error.hint,
                field=error.field,
            )
        case TrustError():
            return CommandFailed(
                run=run,
                subject="trust",
                message=error.message,
                hint=error.hint,
                untrusted=error.untrusted,
            )
        case GradvizError():
            subject = _subject(error, command)
            return CommandFailed(run=run, subject=subject, message=error.message, hint=error.hint)
        case _ if out_of_memory(error):
            return CommandFailed(
                run=run,
                subject="device",
                message=tr("There is not enough memory for this model."),
                hint=tr("Use fewer points, or another device."),
                details=_details(error),
            )
        case _:
            return _unexpected(run, error)


def _unexpected(run: int, error: BaseException) -> CommandFailed:
    """Return the event for an error that was raised by the user's code, or within PyTorch."""
    explanation, frame = explanation_of(error), user_frame(error)
    hint = str(explanation or "")
    if explanation is not None and explanation.kind == "sparse":
        return CommandFailed(
            run=run, subject="training", message=f"{_first_line(error)}.", hint=hint
        )
    if frame is not None:
        return CommandFailed(
            run=run,
            subject="model",
            message=raised_text(tr("The model's own code"), error, frame),
            hint=hint,
            details=_details(error),
        )
    return CommandFailed(
        run=run,
        subject="engine",
        message=tr("PyTorch's side failed: {error}", error=_first_line(error)),
        hint=hint,
        details=_details(error),
    )


def told_failures(
    events: Iterator[Event], run: int, command: Command | None = None
) -> Iterator[Event]:
    """Yield the events that follow from a command; an error of the model is an event too."""
    try:
        yield from events
    except BaseException as error:
        if not is_of_model(error):
            raise
        yield failure(run, error, command)


def unanswered(asked: Ask, error: BaseException) -> Unanswered:
    """Return the event for `error`, which came up at a question."""
    failed = failure(asked.run, error)
    return Unanswered(
        run=asked.run,
        number=asked.number,
        reason="failed",
        message=failed.message,
        hint=failed.hint,
        details=failed.details,
    )


def _subject(error: GradvizError, command: Command | None) -> FailureSubject:
    if isinstance(error, DeviceError):
        return "device"
    if isinstance(error, RecordingError):
        return "recording"
    if isinstance(command, CompareRuns):
        return "comparison"
    if isinstance(error, SettingError) and not isinstance(command, BuildModel):
        return "training"
    return "model"


def out_of_memory(error: BaseException) -> bool:
    """Tell whether `error` says that memory did not suffice, on whatever device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "not enough memory" in text or "can't allocate memory" in text
    )


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def _details(error: BaseException) -> str:
    return traceback_text(error, error.__traceback__)
