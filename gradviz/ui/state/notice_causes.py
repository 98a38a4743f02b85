"""Notices to the user, and the signals of the state that end each: a notice ends with its cause."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from gradviz.core.language.saying import tr
from gradviz.protocol.events import FailureSubject

Subject = (
    FailureSubject
    | Literal["layout", "export", "window", "kept recording", "settings", "way", "session"]
)


@dataclasses.dataclass(frozen=True)
class Notice:
    """A message to the user: its subject, the problem, its remedy and details.

    `field` names the field to be corrected, as of a user's own model; `action` is the id of an
    action that is offered beside the message, on a button with the text `offer`, and `other_action`
    that of a second one; `untrusted` is the
    path of a file that a user's own model would import.
    """

    subject: Subject
    message: str
    hint: str = ""
    details: str = ""
    serious: bool = True
    field: str = ""
    action: str = ""
    offer: str = dataclasses.field(default_factory=lambda: tr("Stop"))
    other_action: str = ""
    other_offer: str = ""
    untrusted: str = ""


_ANOTHER_MODEL = ("model_built",)
#: For each subject the names of the signals of the state after which its notices are outdated. A
#: training that diverged is outdated by a reset, a new run or a changed setting, all of which are
#: `training_changed`; the end of an engine by the model that another one has built. What the window
#: tells of itself stays until it is closed.
ENDS: Mapping[Subject, tuple[str, ...]] = MappingProxyType(
    {
        "expression": _ANOTHER_MODEL,
        "model": _ANOTHER_MODEL,
        "trust": _ANOTHER_MODEL,
        "device": _ANOTHER_MODEL,
        "layout": _ANOTHER_MODEL,
        "engine": _ANOTHER_MODEL,
        "kept recording": _ANOTHER_MODEL,
        "session": _ANOTHER_MODEL,
        "data": ("model_built", "data_changed"),
        "training": ("model_built", "data_changed", "training_changed"),
        "settings": ("model_built", "training_changed"),
        "comparison": ("model_built", "training_changed"),
        "recording": ("model_built", "recorded"),
        "export": ("exported",),
        "way": ("model_built", "selection_changed", "isolation_changed", "way_begun"),
        "window": (),
    }
)
