"""The expected failures, as exceptions whose text tells the user the failure and its remedy.

GradvizError
├── ExpressionError   the typed text is no expression; knows the place
├── ModelError        a model is unknown or cannot be built
│   ├── OwnModelError   … from the user's own file; knows the field, and has details
│   └── TrustError      the user's own file may not be run yet
├── DataError         a file of data is missing or damaged
├── DeviceError       a device does not exist or does not start
├── SettingError      a number or a choice is not among the allowed ones
│   └── FieldError      … and it is known which field of the data it is
├── LayoutError       no picture could be laid out in time
├── ExportError       a file could not be written
└── ProcessError      the engine, the layout or the export process has ended
"""

from collections.abc import Mapping
from typing import Final

from gradviz.core.language.saying import marked, sentences, tr


class GradvizError(Exception):
    """An expected failure: `message` describes it, `hint` is its remedy."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return sentences([self.message, self.hint]).strip()


#: Words for errors that have none of their own, or only a name.
_WORDS: Final[Mapping[type[BaseException], str]] = {
    MemoryError: marked("it is too large, or nested too deep, for the memory"),
    RecursionError: marked("it is nested too deep"),
    EOFError: marked("it ends too early"),
}


def words_of(error: BaseException) -> str:
    """Return the first line of the text of an error, without a full stop; never empty.

    Where it has no text, or only the key that is missing, it is words for its type.
    """
    if isinstance(error, KeyError) and error.args:
        return tr("there is no {key}", key=repr(error.args[0]))
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "").rstrip(".: 。：")
    if first:
        return first
    found = next((words for kind, words in _WORDS.items() if isinstance(error, kind)), "")
    return tr(found) if found else tr("an error of the type {type}", type=type(error).__name__)


class ExpressionError(GradvizError):
    """The text is no expression; `position` and `length` (in characters) mark where."""

    def __init__(
        self, message: str, hint: str = "", *, text: str = "", position: int = 0, length: int = 1
    ) -> None:
        super().__init__(message, hint)
        self.text = text
        self.position = position
        self.length = length

    def caret(self, width: int = 72) -> str:
        """Return the text around the place with carets beneath it, at most `width` columns."""
        start = max(0, min(self.position - width // 2, len(self.text) - width))
        line = self.text[start : start + width].replace("\n", " ").replace("\t", " ")
        offset = self.position - start
        marks = max(1, min(self.length, width - offset))
        return f"{line}\n{' ' * offset}{'^' * marks}"


class ModelError(GradvizError):
    """The model is unknown, or it cannot be built from its settings."""


class OwnModelError(ModelError):
    """The user's own model cannot be built; `details` has a traceback, or marks a place.

    `field` names the field to correct: "source", "name", "arguments", "inputs", "output",
    "weights", "own_loss" or "own_target"; it is empty where the code itself failed.
    """

    def __init__(self, message: str, hint: str = "", *, field: str = "", details: str = "") -> None:
        super().__init__(message, hint)
        self.field = field
        self.details = details


class RecordingError(GradvizError):
    """A question about a recording cannot be answered."""


class TrustError(ModelError):
    """The user's own file, or one that it imports, is not trusted with the content that it has.

    `untrusted` is the path of the one that it imports; empty for the file itself.
    """

    def __init__(self, message: str, hint: str = "", *, untrusted: str = "") -> None:
        super().__init__(message, hint)
        self.untrusted = untrusted


class DataError(GradvizError):
    """A file of data is missing, is of another kind, or is damaged."""


class DeviceError(GradvizError):
    """The device does not exist here, or it does not start."""


class SettingError(GradvizError):
    """A number or a choice is not among the allowed ones."""


class FieldError(SettingError):
    """A field of a model's data, or of its initial values, cannot be used.

    `field` names the field to correct: "target", "noise", "points", "range", "data_file" or
    "initial".
    """

    def __init__(self, message: str, hint: str = "", *, field: str) -> None:
        super().__init__(message, hint)
        self.field = field


class LayoutError(GradvizError):
    """No picture could be laid out within its deadline."""


class ExportError(GradvizError):
    """A file could not be written."""


class ProcessError(GradvizError):
    """The engine, the layout or the export process has ended while it was needed."""
