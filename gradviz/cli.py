"""The command line: opens the window, or does the engine's work without one.

Results go to standard output, messages to standard error. The exit code is 0 when all is done,
2 for input that cannot be used, 1 for what failed otherwise, 130 after Ctrl+C.

Each verb imports what it needs when it runs: the window's process never loads torch.
"""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from gradviz import __version__
from gradviz.core.catalogue import suited_rate
from gradviz.core.errors import ExpressionError, GradvizError, SettingError
from gradviz.core.options import parsed_options
from gradviz.core.settings import Model, Training
from gradviz.protocol.commands import BuildModel, StartTraining
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    Event,
    FrameTrained,
    ModelBuilt,
    TrainingStopped,
)

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

_DONE: Final = 0
_FAILED: Final = 1
_BAD_INPUT: Final = 2
_INTERRUPTED: Final = 130
_NOBODY_READS: Final = 141

_RUN: Final = 1
#: The tutorial prints the loss of every hundredth step.
_LOSS_EVERY: Final = 100

_DESCRIPTION: Final = """\
See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live.

  gradviz                  opens the window
  gradviz "EXPRESSION"     opens it on that expression
  gradviz VERB ...         works without a window"""
_EXAMPLES: Final = """\
examples:
  gradviz "5x^3 + 2x^2 + 4x + 8"
  gradviz graph "a + b x + c x^2 + d x^3" -o graph.svg
  gradviz step "5x^3 + 2x^2 + 4x + 8" --at 2 --json
  gradviz train autograd --steps 2000 --seed 0"""
_MODEL_HELP: Final = "an expression in quotes, or a model's name (see gradviz models)"
_JSON_HELP: Final = 'print JSON; numbers that are not finite are "NaN", "Infinity", "-Infinity"'

#: One minus sign with anything behind it but the short options, -h and -o.
_LOOKS_LIKE_OPTION: Final = re.compile(r"-(?!-|h$|o)")
_UNKNOWN_OPTION: Final = re.compile(r"--[a-z]{2}")

_Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_Verb = Callable[[argparse.Namespace], int]


class _InputError(GradvizError):
    """The value of an option cannot be used."""


class _RefusedError(Exception):
    """The engine could not do what `model` asks; `event` says why."""

    def __init__(self, event: CommandFailed, model: str) -> None:
        super().__init__(event.message)
        self.event = event
        self.model = model


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default that of the process) and return the exit code.

    Raises:
        SystemExit: after --help and --version, and with code 2 for options that do not fit.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a sign shows a question mark instead.
        sys.stdout.reconfigure(errors="replace")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except _RefusedError as error:
        return _refusal(error.event, error.model)
    except GradvizError as error:
        _say(f"gradviz: {error}")
        return _BAD_INPUT if isinstance(error, _InputError) else _FAILED
    except BrokenPipeError:
        # Python would complain once more when it flushes the closed pipe at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _run(given: list[str]) -> int:
    parser, verbs = _parsers()
    if given and (given[0] in verbs.choices or given[0] in ("-h", "--help", "--version")):
        options = parser.parse_args([given[0], *_models_kept(given[1:])])
        verb: _Verb = options.verb
        return verb(options)
    if given and _UNKNOWN_OPTION.match(given[0]):
        parser.error(f"there is no option {given[0]}")
    if len(given) > 1:
        parser.error(f"one expression in quotes is expected, not {len(given)} words")
    return _open_window(given[0] if given else None)


def _models_kept(given: list[str]) -> list[str]:
    """Return the arguments so that an expression such as `-x` is not taken for an option."""
    return [f" {word}" if _LOOKS_LIKE_OPTION.match(word) else word for word in given]


def _open_window(expression: str | None) -> int:
    from gradviz.app import run

    return run(expression)


def _graph(options: argparse.Namespace) -> int:
    from gradviz.engine.documents import graph_document, graph_lines

    if options.output is not None:
        return _write_graph(options)
    built, recorded = _built(options)
    if options.json:
        _print_json(graph_document(recorded.graph, built.output))
    else:
        _print(_headline(built), *graph_lines(recorded.graph))
    return _DONE


