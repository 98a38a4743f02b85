"""`gradviz train`: a model fitted without a window."""

import argparse
from collections.abc import Iterable, Iterator
from typing import Final

from gradviz.cli.begun_runs import begun_run
from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.training_options import USUAL_STEPS, add_training
from gradviz.cli.output.losses_output import told_losses
from gradviz.cli.progress import ProgressBar
from gradviz.cli.terminal import DONE, FAILED, print_json, print_lines, say_error
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.export.strict_json import Json, json_line
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import (
    Event,
    FrameTrained,
    ImagesClassified,
    PlaneClassified,
    TrainingStopped,
)

_EXAMPLES: Final = (
    "gradviz train autograd --steps 2000 --seed 0 --json",
    'gradviz train "a sin(b x)" --target "cos(2x)" --noise 0.1 --init a=0.3',
    'gradviz train "a + b x" --data points.csv --dtype float64',
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "train", tr("fit a model to sin(x) or another target, or to a file"), _EXAMPLES
    )
    add_model(parser)
    add_training(parser)
    parser.add_argument(
        "--json", action="store_true", help=tr("print one JSON object a line, the result last")
    )
    parser.set_defaults(verb=_train)


def _train(options: argparse.Namespace) -> int:
    engine = Engine()
    begun = begun_run(engine, options, fitted=True)
    wanted = USUAL_STEPS if options.steps is None else options.steps
    # A number that does not work is refused as it was typed.
    steps = wanted + (begun.steps if wanted > 0 else 0)
    chosen = begun.trained(options, steps)
    events = engine.follow(StartTraining(RUN, chosen))
    return _report_training(events, begun.steps, chosen.steps, options.json)


def _report_training(events: Iterable[Event], begun: int, steps: int, as_json: bool) -> int:
    """Print the steps from `begun` on, up to `steps`, and the result."""
    frame: FrameTrained | None = None
    tested: ImagesClassified | None = None
    plane: PlaneClassified | None = None
    with ProgressBar(tr("training"), steps - begun) as progress:
        for event in events:
            match event:
                case FrameTrained():
                    frame = event
                    print_lines(*_loss_lines(frame, begun, steps, as_json))
                    progress.show(frame.step - begun)
                case ImagesClassified():
                    tested = event
                case PlaneClassified():
                    plane = event
                case TrainingStopped() if event.reason == "diverged":
                    say_error(event.message)
                    return FAILED
                case _:
                    pass  # Other events are for a window that follows the training.
    if frame is None:
        return FAILED
    if as_json:
        print_json(
            {
                "result": dict(frame.snapshot.parameters),
                "equation": frame.snapshot.equation,
                "steps_per_second": frame.steps_per_second,
                **({"correct": tested.correct, "tested": tested.tested} if tested else {}),
                **(_plane_json(plane) if plane else {}),
            }
        )
    else:
        print_lines(tr("Result: {equation}", equation=frame.snapshot.equation))
        if tested is not None:
            part = tested.correct / tested.tested
            told = tr(
                "Accuracy: {part:.1%} of {count} test images",
                part=part,
                count=counted(tested.tested),
            )
            print_lines(told)
        if plane is not None:
            learnt, held = plane.learnt / plane.learnt_of, plane.held / plane.held_of
            told = tr(
                "Accuracy: {learnt:.1%} of {points} points, and {held:.1%} of {others} that are "
                "held out",
                learnt=learnt,
                points=counted(plane.learnt_of),
                held=held,
                others=counted(plane.held_of),
            )
            print_lines(told)
    return DONE


def _plane_json(plane: PlaneClassified) -> dict[str, Json]:
    return {
        "correct": plane.learnt,
        "points": plane.learnt_of,
        "held_correct": plane.held,
        "held_out": plane.held_of,
    }


def _loss_lines(frame: FrameTrained, begun: int, steps: int, as_json: bool) -> Iterator[str]:
    losses = [float(loss) for loss in frame.losses.numpy()]
    # A short training that goes on from a long one is told as densely as one from the start.
    for place, loss in told_losses(losses, frame.step - len(losses) - begun, steps - begun):
        step = begun + place
        yield json_line({"step": step, "loss": loss}) if as_json else f"{step} {loss}"
