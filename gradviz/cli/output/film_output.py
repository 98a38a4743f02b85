"""A moving picture of a model: it is trained or run backwards once, and drawn frame by frame."""

import argparse
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from msgspec.structs import replace

from gradviz.cli.begun_runs import FreshRun, fresh_run
from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.animation_options import film_size
from gradviz.cli.options.showing_options import showing_of
from gradviz.cli.progress import ProgressBar
from gradviz.cli.recorded_pass import built_pass
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, FAILED, note, say
from gradviz.core.choices.settings import Training, checked_steps
from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import USUAL_RATES, Film, every_nth, film_of_training
from gradviz.export.moving.making import check_film, write_film
from gradviz.protocol.commands import RecallStep, StartTraining
from gradviz.protocol.events import FrameTrained, StepRecalled, TrainingStopped
from gradviz.protocol.moments import RecalledMoment, unpacked

_NO_GRAPH: Final = Graph(nodes=(), edges=(), output="")


class _Trained(NamedTuple):
    """A training that is over: its losses before each step, and whether it diverged."""

    losses: list[float]
    diverged: bool


def write_animation(options: argparse.Namespace) -> int:
    """Write the moving picture that the options ask for; return the exit code.

    Raises:
        GradvizError: the options do not go together, or the file could not be written.
    """
    wanted = Film(
        subject=options.animate,
        steps=(0,),
        size=film_size(options.size),
        rate=USUAL_RATES[options.animate] if options.fps is None else options.fps,
        parts=options.parts,
        title=options.model.strip(),
        direction=options.drawn_direction,
    )
    run = fresh_run(options, fitted=True) if wanted.subject == "train" else None
    # Whoever has made a mistake hears of it before anything is trained.
    try:
        check_film(options.output, wanted, GraphFigure(graph=_NO_GRAPH))
        if run is not None:
            every_nth(checked_steps(run.steps(options)), options.every)
    except ExportError as error:
        raise InputError(error.message, error.hint) from error
    if run is None:
        return _write_backward(options, wanted)
    return _write_training(options, wanted, run)


def _write_training(options: argparse.Namespace, wanted: Film, run: FreshRun) -> int:
    engine = Engine()
    built, _ = engine.build(run.model)
    training = run.trained(options, built.training)
    trained = _train(engine, training)
    film = film_of_training(
        wanted,
        built,
        np.array(trained.losses),
        every_nth(len(trained.losses), options.every),
    )
    figure = GraphFigure(graph=built.graph, showing=showing_of(built.graph, options))
    with ProgressBar(tr("drawing")) as progress:
        write_film(
            options.output, film, figure, _moments(engine, film), progress.show, waiting=True
        )
    _tell_frames(options, film)
    return FAILED if trained.diverged else DONE


def _write_backward(options: argparse.Namespace, wanted: Film) -> int:
    if any((options.lr, options.optimizer, options.option, options.scheduler)):
        raise InputError(tr("How it is trained matters for --animate train."), tr("Leave it out."))
    recorded = built_pass(Engine(), options)
    film = replace(wanted, steps=every_nth(len(recorded.trace.steps), options.every))
    figure = GraphFigure(
        graph=recorded.graph,
        trace=recorded.trace,
        showing=showing_of(recorded.graph, options),
    )
    with ProgressBar(tr("drawing")) as progress:
        write_film(options.output, film, figure, on_frame=progress.show, waiting=True)
    _tell_frames(options, film)
    return DONE


def _tell_frames(options: argparse.Namespace, film: Film) -> None:
    count = len(film.steps)
    told = tr_n(
        "wrote {path}, {shown} frames",
        "wrote {path}, {shown} frame",
        count,
        path=options.output,
        shown=counted(count),
    )
    note(f"gradviz: {told}")


def _train(engine: Engine, training: Training) -> _Trained:
    losses: list[float] = []
    diverged = False
    with ProgressBar(tr("training")) as progress:
        for event in engine.follow(StartTraining(RUN, training)):
            match event:
                case FrameTrained():
                    losses += [float(loss) for loss in event.losses.numpy()]
                    progress.show(event.step, training.steps)
                case TrainingStopped() if event.reason == "diverged":
                    say(f"gradviz: {event.message}")
                    losses, diverged = losses[: event.step], True
                case _:
                    pass  # Other events are for a window that follows the training.
    return _Trained(losses, diverged)


def _moments(engine: Engine, film: Film) -> Iterator[RecalledMoment]:
    for number, step in enumerate(film.steps):
        command = RecallStep(run=RUN, number=number, step=step, recorded=film.with_graph)
        event = engine.event(command, StepRecalled)
        if event.message:
            raise ExportError(event.message, event.hint)
        yield unpacked(event.moment)
