"""The events that report a run: built, trained, reset, visited."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec
import numpy as np
import torch

from gradviz.core.findings.non_finite import Origin, first_non_finite
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.number_text import short
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run, as_array
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.training.image_reports import image_set
from gradviz.engine.training.plane_reports import plane_set
from gradviz.engine.training.step_loop import Slice
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.events import (
    DataChanged,
    FrameTrained,
    ModelBuilt,
    StepVisited,
    TrainingReset,
)


def built(number: int, run: Run, output: float, graph: Graph) -> ModelBuilt:
    """Report a run that was built, with the data to plot."""
    curve = run.mode == "point" and run.model.plotted
    x, prediction = run.curve() if curve else (run.x, None)
    shapes = run.shapes()
    return ModelBuilt(
        run=number,
        model=run.settings,
        mode=run.mode,
        modes=run.modes,
        graph=graph,
        training=run.model.training,
        snapshot=snapshot(run, prediction),
        output=output,
        x=as_array(x) if run.model.plotted else None,
        target=as_array(run.target) if run.model.plotted and run.target is not None else None,
        grid=_as_array(run.grid),
        shapes=shapes,
        own=run.model.own_parts(),
        images=image_set(run),
        plane=plane_set(run),
        inputs=run.point,
        notes=run.model.notes(run.x),
        entries=run.entries,
    )


def snapshot(run: Run, prediction: torch.Tensor | None = None) -> Snapshot:
    """Return the model at this moment, with its own prediction unless another is given."""
    if prediction is None and run.model.plotted:
        prediction = run.prediction()
    return Snapshot(
        parameters=run.model.numbers(),
        equation=run.model.equation(),
        prediction=None if prediction is None else as_array(prediction),
        curve=_as_array(run.grid_prediction()),
        entries=as_array(run.entry_values()) if run.entries else None,
    )


def frame(
    number: int, run: Run, trainer: Trainer, losses: list[float], speed: float | None = None
) -> FrameTrained:
    """Report the state after the steps that had `losses` before them.

    `speed` is that of a training which is slowed, in steps a second; else it is the trainer's.
    """
    return FrameTrained(
        run=number,
        step=trainer.step,
        losses=Array.of(np.array(losses, dtype=np.float64)),
        snapshot=snapshot(run),
        steps_per_second=trainer.steps_per_second if speed is None else speed,
        learning_rate=trainer.next_rate,
        data_steps=trainer.history.data_steps,
    )


def data_changed(number: int, run: Run, trainer: Trainer) -> DataChanged:
    """Report other data, with the model's predictions for them."""
    if run.target is None:
        raise AssertionError("what is trained has a target")
    first, first_curve = trainer.first_predictions()
    return DataChanged(
        run=number,
        model=run.settings,
        x=as_array(run.x),
        target=as_array(run.target),
        prediction=as_array(run.prediction()),
        first_prediction=as_array(first),
        grid=_as_array(run.grid),
        curve=_as_array(run.grid_prediction()),
        first_curve=_as_array(first_curve),
        data_steps=trainer.history.data_steps,
    )


def _as_array(tensor: torch.Tensor | None) -> Array | None:
    return None if tensor is None else as_array(tensor)


def reset(number: int, run: Run) -> TrainingReset:
    """Report the initial state."""
    return TrainingReset(
        run=number,
        snapshot=snapshot(run),
    )


def first_snapshot(run: Run, trainer: Trainer) -> Snapshot:
    """Return the predictions of the initial weights; the numbers are those of now."""
    now = snapshot(run)
    if not run.model.plotted:
        return now
    prediction, curve = trainer.first_predictions()
    return msgspec.structs.replace(now, prediction=as_array(prediction), curve=_as_array(curve))


def visited(number: int, run: Run, trainer: Trainer) -> StepVisited:
    """Report the moment that is visited."""
    return StepVisited(
        run=number,
        step=trainer.step,
        newest=trainer.newest_step,
        loss=trainer.loss_now(),
        snapshot=snapshot(run),
        data_steps=trainer.history.data_steps,
    )


class FirstNonFinite(NamedTuple):
    """The node that made the first number that is not finite, with its name and its line."""

    origin: Origin
    place: str
    line: str


def first_not_finite(run: Run, recording: Recording) -> FirstNonFinite | None:
    """Return the node that made the number that spoils a pass, and its line; None if none did."""
    origin = first_non_finite(recording.graph, recording.trace)
    if origin is None:
        return None
    node = recording.graph.node[origin.node]
    place = f"{node.op} ({node.label})" if node.label else node.op
    return FirstNonFinite(origin, place, made_by(RunReplay(run), recording, node.id))


def divergence(done: Slice, bad_step: int, trainer: Trainer, found: FirstNonFinite | None) -> str:
    """Return the words for a step that cannot be done: the step, the node and the remedy."""
    told = (_stop(done, bad_step), *_where(found), _weights(done, bad_step, trainer))
    return sentences((*told, _remedy(bad_step, trainer, found)))


def _stop(done: Slice, bad_step: int) -> str:
    fault = done.fault
    if fault is None:
        return tr("The loss is {loss} at step {step}.", loss=done.bad_loss, step=bad_step)
    if fault.kind == "gradient":
        return tr(
            "The gradient of {parameter} is not finite at step {step}, though the loss is: {loss}.",
            parameter=fault.name,
            step=bad_step,
            loss=short(fault.loss),
        )
    return tr(
        "The update of step {step} makes the parameter {parameter} not finite, though its gradient "
        "and the loss are.",
        step=bad_step,
        parameter=fault.name,
    )


#: Where the first number that is not finite was made, by whether that was in the forward pass, and
#: whether a reason is known.
_FIRST: Final[Mapping[tuple[bool, bool], str]] = {
    (True, False): marked("In the forward pass {node} is the first that is not finite."),
    (True, True): marked("In the forward pass {node} is the first that is not finite: {reason}."),
    (False, False): marked("In the backward pass {node} is the first that is not finite."),
    (False, True): marked("In the backward pass {node} is the first that is not finite: {reason}."),
}


def _where(found: FirstNonFinite | None) -> Iterator[str]:
    if found is None:
        return
    origin = found.origin
    yield tr(_FIRST[origin.forward, bool(origin.reason)], node=found.place, reason=origin.reason)
    if found.line:
        yield tr("It is made by {line}.", line=found.line)


def _weights(done: Slice, bad_step: int, trainer: Trainer) -> str:
    if bad_step == 0:
        return tr("Nothing was trained.")
    if done.fault is None:
        return tr(
            "The weights are those of step {step}, the last with a finite loss.", step=trainer.step
        )
    return tr("The weights are those of step {step}, which are finite.", step=trainer.step)


def _remedy(bad_step: int, trainer: Trainer, found: FirstNonFinite | None) -> str:
    """Return the advice: smaller steps only where steps were made, and made the numbers grow."""
    hint = found.origin.hint if found is not None else ""
    if bad_step == 0:
        return hint or (tr("Try another seed, or change the model.") if found is None else "")
    if found is None or found.origin.overflow or trainer.history.losses.grew:
        return tr(
            "Try a smaller learning rate, such as {rate}.", rate=short(trainer.learning_rate / 10)
        )
    return hint
