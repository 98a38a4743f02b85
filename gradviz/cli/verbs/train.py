"""`gradviz train`: a model fitted without a window."""

import argparse
from collections.abc import Iterable, Iterator

from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.options.model_options import add_model, fitted_model_of
from gradviz.cli.options.training_options import add_training, chosen_training
from gradviz.cli.output.losses_output import told_losses
from gradviz.cli.terminal import DONE, FAILED, print_json, print_lines, say
from gradviz.core.number_text import counted
from gradviz.export.strict_json import json_line
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import Event, FrameTrained, ImagesClassified, TrainingStopped


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "train", "fit a model to sin(x) or another target, or to a file")
    add_model(parser)
    add_training(parser)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a line, the result last"
    )
    parser.set_defaults(verb=_train)


def _train(options: argparse.Namespace) -> int:
    engine = Engine()
    built, _ = engine.build(fitted_model_of(options))
    chosen = chosen_training(options, built.training, options.steps)
    events = engine.follow(StartTraining(RUN, chosen))
    return _report_training(events, chosen.steps, options.json)


def _report_training(events: Iterable[Event], steps: int, as_json: bool) -> int:
    frame: FrameTrained | None = None
    tested: ImagesClassified | None = None
    for event in events:
        match event:
            case FrameTrained():
                frame = event
                print_lines(*_loss_lines(frame, steps, as_json))
            case ImagesClassified():
                tested = event
            case TrainingStopped() if event.reason == "diverged":
                say(f"gradviz: {event.message}")
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
            }
        )
    else:
        print_lines(f"Result: {frame.snapshot.equation}")
        if tested is not None:
            part = tested.correct / tested.tested
            print_lines(f"Accuracy: {part:.1%} of {counted(tested.tested)} test images")
    return DONE


def _loss_lines(frame: FrameTrained, steps: int, as_json: bool) -> Iterator[str]:
    losses = [float(loss) for loss in frame.losses.numpy()]
    for step, loss in told_losses(losses, frame.step - len(losses), steps):
        yield json_line({"step": step, "loss": loss}) if as_json else f"{step} {loss}"
