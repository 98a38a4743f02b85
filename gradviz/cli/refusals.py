"""The errors that stop a verb, and how they are told."""

from gradviz.cli.terminal import BAD_INPUT, FAILED, say, say_error, visible
from gradviz.core.errors import ExpressionError, GradvizError
from gradviz.core.language.saying import sentences
from gradviz.protocol.events import CommandFailed


class InputError(GradvizError):
    """The value of an option cannot be used."""


class RefusedError(Exception):
    """The engine refused a command about `model`; `event` says why."""

    def __init__(self, event: CommandFailed, model: str) -> None:
        super().__init__(event.message)
        self.event = event
        self.model = model


def tell_error(error: RefusedError | GradvizError) -> int:
    """Tell the user of an error, and return the exit code that follows."""
    if isinstance(error, RefusedError):
        return tell_refusal(error.event, error.model)
    say_error(str(error))
    return BAD_INPUT if isinstance(error, InputError) else FAILED


def tell_refusal(event: CommandFailed, model: str) -> int:
    """Write why the engine refused a command; details mean that the input was not at fault."""
    if event.details:
        say(event.details.rstrip())
    if event.subject == "expression":
        say(_shown(model, event.position, event.length).caret())
    say_error(sentences([event.message, event.hint]))
    # The traceback of a user's own model is the user's to put right.
    return FAILED if event.details and event.subject != "model" else BAD_INPUT


def _shown(text: str, position: int, length: int) -> ExpressionError:
    """Return the place in the text as it is shown: an escape is longer than its character."""
    before, marked = text[:position], text[position : position + length]
    return ExpressionError(
        "",
        text=visible(text),
        position=len(visible(before)),
        length=max(length, len(visible(marked))),
    )
