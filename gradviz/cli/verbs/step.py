"""`gradviz step`: one backward pass, step by step, before any training or after some of it."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.order_options import add_order
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_optimizer
from gradviz.cli.output.graph_output import pass_json, pass_lines
from gradviz.cli.output.missing_output import (
    known_missing,
    missing_json,
    missing_lines,
    untrained_lines,
)
from gradviz.cli.output.optimizer_output import optimizer_json, optimizer_lines
from gradviz.cli.output.rules_output import rule_lines
from gradviz.cli.output.source_output import source_json, source_lines, sources_in
from gradviz.cli.output.sums_output import sum_lines, sums_json
from gradviz.cli.recorded_pass import RecordedPass, recorded_pass
from gradviz.cli.terminal import DONE, FAILED, print_json, print_lines
from gradviz.core.findings.rule import Rule
from gradviz.core.language.saying import tr
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import FindRules, RulesFound

_EXAMPLES: Final = (
    'gradviz step "5x^3 + 2x^2 + 4x + 8" --at 2 --json',
    'gradviz step "x y + sin(z)" --at x=2,y=3,z=1',
    'gradviz step "a x + b" --explain --rules',
    "gradviz step optim --at-step 300",
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "step", tr("print one backward pass, step by step"), _EXAMPLES)
    add_model(parser)
    add_point(parser)
    add_order(parser)
    parser.add_argument(
        "--at-step",
        type=int,
        default=0,
        metavar="N",
        help=tr("train N steps first, and tell what the last of them did"),
    )
    add_optimizer(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help=tr("say each step in plain words too (JSON always does)"),
    )
    parser.add_argument(
        "--rules",
        action="store_true",
        help=tr("print each step's formula with its numbers in it (JSON always does)"),
    )
    parser.add_argument(
        "--source", action="store_true", help=tr("print the line of Python that made each node")
    )
    add_json(parser)
    parser.set_defaults(verb=_step)


def _step(options: argparse.Namespace) -> int:
    engine = Engine()
    told = Told(options, engine, recorded_pass(engine, options))
    if told.recorded.diverged:
        return FAILED
    if options.json:
        document: dict[str, Json] = {}
        for section in _SECTIONS:
            document |= section.json(told)
        print_json(document)
    else:
        print_lines(told.recorded.headline)
        for section in _SECTIONS:
            print_lines(*section.lines(told))
    return DONE


class Told(NamedTuple):
    """A recorded pass that is printed, and the engine that answers questions about it."""

    options: argparse.Namespace
    engine: Engine
    recorded: RecordedPass


class Section(NamedTuple):
    """A part of the output: fields of the document, and lines for a terminal."""

    json: Callable[[Told], dict[str, Json]]
    lines: Callable[[Told], Iterable[str]]


def _pass_json(told: Told) -> dict[str, Json]:
    recorded = told.recorded
    document = pass_json(recorded.graph, recorded.trace, recorded.output, _rules(told))
    return {**document, **recorded.loss, **recorded.typed.json}


def _pass_lines(told: Told) -> Iterable[str]:
    graph, trace = told.recorded.graph, told.recorded.trace
    rules = {node: tuple(rule_lines(rule, graph)) for node, rule in _rules(told).items()}
    return pass_lines(graph, trace, explained=told.options.explain, rules=rules)


def _rules(told: Told) -> Mapping[str, Rule]:
    """Return the rules of all nodes, where they are wanted: they take a pass of their own."""
    # A recording in a file has none; whoever asks for them is told why.
    unasked = told.recorded.from_file and not told.options.rules
    if unasked or not (told.options.rules or told.options.json):
        return {}
    return told.engine.answer(FindRules(), told.recorded.recording, RulesFound).rules


def _missing_json(told: Told) -> dict[str, Json]:
    answer = known_missing(told.engine, told.recorded)
    if answer is None:
        return {"missing": None, "untrained": None}
    return missing_json(answer.missing, answer.untrained)


def _missing_lines(told: Told) -> Iterable[str]:
    answer = known_missing(told.engine, told.recorded)
    if answer is None:
        return ()
    return (*missing_lines(answer.missing), *untrained_lines(answer.untrained))


def _sums_json(told: Told) -> dict[str, Json]:
    return {"sums": sums_json(told.recorded.graph, told.recorded.trace)}


def _sums_lines(told: Told) -> Iterable[str]:
    return sum_lines(told.recorded.graph, told.recorded.trace)


def _optimizer_json(told: Told) -> dict[str, Json]:
    trained = told.options.at_step or told.recorded.last is not None
    return {"optimizer": optimizer_json(told.recorded.last)} if trained else {}


def _optimizer_lines(told: Told) -> Iterable[str]:
    return optimizer_lines(told.recorded.last)


def _source_json(told: Told) -> dict[str, Json]:
    if not told.options.source:
        return {}
    return {"source": source_json(sources_in(told.engine, told.recorded), told.recorded)}


def _source_lines(told: Told) -> Iterable[str]:
    if not told.options.source:
        return ()
    return source_lines(sources_in(told.engine, told.recorded), told.recorded)


#: The sections in the order in which they are printed.
_SECTIONS: Final = (
    Section(_pass_json, _pass_lines),
    Section(_missing_json, _missing_lines),
    Section(_sums_json, _sums_lines),
    Section(_optimizer_json, _optimizer_lines),
    Section(_source_json, _source_lines),
)