def _write_graph(options: argparse.Namespace) -> int:
    from gradviz.export import EXPORTERS, write_graph

    if options.output.suffix.lower() not in EXPORTERS:
        raise _InputError(
            f"{options.output} does not end in the name of a format.",
            f"Use one of {', '.join(EXPORTERS)}.",
        )
    _, recorded = _built(options)
    last = len(recorded.trace.steps)
    if not 0 <= options.after <= last:
        raise _InputError(f"There is no step {options.after}.", f"Use a number from 0 to {last}.")
    write_graph(recorded.graph, options.output, trace=recorded.trace, cursor=options.after)
    _say(f"gradviz: wrote {options.output}")
    return _DONE


def _step(options: argparse.Namespace) -> int:
    from gradviz.engine.documents import step_document, step_lines

    built, recorded = _built(options)
    if options.json:
        _print_json(step_document(recorded.graph, recorded.trace, built.output))
    else:
        _print(_headline(built), *step_lines(recorded.graph, recorded.trace))
    return _DONE


def _train(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    machine = Machine()
    model = Model(
        source=options.model.strip(), mode="fit", seed=options.seed, device=options.device
    )
    training: Training | None = None
    for event in _accepted(machine.handle(BuildModel(_RUN, model)), model.source):
        if isinstance(event, ModelBuilt):
            training = event.training
    if training is None:
        return _FAILED
    chosen = _chosen(options, training)
    return _report_training(_trained(machine, chosen, model.source), options.json)


def _chosen(options: argparse.Namespace, suited: Training) -> Training:
    """Return the training that the options ask for, `suited` where they say nothing."""
    from gradviz.engine.optimizers import optimizer_row

    name = options.optimizer or suited.optimizer
    try:
        entry = optimizer_row(name).entry
        parsed = parsed_options(entry.options, options.option)
    except SettingError as error:
        raise _InputError(error.message, error.hint) from error
    rate = suited.learning_rate
    if name == suited.optimizer:
        parsed = {**suited.options, **parsed}
    else:
        rate = suited_rate(entry, (optimizer_row(suited.optimizer).entry, rate))
    return Training(
        optimizer=name,
        learning_rate=rate if options.lr is None else options.lr,
        steps=options.steps,
        options=parsed,
        loss=options.loss,
    )


def _trained(machine: "Machine", training: Training, source: str) -> Iterator[Event]:
    yield from _accepted(machine.handle(StartTraining(_RUN, training)), source)
    while machine.training:
        yield from _accepted(machine.advance(), source)


def _report_training(events: Iterable[Event], as_json: bool) -> int:
    frame: FrameTrained | None = None
    for event in events:
        match event:
            case FrameTrained():
                frame = event
                _print(*_loss_lines(frame, as_json))
            case TrainingStopped() if event.reason == "diverged":
                _say(f"gradviz: {event.message}")
                return _FAILED
    if frame is None:
        return _FAILED
    if as_json:
        _print_json(
            {
                "result": dict(frame.parameters),
                "equation": frame.equation,
                "steps_per_second": frame.steps_per_second,
            }
        )
    else:
        _print(f"Result: {frame.equation}")
    return _DONE


def _loss_lines(frame: FrameTrained, as_json: bool) -> Iterator[str]:
    """Yield the losses of every hundredth step; the first step is number 0, as in the tutorial."""
    losses = [float(loss) for loss in frame.losses.numpy()]
    for step, loss in enumerate(losses, start=frame.step - len(losses)):
        if step % _LOSS_EVERY == _LOSS_EVERY - 1:
            yield json.dumps({"step": step, "loss": loss}) if as_json else f"{step} {loss}"


def _models(options: argparse.Namespace) -> int:
    from gradviz.engine.catalogue import catalogue

    models = catalogue().models
    if options.json:
        _print_json(msgspec.to_builtins(models))
    else:
        _print(*(f"{model.name:10} {model.summary}" for model in models))
    return _DONE


def _devices(options: argparse.Namespace) -> int:
    from gradviz.engine.devices import devices

    if options.json:
        _print_json([{"name": device.name, "title": device.title} for device in devices()])
    else:
        _print(*(f"{device.name:10} {device.title}" for device in devices()))
    return _DONE


def _optimizers(options: argparse.Namespace) -> int:
    from gradviz.engine.optimizers import OPTIMIZERS

    entries = [row.entry for row in OPTIMIZERS]
    if options.json:
        _print_json(msgspec.to_builtins(entries))
    else:
        for entry in entries:
            _print(f"{entry.name:10} {entry.title}")
            _print(*(f"{'':12}{o.name}={o.default:g}   {o.allowed}" for o in entry.options))
    return _DONE


def _built(options: argparse.Namespace) -> tuple[ModelBuilt, BackwardRecorded]:
    """Build the model in a machine of this process, and stop when its graph is known."""
    from gradviz.engine.machine import Machine

    model = Model(
        source=options.model.strip(),
        mode=None if options.at is None else "point",
        at=2.0 if options.at is None else options.at,
        seed=options.seed,
        device=options.device,
    )
    built: ModelBuilt | None = None
    for event in _accepted(Machine().handle(BuildModel(_RUN, model)), model.source):
        if isinstance(event, ModelBuilt):
            built = event
        elif isinstance(event, BackwardRecorded) and built is not None:
            return built, event
    raise AssertionError("a machine builds or says why not")


def _accepted(events: Iterable[Event], model: str) -> Iterator[Event]:
    """Yield the events; raise _RefusedError when one of them says that nothing was done."""
    for event in events:
        if isinstance(event, CommandFailed):
            raise _RefusedError(event, model)
        yield event


def _refusal(event: CommandFailed, model: str) -> int:
    """Write what the engine could not do; details mean that it was not the input's fault."""
    if event.details:
        _say(event.details.rstrip())
    if event.subject == "expression":
        place = ExpressionError("", text=model, position=event.position, length=event.length)
        _say(place.caret())
    _say(f"gradviz: {event.message} {event.hint}".rstrip())
    return _FAILED if event.details else _BAD_INPUT


def _headline(built: ModelBuilt) -> str:
    return f"{'loss' if built.mode == 'fit' else 'y'} = {built.output:.6g}"


def _print(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    # A reader of the losses wants each as it comes.
    sys.stdout.flush()


def _print_json(value: "Json") -> None:
    _print(json.dumps(value, allow_nan=False))


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def _parsers() -> tuple[argparse.ArgumentParser, _Parsers]:
    parser = argparse.ArgumentParser(
        prog="gradviz",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"gradviz {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_graph(verbs)
    _add_step(verbs)
    _add_train(verbs)
    _add_list(verbs, "models", "list the ready-made models", _models)
    _add_list(verbs, "optimizers", "list the optimizers and their options", _optimizers)
    _add_list(verbs, "devices", "list the devices that torch offers here", _devices)
    return parser, verbs


def _add_graph(verbs: _Parsers) -> None:
    parser = _verb(verbs, "graph", "print the graph that PyTorch built, or write it to a file")
    _add_model(parser)
    _add_point(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write to FILE.svg, .png, .pdf, .dot or .json; a file of that name is replaced",
    )
    parser.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="N",
        help="with -o: show the gradients after N steps of the backward pass (default 0)",
    )
    parser.add_argument("--json", action="store_true", help=_JSON_HELP)
    parser.set_defaults(verb=_graph)


def _add_step(verbs: _Parsers) -> None:
    parser = _verb(verbs, "step", "print one backward pass, step by step")
    _add_model(parser)
    _add_point(parser)
    parser.add_argument("--json", action="store_true", help=_JSON_HELP)
    parser.set_defaults(verb=_step)


def _add_train(verbs: _Parsers) -> None:
    parser = _verb(verbs, "train", "fit a model to sin(x) on 2,000 points from -pi to pi")
    _add_model(parser)
    parser.add_argument("--steps", type=int, default=2000, metavar="N", help="default 2000")
    parser.add_argument(
        "--lr", type=float, metavar="RATE", help="learning rate (default: what suits the model)"
    )
    parser.add_argument(
        "--optimizer",
        metavar="NAME",
        help="see gradviz optimizers (default: what suits the model)",
    )
    parser.add_argument("--loss", default="", metavar="NAME", help='such as "L1Loss, mean"')
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a hyperparameter of the optimizer, such as betas=0.9,0.99; may be repeated",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a line, the result last"
    )
    parser.set_defaults(verb=_train)


def _add_list(verbs: _Parsers, name: str, purpose: str, verb: _Verb) -> None:
    parser = _verb(verbs, name, purpose)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(verb=verb)


def _verb(verbs: _Parsers, name: str, purpose: str) -> argparse.ArgumentParser:
    return verbs.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL", help=_MODEL_HELP)
    parser.add_argument("--device", default="cpu", help="default cpu (see gradviz devices)")
    parser.add_argument(
        "--seed", type=int, default=0, help="the seed of the parameters' initial values, default 0"
    )


def _add_point(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        type=float,
        metavar="X",
        help="take the gradient at this x; without it, what has parameters is fitted to sin(x), "
        "and the gradient of anything else is taken at 2",
    )
