"""Moments of a training recalled: computed again exactly as they were, beside all that goes on."""

from msgspec.structs import replace

from gradviz.engine.failures import failure
from gradviz.engine.runs.run import Run, as_array
from gradviz.engine.training.trainer import Trainer
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import RecallStep
from gradviz.protocol.events import StepRecalled
from gradviz.protocol.moments import RecalledMoment, packed


def recalled(command: RecallStep, run: Run, trainer: Trainer) -> StepRecalled:
    """Report the moment after `command.step` steps; the run and its training stay as they are."""
    told = StepRecalled(
        run=command.run, number=command.number, step=command.step, future=trainer.future
    )
    try:
        with trainer.standing_at(command.step):
            moment = _moment(run, trainer, recorded=command.recorded)
    except BaseException as error:
        if not is_of_model(error):
            raise
        failed = failure(command.run, error)
        return replace(told, message=failed.message, hint=failed.hint)
    return replace(told, moment=packed(moment))


def _moment(run: Run, trainer: Trainer, *, recorded: bool) -> RecalledMoment:
    moment = RecalledMoment(
        step=trainer.step, loss=trainer.loss_now(), equation=run.model.equation()
    )
    if run.model.plotted and run.target is not None:
        curve = run.grid_prediction()
        moment = replace(
            moment,
            x=as_array(run.x),
            target=as_array(run.target),
            grid=as_array(run.x if run.grid is None else run.grid),
            curve=as_array(run.prediction() if curve is None else curve),
        )
    if recorded:
        _, recording = run.recording(trainer.step)
        moment = replace(moment, graph=recording.graph, trace=recording.trace)
    return moment
