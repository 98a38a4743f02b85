"""Session files as the window saves them, made by the machine behind it."""

from pathlib import Path
from typing import Any

import msgspec

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel, SaveState, StartTraining
from gradviz.protocol.events import ModelBuilt, StateSaved
from gradviz.protocol.training_state import StateParts
from gradviz.session_files.contents import SavedSession
from gradviz.session_files.writing import write_session

_RUN = 1


def saved_session(path: Path, model: Model, steps: int, **settings: Any) -> Path:
    """Train a model for so many steps, none for 0, and save it as a session.

    `settings` are fields of its training.
    """
    machine = Machine()
    built = next(e for e in machine.handle(BuildModel(_RUN, model)) if isinstance(e, ModelBuilt))
    chosen: Training = msgspec.structs.replace(built.training, steps=max(1, steps), **settings)
    session = SavedSession(text=model.source, model=built.model, training=chosen)
    tensors = b""
    if steps:
        list(machine.handle(StartTraining(_RUN, chosen)))
        while machine.busy:
            list(machine.advance())
        parts = StateParts()
        for event in machine.handle(SaveState(_RUN, 1)):
            if isinstance(event, StateSaved) and event.part is not None:
                parts.take(event.part)
        state = parts.state()
        tensors = state.tensors
        session = msgspec.structs.replace(
            session, state=msgspec.Raw(state.structure), steps_done=steps
        )
    with path.open("wb") as stream:
        write_session(stream, session, tensors)
    return path
