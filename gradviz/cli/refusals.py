"""The errors that stop a verb, and how they are told."""

from gradviz.cli.terminal import BAD_INPUT, FAILED, say
from gradviz.core.errors import ExpressionError, GradvizError
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
    say(f"gradviz: {error}")
    return BAD_INPUT if isinstance(error, InputError) else FAILED


def tell_refusal(event: CommandFailed, model: str) -> int:
    """Write why the engine refused a command; details mean that the input was not at fault."""
    if event.details:
        say(event.details.rstrip())
    if event.subject == "expression":
        place = ExpressionError("", text=model, position=event.position, length=event.length)
        say(place.caret())
    say(f"gradviz: {event.message} {event.hint}".rstrip())
    # The traceback of a user's own model is the user's to put right.
    return FAILED if event.details and event.subject != "model" else BAD_INPUT
