"""A session's training, told to be kept in a file, and taken up again from one."""

import io
import math
from collections.abc import Iterator

import numpy as np

from gradviz.core.choices.settings import Training
from gradviz.core.errors import DataError, GradvizError
from gradviz.core.findings.changes import Kept
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import tr
from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.captured.stored_passes import FILE_MB, shown_passes, stored_passes
from gradviz.engine.inspection.kept_recording import KeptRecording
from gradviz.engine.recording.memory_limit import BYTES_IN_MB
from gradviz.engine.recording.recording import Recording
from gradviz.engine.session import Session
from gradviz.engine.training.reports import first_snapshot, snapshot
from gradviz.engine.training.stored_training import Restored, restore, stored
from gradviz.protocol.commands import SaveState
from gradviz.protocol.events import StateRestored, StateSaved
from gradviz.protocol.training_state import TrainingState, parts_of
from gradviz.session_files.recordings import recording_in, write_recording


def state_saved(
    session: Session, asked: SaveState, kept: KeptRecording | None
) -> Iterator[StateSaved]:
    """Yield the state in parts; one event without a part where there is nothing to be kept."""
    number = asked.number
    if asked.kept and kept is not None:
        megabytes = min(FILE_MB, asked.most_bytes // BYTES_IN_MB)
        for part in parts_of(TrainingState(b"", _file_of(kept, megabytes))):
            yield StateSaved(run=session.number, number=number, step=0, part=part)
        return
    step = session.trainer.newest_step if session.run.mode == "fit" else 0
    if not step or asked.kept:
        yield StateSaved(run=session.number, number=number, step=0)
        return
    try:
        state = stored(session.trainer, session.run, asked.most_bytes)
    except DataError as error:
        yield StateSaved(run=session.number, number=number, step=step, problem=str(error))
        return
    for part in parts_of(state):
        yield StateSaved(run=session.number, number=number, step=step, part=part)


def state_restored(session: Session, state: TrainingState) -> StateRestored:
    """Let the training go on from a state, and report it; a problem is reported too."""
    run = session.run
    if run.mode != "fit":
        error = DataError(tr("There is nothing to train at a point, as there was in the session."))
        return _reported(session, Restored(np.empty(0), ()), error)
    try:
        restored = restore(session.trainer, run, state)
    except GradvizError as error:
        return _reported(session, Restored(np.empty(0), ()), error)
    return _reported(session, restored, None)


def kept_restored(state: TrainingState) -> KeptRecording:
    """Return the recording for comparison in a state; raises DataError where it is damaged."""
    stored = recording_in(state.tensors)
    shown = shown_passes(stored)[0]
    told = Kept(
        title=shown.title,
        graph=shown.recording.graph,
        trace=shown.recording.trace,
        left_out=stored.left_out,
    )
    return KeptRecording(told, shown.recording.tensors)


def _file_of(kept: KeptRecording, megabytes: int) -> bytes:
    """Return a kept recording as a file of it, without the tensors that would not fit."""
    told, written = kept.told, io.BytesIO()
    shown = Shown(Recording(told.graph, told.trace, kept.tensors), told.title, math.nan)
    write_recording(written, stored_passes(told.title, (shown,), megabytes))
    return written.getvalue()


def _reported(session: Session, restored: Restored, error: GradvizError | None) -> StateRestored:
    run = session.run
    trainer = session.trainer if run.mode == "fit" else None
    now = snapshot(run)
    training: Training = trainer.training if trainer else run.model.training
    return StateRestored(
        run=session.number,
        step=trainer.step if trainer else 0,
        losses=Array.of(restored.losses),
        training=training,
        snapshot=now,
        first=first_snapshot(run, trainer) if trainer else now,
        learning_rate=trainer.next_rate if trainer else 0.0,
        data_steps=trainer.history.data_steps if trainer else (),
        notes=restored.notes,
        problem=error.message if error else "",
        hint=error.hint if error else "",
    )
