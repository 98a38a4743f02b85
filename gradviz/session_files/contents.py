"""The content of a session: a model with its settings, how it was trained, and how it is shown."""

from typing import Final, NamedTuple, TypeAlias

import msgspec

from gradviz.core.choices.settings import RECORDING_MB, Model, Training
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.shown.showing import Showing

#: The version of the JSON that is written; older ones are read too.
SCHEMA: Final = 1
SUFFIX: Final = ".gviz"
#: The way in which a graph runs: down, to the right, up, or to the left.
Flow: TypeAlias = Direction


class LessonPlace(msgspec.Struct, frozen=True, kw_only=True):
    """The step at which a lesson is.

    Attributes:
        name: The name of the lesson.
        step: The place of its step, from 0 on.
        source: The text of the lesson where it is a file of somebody's own, which whoever opens the
            session may not have; empty for one of the program's.
    """

    name: str
    step: int = 0
    source: str = ""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How a session is shown.

    Attributes:
        workspace: The id of the workspace; empty for that of the moment.
        showing: The groups that are open, and the rest of what is shown of the graph.
        names: Whether nodes have the names of the forward or of the backward pass.
        direction: The way in which the graph runs.
        cursor: The position of the walk; None where it is to begin.
        selected: The id of the chosen node, if there is one.
        step: The step of the training that is shown; None for the newest.
        lesson: The lesson that runs, if one does.
    """

    workspace: str = ""
    showing: Showing = Showing()
    names: NodeNames = "forward"
    direction: Flow = "TB"
    cursor: int | None = None
    selected: str | None = None
    step: int | None = None
    lesson: LessonPlace | None = None


class SavedSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session, but for its tensors.

    Attributes:
        schema: The version of this structure.
        written_by: The program and its version, for whoever reads the file.
        text: The text of the expression field.
        model: The model; `trusted` is the hash of the user's own file when the session was written.
            It is no trust: whoever opens the session asks for that anew.
        training: The optimizer, the scheduler and the loss, with their options.
        pace: The most steps a second; 0 is as many as can be.
        recording_mb: The memory for the tensors of a recording, in megabytes.
        kept: The title of the recording that is kept for comparison; the file has it, too.
        steps_done: How many steps of the training are done in all.
        view: How it is shown.
        state: The structure of the trained state, whose tensors are in the file beside it, as the
            engine wrote it; `null` for a model that has not been trained.
    """

    schema: int = SCHEMA
    written_by: str = ""
    text: str = ""
    model: Model
    training: Training
    pace: float = 0.0
    recording_mb: int = RECORDING_MB
    kept: str = ""
    steps_done: int = 0
    view: View = View()
    state: msgspec.Raw = msgspec.Raw(b"null")

    @property
    def trained(self) -> bool:
        """Tell whether the state of a training is kept."""
        return bytes(self.state) != b"null"


class StoredSession(NamedTuple):
    """A session as it is in a file, with its tensors as safetensors' bytes.

    `kept` is the recording that is kept for comparison, as a file of recordings; empty for none.
    """

    session: SavedSession
    tensors: bytes
    kept: bytes = b""


def names_session(text: str) -> bool:
    """Tell whether `text` is the name of a session file."""
    return text.strip().lower().endswith(SUFFIX)
