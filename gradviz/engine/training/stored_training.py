"""A training as it is kept in a session: so much of it that it goes on bit for bit."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import torch

from gradviz.core.choices.settings import Model, Training, with_data_of
from gradviz.core.errors import DataError, GradvizError
from gradviz.core.language.saying import tr
from gradviz.engine.data.targets import Data, ForgottenData
from gradviz.engine.optim.losses import loss_row
from gradviz.engine.runs.run import Run
from gradviz.engine.tensors.plain_state import Packer, Unpacker, UnstorableError, damaged
from gradviz.engine.training.history import Moment, SettingChange, StoredTraining, size_of
from gradviz.engine.training.stepper import StepMemory
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.training_state import MAXIMUM_STATE_BYTES, TrainingState

#: So many moments between the first and the newest are kept, from which steps are computed again,
#: and so much memory they may take.
_MOMENTS: Final = 8
_MOMENT_BYTES: Final = 32 * 2**20
#: A change of the settings: a whole training, a learning rate, or data.
_TRAINING, _RATE, _DATA = "training", "rate", "data"


class Restored(NamedTuple):
    """A training that goes on: the losses so far, and sentences about what is not as it was."""

    losses: np.ndarray[Any, np.dtype[np.float64]]
    notes: tuple[str, ...]


def stored(trainer: Trainer, run: Run, most_bytes: int = MAXIMUM_STATE_BYTES) -> TrainingState:
    """Return the state of a training, in plain data.

    Raises:
        DataError: it cannot be kept, or a moment of it takes more than `most_bytes`.
    """
    kept, packer = trainer.stored(), Packer()
    if size_of(kept.moments[-1]) > most_bytes:
        raise DataError(
            tr("The weights and the optimizer's memory are too large to be kept with the session."),
            tr("It is saved with its settings; its training begins anew."),
        )
    try:
        structure = {
            "names": list(run.model.parameters),
            "moments": [_packed_moment(packer, run, each) for each in _few(kept.moments)],
            "changes": [_packed_change(packer, each) for each in kept.changes],
            "losses": packer.pack(torch.from_numpy(kept.losses)),
            "stride": kept.stride,
            "steps": kept.moments[-1].step,
        }
    except UnstorableError as error:
        raise DataError(
            tr(
                "The training cannot be kept in a file: there is {thing} in its state.",
                thing=str(error),
            ),
            tr("The session is saved with its settings; its training begins anew."),
        ) from error
    return TrainingState(msgspec.json.encode(structure), packer.tensors())


def restore(trainer: Trainer, run: Run, state: TrainingState) -> Restored:
    """Let a training that has not begun go on from a state.

    Raises:
        DataError: it is damaged, or belongs to another model; the training is as it was.
    """
    try:
        fields = msgspec.json.decode(state.structure, type=dict[str, Any])
        _check_names(run, fields["names"])
        device = next(iter(run.model.parameters.values())).device
        unpacker = Unpacker(state.tensors, device)
        moments = [_moment(unpacker, run, each) for each in fields["moments"]]
        kept = StoredTraining(
            moments,
            [_change(unpacker, run, each) for each in fields["changes"]],
            unpacker.unpack(fields["losses"]).numpy().astype(np.float64),
            int(fields["stride"]),
        )
        _check(run, kept)
        moments[-1], notes = _with_present_data(run, moments[-1])
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise damaged() from error
    _take(trainer, kept)
    return Restored(np.repeat(kept.losses, kept.stride)[: moments[-1].step], notes)


def _take(trainer: Trainer, kept: StoredTraining) -> None:
    """Let the trainer go on from there; where it cannot, it stays as it was."""
    before = trainer.stored()
    try:
        trainer.take(kept)
    except Exception as error:
        # An optimizer says in many ways that a state is none of its own.
        trainer.take(before)
        if isinstance(error, GradvizError):
            raise
        raise damaged() from error


def _few(moments: Sequence[Moment]) -> Iterator[Moment]:
    """Yield the first and the last moment, and some between them, evenly."""
    first, between, last = moments[0], moments[1:-1], moments[-1]
    yield first
    if between:
        room = min(_MOMENTS, _MOMENT_BYTES // max(1, size_of(last)), len(between))
        for place in range(room):
            yield between[(place + 1) * len(between) // (room + 1)]
    if last is not first:
        yield last


def _packed_moment(packer: Packer, run: Run, moment: Moment) -> dict[str, Any]:
    memory = moment.memory
    return {
        "step": moment.step,
        "parameters": packer.pack(moment.parameters),
        "training": packer.pack(msgspec.to_builtins(moment.training)),
        "memory": packer.pack(list(memory) if isinstance(memory, StepMemory) else None),
        "rate": packer.pack(moment.learning_rate),
        "model": packer.pack(run.model.portable(moment.model)),
        "changes": moment.changes,
        "data": None if moment.data is None else _packed_data(packer, moment.data),
    }


def _packed_data(packer: Packer, data: Data | ForgottenData) -> dict[str, Any]:
    mark = data.fingerprint() if isinstance(data, Data) else data.fingerprint
    return {"settings": packer.pack(msgspec.to_builtins(data.settings)), "mark": mark.hex()}


def _packed_change(packer: Packer, change: SettingChange) -> dict[str, Any]:
    settings = change.settings
    if isinstance(settings, Training):
        kind, content = _TRAINING, packer.pack(msgspec.to_builtins(settings))
    elif isinstance(settings, Data | ForgottenData):
        kind, content = _DATA, _packed_data(packer, settings)
    else:
        kind, content = _RATE, packer.pack(settings)
    return {"step": change.step, "kind": kind, "content": content}


def _moment(unpacker: Unpacker, run: Run, packed: dict[str, Any]) -> Moment:
    training = msgspec.convert(unpacker.unpack(packed["training"]), Training)
    memory = unpacker.unpack(packed["memory"])
    model = run.model
    return Moment(
        step=int(packed["step"]),
        parameters=unpacker.unpack(packed["parameters"]),
        training=training,
        memory=None if memory is None else StepMemory(*memory),
        learning_rate=float(unpacker.unpack(packed["rate"])),
        loss=model.with_backward(loss_row(training.loss or model.loss, model.target)),
        data=_data(unpacker, run, packed["data"]),
        model=model.of_portable(unpacker.unpack(packed["model"])),
        changes=int(packed["changes"]),
    )


def _data(unpacker: Unpacker, run: Run, packed: dict[str, Any] | None) -> Data | ForgottenData:
    """Return the run's own data where they are these, else how they are made again."""
    if packed is None or run.data is None:
        raise damaged()
    settings = msgspec.convert(unpacker.unpack(packed["settings"]), Model)
    mark = bytes.fromhex(packed["mark"])
    # Whatever else a file says of the model, its data alone count.
    settings = with_data_of(run.settings, settings)
    same = settings == run.data.settings and mark == run.data.fingerprint()
    return run.data if same else ForgottenData(settings, mark)


