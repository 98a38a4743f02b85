"""The choices of the user that can be undone: the model, its training, and how it is shown."""

from collections.abc import Callable
from typing import Final

import msgspec

from gradviz.core.choices.settings import DATA_FIELDS, Model, Training
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.language.saying import marked
from gradviz.session_files.contents import Flow


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of a moment.

    Attributes:
        text: The text of the expression field; empty for a user's own file.
        model: The model; None where another program builds it.
        training: Its training; None where another program trains.
        pace: The most steps a second; 0 is as many as can be.
        recording_mb: The memory for the tensors of a recording, in megabytes.
        flow: Whether the graph runs down or to the right.
        names: Whether nodes have the names of the forward or of the backward pass.
    """

    text: str = ""
    model: Model | None = None
    training: Training | None = None
    pace: float = 0.0
    recording_mb: int = 0
    flow: Flow = "TB"
    names: NodeNames = "forward"


#: The fields of a model with the name of their change, the most telling first. It is translated
#: where it is shown.
_OF_MODEL: Final = (
    (("source",), marked("model")),
    (("arguments", "inputs", "output", "weights", "own_loss", "own_target"), marked("inputs")),
    (("trusted", "trusted_beside"), marked("model")),
    (("mode",), marked("mode")),
    (("at", "point"), marked("point")),
    (("device",), marked("device")),
    (("dtype",), marked("precision")),
    (DATA_FIELDS, marked("data")),
    (("data_folder",), marked("images")),
    (("initial",), marked("start value")),
    (("seed",), marked("seed")),
    (("order",), marked("order of the gradient")),
    (("direction",), marked("direction of the gradient")),
)
_OF_TRAINING: Final = (
    (("optimizer",), marked("optimizer")),
    (("scheduler",), marked("scheduler")),
    (("learning_rate",), marked("learning rate")),
    (("options",), marked("optimizer's option")),
    (("scheduler_options", "composition"), marked("scheduler's option")),
    (("loss",), marked("loss")),
    (("steps",), marked("number of steps")),
)
_OF_VIEW: Final = (
    (("pace",), marked("pace")),
    (("recording_mb",), marked("memory of recordings")),
    (("flow",), marked("direction of the graph")),
    (("names",), marked("names of nodes")),
)


def change_between(before: Choices, after: Choices, typed: Callable[[Model], bool]) -> str:
    """Return the name of the most telling difference, in English; empty where there is none.

    Args:
        before: The choices at first.
        after: The later ones.
        typed: Tells whether a model is an expression.
    """
    old, new = before.model, after.model
    if old is not None and new is not None and old.source != new.source:
        return marked("expression") if typed(old) and typed(new) else marked("model")
    return (
        _differing(old, new, _OF_MODEL)
        or _differing(before.training, after.training, _OF_TRAINING)
        or _differing(before, after, _OF_VIEW)
    )


def _differing(
    before: msgspec.Struct | None,
    after: msgspec.Struct | None,
    names: tuple[tuple[tuple[str, ...], str], ...],
) -> str:
    if before is None or after is None:
        return ""
    return next(
        (
            name
            for fields, name in names
            if any(getattr(before, field) != getattr(after, field) for field in fields)
        ),
        "",
    )


def other_data_alone(before: Model, after: Model) -> bool:
    """Tell whether two models differ in nothing but the data that they are fitted to."""
    data = {name: getattr(after, name) for name in DATA_FIELDS}
    return before != after and msgspec.structs.replace(before, **data) == after
