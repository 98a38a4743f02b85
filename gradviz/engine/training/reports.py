"""What the machine reports of a run, put together as events."""

import numpy as np

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run, as_array
from gradviz.engine.training.image_reports import image_set
from gradviz.engine.training.trainer import Slice, Trainer
from gradviz.protocol.events import (
    DataChanged,
    FrameTrained,
    ModelBuilt,
    StepVisited,
    TrainingReset,
)


def built(number: int, run: Run, output: float, graph: Graph) -> ModelBuilt:
    """Report a run that stands, with the data to plot."""
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
        parameters=run.model.numbers(),
        output=output,
        equation=run.model.equation(),
        x=as_array(x) if run.model.plotted else None,
        target=as_array(run.target) if run.model.plotted and run.target is not None else None,
        prediction=_prediction(run) if prediction is None else as_array(prediction),
        shapes=shapes,
        own=run.model.own_parts(),
        images=image_set(run),
    )


def _prediction(run: Run) -> Array | None:
    return as_array(run.prediction()) if run.model.plotted else None


def frame(number: int, run: Run, trainer: Trainer, losses: list[float]) -> FrameTrained:
    """Report the state after the steps that had `losses` before them."""
    return FrameTrained(
        run=number,
        step=trainer.step,
        losses=Array.of(np.array(losses, dtype=np.float64)),
        prediction=_prediction(run),
        parameters=run.model.numbers(),
        equation=run.model.equation(),
        steps_per_second=trainer.steps_per_second,
        learning_rate=trainer.next_rate,
    )


def data_changed(number: int, run: Run, trainer: Trainer) -> DataChanged:
    """Report other data, with what the model makes of them."""
    if run.target is None:
        raise AssertionError("what is trained has a target")
    return DataChanged(
        run=number,
        model=run.settings,
        x=as_array(run.x),
        target=as_array(run.target),
        prediction=as_array(run.prediction()),
        first_prediction=as_array(trainer.first_prediction()),
    )


def reset(number: int, run: Run) -> TrainingReset:
    """Report the initial state."""
    return TrainingReset(
        run=number,
        parameters=run.model.numbers(),
        prediction=_prediction(run),
        equation=run.model.equation(),
    )


def visited(number: int, run: Run, trainer: Trainer) -> StepVisited:
    """Report the moment that is visited."""
    return StepVisited(
        run=number,
        step=trainer.step,
        newest=trainer.newest_step,
        loss=trainer.loss_now(),
        prediction=_prediction(run),
        parameters=run.model.numbers(),
        equation=run.model.equation(),
    )


def divergence(done: Slice, bad_step: int, trainer: Trainer, where: str) -> str:
    """Return what went wrong, where that shows, and what to do."""
    what = " ".join(filter(None, (f"The loss is {done.bad_loss} at step {bad_step}.", where)))
    if bad_step == 0:
        return f"{what} Nothing was trained. Try another seed, or change the model."
    return (
        f"{what} The weights are those of step {trainer.step}, the last with a finite loss."
        f" Try a smaller learning rate, such as {trainer.learning_rate / 10:g}."
    )


def first_not_finite(run: Run, recording: Recording) -> str:
    """Return which node of the backward pass first has a gradient that is not finite, and its line.

    Where none has, nothing is said.
    """
    for step in recording.trace.steps:
        gradients = (*step.grad_outputs, *step.grad_inputs)
        if any(gradient is not None and not gradient.finite for gradient in gradients):
            node = recording.graph.node[step.node]
            place = f"{node.op} ({node.label})" if node.label else node.op
            made = made_by(run, recording, node.id)
            line = f" It is made by {made}." if made else ""
            return f"In the backward pass {place} is the first that is not finite.{line}"
    return ""
