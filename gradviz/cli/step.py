"""`gradviz step`: one backward pass, step by step, before any training or after some of it."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gradviz.cli.arguments import (
    JSON_HELP,
    Parsers,
    add_model,
    add_optimizer,
    add_order,
    add_point,
    new_verb,
)
from gradviz.cli.failures import InputError
from gradviz.cli.machine import built_in, built_with, chosen_training, headline, model_of, trained
from gradviz.cli.output import DONE, FAILED, print_json, print_lines, say
from gradviz.core.optimizer_step import Buffer, OptimizerStep
from gradviz.core.tensors import TensorSummary
from gradviz.protocol.events import BackwardRecorded, StepExplained, TrainingStopped

if TYPE_CHECKING:
    from gradviz.engine.documents import Json

_MOST_STEPS: Final = 10_000_000


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "step", "print one backward pass, step by step")
    add_model(parser)
    add_point(parser)
    add_order(parser)
    parser.add_argument(
        "--at-step",
        type=int,
        default=0,
        metavar="N",
        help="train N steps first, and tell what the last of them did",
    )
    add_optimizer(parser)
    parser.add_argument(
        "--explain", action="store_true", help="say each step in plain words too (JSON always does)"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_step)


def _step(options: argparse.Namespace) -> int:
    from gradviz.engine.documents import step_document, step_lines
    from gradviz.engine.sums import sum_lines, sums_document

    if options.at_step:
        return _step_later(options)
    if any((options.lr, options.optimizer, options.loss, options.option, options.scheduler)):
        raise InputError("How it is trained matters after a step.", "Add --at-step N.")
    built, recorded = built_with(options)
    graph, trace = recorded.graph, recorded.trace
    if options.json:
        document = step_document(graph, trace, built.output)
        print_json({**document, "sums": sums_document(graph, trace)})
    else:
        print_lines(
            headline(built),
            *step_lines(graph, trace, explained=options.explain),
            *sum_lines(graph, trace),
        )
    return DONE


def _step_later(options: argparse.Namespace) -> int:
    from gradviz.engine.documents import step_document, step_lines
    from gradviz.engine.sums import sum_lines, sums_document

    reached = _trained(options)
    if reached.stopped.reason == "diverged":
        say(f"gradviz: {reached.stopped.message}")
        return FAILED
    graph, trace = reached.recorded.graph, reached.recorded.trace
    value = graph.node[graph.output].value
    loss = float("nan") if value is None or value.scalar is None else value.scalar
    if options.json:
        document = {**step_document(graph, trace, loss), "sums": sums_document(graph, trace)}
        print_json({**document, "at_step": trace.at_step, "optimizer": _document(reached.last)})
    else:
        print_lines(
            f"loss = {loss:.6g} after {trace.at_step} steps",
            *step_lines(graph, trace, explained=options.explain),
            *sum_lines(graph, trace),
        )
        print_lines(*_lines(reached.last))
    return DONE


class _Reached(NamedTuple):
    """Where a training stands: its backward pass, its last step, and why it stands."""

    recorded: BackwardRecorded
    last: OptimizerStep | None
    stopped: TrainingStopped


def _trained(options: argparse.Namespace) -> _Reached:
    from gradviz.engine.machine import Machine

    if options.at is not None:
        raise InputError("What is taken at a point is not trained.", "Leave out --at.")
    if not 0 < options.at_step <= _MOST_STEPS:
        raise InputError(f"There is no step {options.at_step}.", "Use a number from 0 on.")
    machine = Machine()
    model = msgspec.structs.replace(model_of(options), mode="fit")
    training = chosen_training(options, built_in(machine, model).training, options.at_step)
    recorded: BackwardRecorded | None = None
    last: OptimizerStep | None = None
    for event in trained(machine, training, model.source):
        match event:
            case BackwardRecorded():
                recorded = event
            case StepExplained():
                last = event.explained
            case TrainingStopped() if recorded is not None:
                return _Reached(recorded, last, event)
    raise AssertionError("a training stops and says why")


def _document(last: OptimizerStep | None) -> "Json":
    from gradviz.engine.documents import number, tensor

    if last is None:
        return None

    def buffer(value: Buffer) -> "Json":
        if isinstance(value, TensorSummary):
            return tensor(value)
        return value if isinstance(value, str) else number(value)

    return {
        "name": last.optimizer,
        "learning_rate": number(last.learning_rate),
        "loss": number(last.loss),
        "state": {name: buffer(value) for name, value in last.whole.items()},
        "parameters": {
            row.name: {
                "before": tensor(row.before),
                "gradient": tensor(row.gradient),
                "update": tensor(row.update),
                "after": tensor(row.after),
                "state": {name: buffer(value) for name, value in row.buffers.items()},
            }
            for row in last.parameters
        },
    }


def _lines(last: OptimizerStep | None) -> Iterator[str]:
    from gradviz.render.numbers import short, tensor_text

    if last is None:
        return

    def text(value: Buffer | None) -> str:
        if isinstance(value, TensorSummary):
            return tensor_text(value)
        return value if isinstance(value, str) else "none" if value is None else short(value)

    yield f"last step of {last.optimizer}, learning rate {last.learning_rate:g}:"
    for row in last.parameters:
        state = "".join(f"; {name} {text(value)}" for name, value in row.buffers.items())
        yield (
            f"  {row.name}: {text(row.before)} -> {text(row.after)}"
            f"; gradient {text(row.gradient)}; update {text(row.update)}{state}"
        )
    for name, value in last.whole.items():
        yield f"  {name}: {text(value)}"
