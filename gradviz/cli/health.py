"""`gradviz health`: where gradients vanish, explode, are dead or not finite; what takes time."""

import argparse
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gradviz.cli.arguments import JSON_HELP, Parsers, add_model, add_optimizer, add_point, new_verb
from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted
from gradviz.cli.output import DONE, print_json, print_lines
from gradviz.cli.recorded import recorded_in
from gradviz.core.findings.health import (
    Counts,
    Health,
    NodeHealth,
    Origin,
    Thresholds,
    Times,
    examined,
)
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.protocol.commands import AskHealth
from gradviz.protocol.events import HealthMeasured

if TYPE_CHECKING:
    from gradviz.engine.documents import Json

_USUAL: Final = Thresholds()


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "health", "tell where gradients vanish, explode or are dead")
    add_model(parser)
    add_point(parser)
    parser.add_argument(
        "--at-step", type=int, default=0, metavar="N", help="train N steps first (default 0)"
    )
    add_optimizer(parser)
    for name, meaning in (
        ("vanishing", "a gradient whose norm is smaller vanishes"),
        ("exploding", "a gradient whose norm is larger explodes"),
        ("dead", "a gradient with this share of zeros or more, from 0 to 1, is dead"),
    ):
        usual = getattr(_USUAL, name)
        parser.add_argument(
            f"--{name}",
            type=float,
            default=usual,
            metavar="X",
            help=f"{meaning} (default {usual:g})",
        )
    parser.add_argument(
        "--times",
        action="store_true",
        help="measure how long each node takes, in a pass of its own",
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_health)


class _Pass(NamedTuple):
    """A recorded pass and what was counted and measured of it.

    `line` is what made the first node that is not finite.
    """

    graph: Graph
    trace: Trace
    counts: tuple[Counts, ...]
    times: Times | None
    line: str


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
            least = "a number above 0" + (", at most 1" if name == "dead" else "")
            raise InputError(f"--{name} cannot be {value:g}.", f"Use {least}.")
    return Thresholds(vanishing=options.vanishing, exploding=options.exploding, dead=options.dead)


def _measured(options: argparse.Namespace) -> _Pass:
    from gradviz.engine.machine import Machine

    machine = Machine()
    recorded = recorded_in(machine, options)
    counts: tuple[Counts, ...] = ()
    times: Times | None = None
    line = ""
    for also_times in (False, True) if options.times else (False,):
        question = AskHealth(run=RUN, recording=recorded.recording, times=also_times)
        for event in accepted(machine.handle(question), options.model):
            if isinstance(event, HealthMeasured):
                counts, times = counts or event.counts, times or event.times
                line = line or event.line
    return _Pass(recorded.graph, recorded.trace, counts, times, line)


def _lines(found: _Pass, health: Health) -> Iterator[str]:
    from gradviz.render.shades import SIGNS

    timed = ("forward µs", "backward µs") if found.times is not None else ()
    rows: list[tuple[str, ...]] = [
        ("node", "operation", "gradient", "to weight", "zeros", *timed, "")
    ]
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
                f"{sign} {node.verdict}" if sign else "",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    if found.times is not None:
        yield found.times.note
    if health.origin is not None:
        yield _origin_text(found.graph, health.origin)
        if found.line:
            yield f"  made by {found.line}"
    marked = len(health.marked())
    yield f"{marked} of {len(health.nodes)} nodes marked" if marked else "no node marked"


def _origin_text(graph: Graph, origin: Origin) -> str:
    node = graph.node[origin.node]
    way = "forwards" if origin.forward else "backwards"
    return f"first not finite, {way}: {node.id} {node.op} ({node.name})"


def _document(found: _Pass, health: Health, thresholds: Thresholds) -> "Json":
    document: dict[str, Json] = {
        "at_step": found.trace.at_step,
        "thresholds": {name: float(x) for name, x in msgspec.structs.asdict(thresholds).items()},
        "nodes": [_node(found.graph, node) for node in health.nodes.values()],
        "first_non_finite": None,
    }
    if health.origin is not None:
        way = "forward" if health.origin.forward else "backward"
        where: dict[str, Json] = {"node": health.origin.node, "pass": way, "line": found.line}
        document["first_non_finite"] = where
    if found.times is not None:
        document["times"] = found.times.note
    return document


def _node(graph: Graph, node: NodeHealth) -> "Json":
    counts = node.counts
    return {
        "id": node.node,
        "op": graph.node[node.node].op,
        "verdict": node.verdict,
        "gradient_norm": _number(node.gradient),
        "value_norm": _number(node.weight),
        "gradient_to_value": _number(node.ratio),
        "zeros": _number(node.zeros),
        "nan": None if counts is None else counts.nan + counts.value_nan,
        "infinite": None if counts is None else counts.infinite + counts.value_infinite,
        "forward_us": _number(node.forward_us),
        "backward_us": _number(node.backward_us),
    }


def _number(value: float | None) -> "Json":
    """Return what JSON can hold; null is what is not known."""
    from gradviz.engine.documents import number

    return None if value is None else number(value)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