def _change(unpacker: Unpacker, run: Run, packed: dict[str, Any]) -> SettingChange:
    content = packed["content"]
    settings: Training | float | Data | ForgottenData
    if packed["kind"] == _TRAINING:
        settings = msgspec.convert(unpacker.unpack(content), Training)
    elif packed["kind"] == _DATA:
        settings = _data(unpacker, run, content)
    else:
        settings = float(unpacker.unpack(content))
    return SettingChange(int(packed["step"]), settings)


def _check_names(run: Run, names: Sequence[str]) -> None:
    if list(names) != list(run.model.parameters):
        raise DataError(
            tr(
                "The model has other parameters than in the session, so that its training begins "
                "anew."
            ),
            tr("Put the file of the model back to what it was, and open the session again."),
        )


def _check(run: Run, kept: StoredTraining) -> None:
    """Raise DataError where shapes or numbers do not fit the model, or each other."""
    shapes = [(p.shape, p.dtype) for p in run.model.parameters.values()]
    for moment in kept.moments:
        found = [(p.shape, p.dtype) for p in moment.parameters]
        if len(found) == len(shapes) and found != shapes:
            raise DataError(
                tr(
                    "The parameters of the model have other shapes than in the session, so that "
                    "its training begins anew."
                ),
                tr("Put the file of the model back to what it was, and open the session again."),
            )
    steps = [moment.step for moment in kept.moments]
    last = kept.moments[-1]
    sound = (
        all(len(moment.parameters) == len(shapes) for moment in kept.moments)
        and steps[0] == 0
        and sorted(set(steps)) == steps
        and all(0 <= moment.changes <= len(kept.changes) for moment in kept.moments)
        and last.changes == len(kept.changes)
        and kept.stride > 0
        and kept.losses.ndim == 1
        and len(kept.losses) == -(-last.step // kept.stride)
    )
    if not sound:
        raise damaged()


def _with_present_data(run: Run, newest: Moment) -> tuple[Moment, tuple[str, ...]]:
    """Return the newest moment with data that can be had, and a sentence where they are others."""
    if not isinstance(newest.data, ForgottenData):
        return newest, ()
    try:
        return newest._replace(data=newest.data.again(run.data_of)), ()
    except GradvizError:
        told = tr(
            "The data have changed since the session was saved: it goes on with those of now."
        )
        return newest._replace(data=run.data), (told,)
