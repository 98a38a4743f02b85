"""`gradviz step`: one backward pass, step by step, before any training or after some of it."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from gradviz.cli.machine import (
    RUN,
    accepted,
    built_in,
    built_with,
    chosen_training,
    headline,
    model_of,
    trained,
)
from gradviz.cli.missing import missing_document, missing_lines
from gradviz.cli.output import DONE, FAILED, print_json, print_lines, say
from gradviz.cli.source import source_document, source_lines, sources_in
from gradviz.core.findings.optimizer_step import Buffer, OptimizerStep
from gradviz.core.findings.rule import Rule
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.protocol.commands import AskRules
from gradviz.protocol.events import BackwardRecorded, RulesFound, StepExplained, TrainingStopped

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

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
    parser.add_argument(
        "--rules",
        action="store_true",
        help="print each step's formula with its numbers in it (JSON always does)",
    )
    parser.add_argument(
        "--source", action="store_true", help="print the line of Python that made each node"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_step)


def _step(options: argparse.Namespace) -> int:
    told = _trained(options) if options.at_step else _built(options)
    if told.diverged:
        say(f"gradviz: {told.diverged}")
        return FAILED
    if options.json:
        document: dict[str, Json] = {}
        for section in _SECTIONS:
            document |= section.document(told)
        print_json(document)
    else:
        print_lines(told.headline)
        for section in _SECTIONS:
            print_lines(*section.lines(told))
    return DONE


class Told(NamedTuple):
    """What is printed: a recorded pass, and the machine that can be asked about it.

    Attributes:
        output: The value from which backward started.
        last: What the last step of the training did; None before any training.
        trained: Whether the pass was taken after some training.
        diverged: Why there is no pass to print; empty where there is one.
    """

    options: argparse.Namespace
    machine: "Machine"
    recorded: BackwardRecorded
    headline: str
    output: float
    last: OptimizerStep | None = None
    trained: bool = False
    diverged: str = ""


class Section(NamedTuple):
    """A part of what is printed: keys of the document, and lines for a terminal."""

    document: "Callable[[Told], dict[str, Json]]"
    lines: Callable[[Told], Iterable[str]]


def _built(options: argparse.Namespace) -> Told:
    from gradviz.engine.machine import Machine

    if any((options.lr, options.optimizer, options.loss, options.option, options.scheduler)):
        raise InputError("How it is trained matters after a step.", "Add --at-step N.")
    machine = Machine()
    built, recorded = built_with(options, machine)
    return Told(options, machine, recorded, headline(built), built.output)


def _trained(options: argparse.Namespace) -> Told:
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
                return _stopped(options, machine, recorded, last, event)
    raise AssertionError("a training stops and says why")


def _stopped(
    options: argparse.Namespace,
    machine: "Machine",
    recorded: BackwardRecorded,
    last: OptimizerStep | None,
    stopped: TrainingStopped,
) -> Told:
    graph, steps = recorded.graph, recorded.trace.at_step
    value = graph.node[graph.output].value
    loss = float("nan") if value is None or value.scalar is None else value.scalar
    return Told(
        options,
        machine,
        recorded,
        f"loss = {loss:.6g} after {steps} steps",
        loss,
        last,
        trained=True,
        diverged=stopped.message if stopped.reason == "diverged" else "",
    )


def _steps_document(told: Told) -> "dict[str, Json]":
    from gradviz.engine.documents import step_document
    from gradviz.engine.rule_documents import rule_document

    graph, trace = told.recorded.graph, told.recorded.trace
    rules = {node: rule_document(rule, graph) for node, rule in _rules(told).items()}
    return step_document(graph, trace, told.output, rules=rules)


def _steps_lines(told: Told) -> Iterable[str]:
    from gradviz.engine.documents import step_lines
    from gradviz.engine.rule_documents import rule_lines

    graph, trace = told.recorded.graph, told.recorded.trace
    rules = {node: tuple(rule_lines(rule, graph)) for node, rule in _rules(told).items()}
    return step_lines(graph, trace, explained=told.options.explain, rules=rules)


def _rules(told: Told) -> Mapping[str, Rule]:
    """Return the rules of all nodes, where they are wanted: they take a pass of their own."""
    if not (told.options.rules or told.options.json):
        return {}
    question = AskRules(run=RUN, recording=told.recorded.recording)
    answers = accepted(told.machine.handle(question), told.options.model)
    return next(answer.rules for answer in answers if isinstance(answer, RulesFound))


def _missing_document(told: Told) -> "dict[str, Json]":
    return missing_document(told.machine, told.recorded, told.options.model)


def _missing_lines(told: Told) -> Iterable[str]:
    return missing_lines(told.machine, told.recorded, told.options.model)


def _sums_document(told: Told) -> "dict[str, Json]":
    from gradviz.engine.sums import sums_document

    return {"sums": sums_document(told.recorded.graph, told.recorded.trace)}


def _sums_lines(told: Told) -> Iterable[str]:
    from gradviz.engine.sums import sum_lines

    return sum_lines(told.recorded.graph, told.recorded.trace)


def _optimizer_document(told: Told) -> "dict[str, Json]":
    if not told.trained:
        return {}
    return {"at_step": told.recorded.trace.at_step, "optimizer": _document(told.last)}


def _optimizer_lines(told: Told) -> Iterable[str]:
    return _lines(told.last)


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


def _source_document(told: Told) -> "dict[str, Json]":
    if not told.options.source:
        return {}
    sources = sources_in(told.machine, told.recorded)
    return {"source": source_document(sources, told.recorded)}


def _source_lines(told: Told) -> Iterable[str]:
    if not told.options.source:
        return ()
    return source_lines(sources_in(told.machine, told.recorded), told.recorded)


#: What is printed, in this order.
_SECTIONS: Final = (
    Section(_steps_document, _steps_lines),
    Section(_missing_document, _missing_lines),
    Section(_sums_document, _sums_lines),
    Section(_optimizer_document, _optimizer_lines),
    Section(_source_document, _source_lines),
)
