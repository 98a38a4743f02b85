"""Why a leaf has no gradient, as data: the kind of reason, the line, and the remedy."""

from typing import Literal

import msgspec

#: "replaced" is a parameter in whose place forward puts another, "python_value" a number taken out
#: of PyTorch; "unknown" where the reason cannot be seen.
Reason = Literal[
    "not_used",
    "replaced",
    "detached",
    "no_grad",
    "inference_mode",
    "integer",
    "not_a_leaf",
    "frozen",
    "function",
    "python_value",
    "unknown",
]


class CodePlace(msgspec.Struct, frozen=True):
    """A line of a file, with its text as it ran; `file` is the whole path."""

    file: str
    line: int
    text: str


class MissingGradient(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why the leaf `name` has no gradient; a leaf with several has one for each.

    Attributes:
        reason: Its kind.
        sentence: It in words, with the line.
        hint: What to do about it; empty where there is nothing to do.
        place: The line, where one is at fault.
    """

    name: str
    reason: Reason
    sentence: str
    hint: str = ""
    place: CodePlace | None = None
