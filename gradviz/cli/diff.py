"""`gradviz diff`: two recorded passes laid over one another, of one model or of two."""

import argparse
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

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
from gradviz.cli.machine import RUN, accepted
from gradviz.cli.output import DONE, FAILED, print_json, print_lines
from gradviz.cli.recorded import recorded_in
from gradviz.core.findings.changes import Change, Changes, Kept, node_title
from gradviz.core.graphs.graph import Graph
from gradviz.protocol.change_questions import (
    CompareRecordings,
    KeepRecording,
    RecordingKept,
    RecordingsCompared,
)
from gradviz.protocol.events import BackwardRecorded

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

#: What a pass before any training is not recorded with.
_TRAINED: Final[Mapping[str, object]] = {
    "lr": None,
    "optimizer": None,
    "loss": "",
    "option": [],
    "scheduler": "",
    "scheduler_option": [],
}
#: Longer lists of changes end with their number.
_MOST_LINES: Final = 40


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "diff", "tell what changed between two backward passes")
    add_model(parser)
    parser.add_argument(
        "other",
        metavar="OTHER_MODEL",
        nargs="?",
        help="the model of the second pass (default: the same)",
    )
    add_point(parser)
    parser.add_argument(
        "--at-step",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="train N steps before the second pass; given twice, before the first and the second",
    )
    parser.add_argument(
        "--other-seed", type=int, metavar="N", help="the seed of the second pass (default: --seed)"
    )
    parser.add_argument(
        "--other-at", type=float, metavar="X", help="the x of the second pass (default: --at)"
    )
    add_optimizer(parser)
    add_order(parser)
    parser.add_argument(
        "--exit-code", action="store_true", help="end with exit code 1 where anything changed"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_diff)


def _diff(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    first, second = _sides(options)
    machine = Machine()
    kept = _kept(machine, first)
    recorded = recorded_in(machine, second)
    changes = _compared(machine, second, recorded)
    if options.json:
        print_json(_document(kept, recorded.graph, changes))
    else:
        print_lines(*_lines(kept, recorded.graph, changes))
    return FAILED if options.exit_code and not changes.identical else DONE


def _sides(options: argparse.Namespace) -> tuple[argparse.Namespace, argparse.Namespace]:
    """Return the options of both passes.

    Raises:
        InputError: more than two steps are given.
    """
    steps: list[int] = options.at_step
    if len(steps) > 2:
        raise InputError("Two passes are compared.", "Give --at-step at most twice.")
    # With another model one number is for both: what differs is the model then.
    first = steps[0] if len(steps) == 2 or (steps and options.other) else 0
    second = steps[-1] if steps else 0
    other = {
        "model": options.other or options.model,
        "seed": options.seed if options.other_seed is None else options.other_seed,
        "at": options.at if options.other_at is None else options.other_at,
    }
    trained = any(getattr(options, name) for name in _TRAINED)
    if trained and not steps:
        raise InputError("How it is trained matters after a step.", "Add --at-step N.")
    return _at(options, first), _at(options, second, **other)


def _at(options: argparse.Namespace, step: int, **changes: object) -> argparse.Namespace:
    usual = {} if step else _TRAINED
    return argparse.Namespace(**{**vars(options), **usual, **changes, "at_step": step})


def _kept(machine: "Machine", options: argparse.Namespace) -> Kept:
    recorded = recorded_in(machine, options)
    question = KeepRecording(run=RUN, recording=recorded.recording)
    for event in accepted(machine.handle(question), options.model):
        if isinstance(event, RecordingKept) and event.kept is not None:
            return event.kept
    raise AssertionError("a recording that stands is kept")


def _compared(
    machine: "Machine", options: argparse.Namespace, recorded: BackwardRecorded
) -> Changes:
    question = CompareRecordings(run=RUN, recording=recorded.recording)
    events = list(accepted(machine.handle(question), options.model))
    while machine.training:
        events += accepted(machine.advance(), options.model)
    return next(event.changes for event in events if isinstance(event, RecordingsCompared))


def _lines(kept: Kept, graph: Graph, changes: Changes) -> Iterator[str]:
    yield f"compared with {kept.title}:"
    for node in changes.came:
        yield f"  + {node} {node_title(graph, node)}"
    for node in changes.went:
        yield f"  - {node} {node_title(kept.graph, node)}"
    for change in changes.changed[:_MOST_LINES]:
        yield f"  ~ {change.node} {node_title(graph, change.node)}: {_told(change)}"
    if changes.count > _MOST_LINES:
        yield f"  … and {changes.count - _MOST_LINES:,} more"
    yield changes.summary


def _told(change: Change) -> str:
    from gradviz.render.numbers import tensor_text

    if change.old is None and change.new is None:
        return f"{change.title} {change.told}"
    old, new = ("none" if each is None else tensor_text(each) for each in (change.old, change.new))
    parts = [f"{change.title} {old} -> {new}"]
    if change.difference is not None:
        parts.append(f"difference {change.difference:.6g}")
    if change.relative is not None:
        parts.append(f"relative {change.relative:.3g}")
    if change.ratio is not None:
        parts.append(f"ratio {change.ratio:.6g}")
    return ", ".join([*parts, change.told] if change.told else parts)


def _document(kept: Kept, graph: Graph, changes: Changes) -> "Json":
    return {
        "kept": kept.title,
        "identical": changes.identical,
        "came": [_node(graph, node) for node in changes.came],
        "went": [_node(kept.graph, node) for node in changes.went],
        "changed": [_change(graph, change) for change in changes.changed],
        "changed_count": changes.count,
        "changed_elsewhere": changes.other_kinds,
        "compared": changes.compared,
        "not_compared": changes.unknown,
    }


def _node(graph: Graph, node: str) -> "Json":
    return {"id": node, "op": graph.node[node].op, "label": graph.node[node].label}


def _change(graph: Graph, change: Change) -> "Json":
    from gradviz.engine.documents import tensor

    return {
        "node": change.node,
        "before": change.before,
        "op": graph.node[change.node].op,
        "what": change.title,
        "old": tensor(change.old),
        "new": tensor(change.new),
        "difference": _number(change.difference),
        "relative": _number(change.relative),
        "ratio": _number(change.ratio),
        "told": change.told,
    }


def _number(value: float | None) -> "Json":
    if value is None:
        return None
    return value if math.isfinite(value) else "Infinity"
