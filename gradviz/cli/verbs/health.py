"""`gradviz health`: where gradients vanish, explode, are dead or not finite; times."""

import argparse
import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_at_step
from gradviz.cli.output.missing_output import (
    missing_gradients,
    missing_json,
    missing_lines,
    untrained_lines,
)
from gradviz.cli.output.source_output import sources_in
from gradviz.cli.recorded_pass import recorded_pass
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, print_json, print_lines
from gradviz.cli.text_columns import columns
from gradviz.core.findings.beginnings import Beginning, beginning_text, beginnings
from gradviz.core.findings.health import (
    Counts,
    Health,
    NodeHealth,
    Thresholds,
    Times,
    examined,
)
from gradviz.core.findings.non_finite import Origin
from gradviz.core.findings.source import Sources, made_text, module_text
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr, tr_n
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import (
    CountElements,
    ElementsCounted,
    MissingGradients,
    PassTimed,
    TimePass,
)

_USUAL: Final = Thresholds()


_EXAMPLES: Final = (
    "gradviz health net.py:Net --trust",
    "gradviz health autograd --at-step 100 --json",
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "health", tr("tell where gradients vanish, explode or are dead"), _EXAMPLES
    )
    add_model(parser)
    add_point(parser)
    add_at_step(parser)
    for name, meaning in (
        ("vanishing", tr("a gradient whose norm is smaller vanishes")),
        ("exploding", tr("a gradient whose norm is larger explodes")),
        ("dead", tr("a gradient with this share of zeros or more, from 0 to 1, is dead")),
    ):
        usual = getattr(_USUAL, name)
        parser.add_argument(
            f"--{name}",
            type=float,
            default=usual,
            metavar="X",
            help=tr("{help} (default {usual:g})", help=meaning, usual=usual),
        )
    parser.add_argument(
        "--times",
        action="store_true",
        help=tr("measure how long each node takes, in a pass of its own"),
    )
    add_json(parser)
    parser.set_defaults(verb=_health)


class _Pass(NamedTuple):
    """A recorded pass, with the counts and times of its nodes.

    `line` is the one that made the first node that is not finite, `missing` are the reasons of
    the leaves without a gradient.
    """

    graph: Graph
    trace: Trace
    counts: tuple[Counts, ...]
    times: Times | None
    line: str
    sources: Sources
    missing: MissingGradients


def _health(options: argparse.Namespace) -> int:
    thresholds = _thresholds(options)
    found = _measured(options)
    timed = () if found.times is None else found.times.nodes
    health = examined(found.graph, found.trace, thresholds, found.counts, timed)
    if options.json:
        print_json(_document(found, health, thresholds))
    else:
        print_lines(*_lines(found, health))
    return DONE


def _thresholds(options: argparse.Namespace) -> Thresholds:
    for name in ("vanishing", "exploding", "dead"):
        value = getattr(options, name)
        if not 0 < value < math.inf or (name == "dead" and value > 1):
            raise InputError(
                tr("{option} cannot be {value:g}.", option=f"--{name}", value=value),
                tr("Use a number above 0, at most 1.")
                if name == "dead"
                else tr("Use a number above 0."),
            )
    return Thresholds(vanishing=options.vanishing, exploding=options.exploding, dead=options.dead)


def _measured(options: argparse.Namespace) -> _Pass:
    engine = Engine()
    recorded = recorded_pass(engine, options)
    counted = engine.answer(CountElements(), recorded.recording, ElementsCounted)
    times: Times | None = None
    if options.times:
        times = engine.answer(TimePass(), recorded.recording, PassTimed).times
    return _Pass(
        recorded.graph,
        recorded.trace,
        counted.counts,
        times,
        counted.line,
        sources_in(engine, recorded),
        missing_gradients(engine, recorded),
    )


def _lines(found: _Pass, health: Health) -> Iterator[str]:
    from gradviz.render.shades import SIGNS

    timed = (tr("forward µs"), tr("backward µs")) if found.times is not None else ()
    head = (tr("node"), tr("operation"), tr("gradient"), tr("to weight"), tr("zeros"))
    rows: list[tuple[str, ...]] = [(*head, *timed, "")]
    for node in health.nodes.values():
        times = (_text(node.forward_us), _text(node.backward_us))
        sign = SIGNS.get(node.verdict, "")
        rows.append(
            (
                node.node,
                found.graph.node[node.node].op,
                _text(node.gradient),
                _text(node.ratio),
                _text(node.zeros),
                *(times if found.times is not None else ()),
                f"{sign} {tr(node.verdict)}" if sign else "",
            )
        )
    yield from columns(rows)
    if found.times is not None:
        yield found.times.note
    if health.origin is not None:
        yield _origin_text(found.graph, health.origin)
        if found.line:
            yield "  " + tr("made by {line}", line=found.line)
        if health.origin.reason:
            yield f"  {health.origin.reason}"
        if health.origin.hint:
            yield f"  {health.origin.hint}"
    for begins in _beginnings(found, health):
        yield from _beginning_lines(found, begins)
    missing = found.missing
    if missing.without:
        yield tr_n(
            "{without} of {count} parameters without gradient",
            "{without} of {count} parameter without gradient",
            missing.parameters,
            without=missing.without,
        )
        yield from missing_lines(missing.of_parameters)
    yield from untrained_lines(missing.untrained)
    count = len(health.marked())
    if count:
        yield tr_n(
            "{marked} of {count} nodes marked",
            "{marked} of {count} node marked",
            len(health.nodes),
            marked=count,
        )
    else:
        yield tr("no node marked")


def _beginnings(found: _Pass, health: Health) -> tuple[Beginning, ...]:
    layers = {node: module_text(each) for node, each in found.sources.origins.items()}
    return beginnings(found.graph, found.trace, health, layers)


def _beginning_lines(found: _Pass, begins: Beginning) -> Iterator[str]:
    yield beginning_text(begins, lambda node: f"{node} {found.graph.node[node].op}")
    line = made_text(found.sources, begins.maker)
    if line:
        yield "  " + tr("made by {line}", line=line)


def _beginning(found: _Pass, begins: Beginning) -> Json:
    return {
        "verdict": begins.verdict,
        "layer": begins.layer,
        "node": begins.node,
        "made_by": begins.maker,
        "line": made_text(found.sources, begins.maker),
        "reason": begins.reason,
    }


def _origin_text(graph: Graph, origin: Origin) -> str:
    node = graph.node[origin.node]
    place = f"{node.id} {node.op} ({node.name})"
    if origin.forward:
        return tr("first not finite, forwards: {node}", node=place)
    return tr("first not finite, backwards: {node}", node=place)


def _document(found: _Pass, health: Health, thresholds: Thresholds) -> Json:
    document: dict[str, Json] = {
        "at_step": found.trace.at_step,
        "thresholds": {name: float(x) for name, x in msgspec.structs.asdict(thresholds).items()},
        "nodes": [_node(found.graph, node) for node in health.nodes.values()],
        "first_non_finite": None,
        "beginnings": [_beginning(found, each) for each in _beginnings(found, health)],
        "parameters": found.missing.parameters,
        **missing_json(found.missing.of_parameters, found.missing.untrained),
    }
    if health.origin is not None:
        way = "forward" if health.origin.forward else "backward"
        where: dict[str, Json] = {
            "node": health.origin.node,
            "pass": way,
            "line": found.line,
            "reason": health.origin.reason,
            "hint": health.origin.hint,
        }
        document["first_non_finite"] = where
    if found.times is not None:
        document["times"] = found.times.note
    return document


def _node(graph: Graph, node: NodeHealth) -> Json:
    counts = node.counts
    return {
        "id": node.node,
        "op": graph.node[node.node].op,
        "verdict": node.verdict,
        "gradient_norm": node.gradient,
        "value_norm": node.weight,
        "gradient_to_value": node.ratio,
        "zeros": node.zeros,
        "nan": None if counts is None else counts.nan + counts.value_nan,
        "infinite": None if counts is None else counts.infinite + counts.value_infinite,
        "forward_us": node.forward_us,
        "backward_us": node.backward_us,
    }


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
