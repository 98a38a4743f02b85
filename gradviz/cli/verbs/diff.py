"""`gradviz diff`: two recorded passes laid over one another, of one model or of two."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Final

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.order_options import add_order
from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_optimizer
from gradviz.cli.pass_elsewhere import ElsewhereError, kept_elsewhere
from gradviz.cli.recorded_pass import recorded_pass
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, FAILED, print_json, print_lines
from gradviz.core.findings.changes import Changes, Kept, TensorDifference, node_title
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import counted, short
from gradviz.export.strict_json import Json, tensor_json
from gradviz.own.source import names_file
from gradviz.protocol.questions import CompareWithKept, RecordingsCompared
from gradviz.session_files.contents import names_session

#: What a pass before any training is not recorded with.
_TRAINED: Final[Mapping[str, object]] = {
    "lr": None,
    "optimizer": None,
    "loss": "",
    "option": [],
    "scheduler": "",
    "scheduler_option": [],
    "schedulers": "",
    "milestones": "",
}
#: Longer lists of changes end with their number.
_MOST_LINES: Final = 40


_EXAMPLES: Final = (
    "gradviz diff autograd --at-step 10",
    'gradviz diff "a + b x" "a + b x + c x^2"',
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "diff", tr("tell what changed between two backward passes"), _EXAMPLES)
    add_model(parser)
    parser.add_argument(
        "other",
        metavar="OTHER_MODEL",
        nargs="?",
        help=tr("the model of the second pass (default: the same)"),
    )
    add_point(parser)
    parser.add_argument(
        "--at-step",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help=tr(
            "train N steps before the second pass; given twice, before the first and the second"
        ),
    )
    parser.add_argument(
        "--other-seed",
        type=int,
        metavar="N",
        help=tr("the seed of the second pass (default: --seed)"),
    )
    parser.add_argument(
        "--other-at",
        metavar="X|x=X,y=Y,z=Z",
        help=tr("the point of the second pass, written as that of --at (default: --at)"),
    )
    add_optimizer(parser)
    add_order(parser)
    parser.add_argument(
        "--exit-code", action="store_true", help=tr("end with exit code 1 where anything changed")
    )
    add_json(parser)
    parser.set_defaults(verb=_diff)


def _diff(options: argparse.Namespace) -> int:
    first, second = _sides(options)
    engine = Engine()
    elsewhere = names_file(first.model) or names_session(first.model)
    if elsewhere and first.model != second.model:
        # The file may change anything in the process that it runs in.
        try:
            kept = kept_elsewhere(first)
        except ElsewhereError as error:
            return error.code
        engine.compare_with(kept)
    else:
        recorded_pass(engine, first)
        kept = engine.kept()
    recorded = recorded_pass(engine, second)
    changes = engine.answer(CompareWithKept(), recorded.recording, RecordingsCompared).changes
    if options.json:
        print_json(_document(kept.told, recorded.graph, changes))
    else:
        print_lines(*_lines(kept.told, recorded.graph, changes))
    return FAILED if options.exit_code and not changes.identical else DONE


def _sides(options: argparse.Namespace) -> tuple[argparse.Namespace, argparse.Namespace]:
    """Return the options of both passes.

    Raises:
        InputError: more than two steps are given.
    """
    steps: list[int] = options.at_step
    if len(steps) > 2:
        raise InputError(tr("Two passes are compared."), tr("Give --at-step at most twice."))
    # With another model one number is for both: what differs is the model then.
    first = steps[0] if len(steps) == 2 or (steps and options.other) else 0
    second = steps[-1] if steps else 0
    other = {
        "model": options.other or options.model,
        "seed": options.seed if options.other_seed is None else options.other_seed,
        "at": options.at if options.other_at is None else options.other_at,
    }
    trained = any(getattr(options, name) for name in _TRAINED if name != "loss")
    if (trained or training_loss(options)) and not steps:
        raise InputError(tr("How it is trained matters after a step."), tr("Add --at-step N."))
    return _at(options, first), _at(options, second, **other)


def _at(options: argparse.Namespace, step: int, **changes: object) -> argparse.Namespace:
    # The loss of a file is there before any training.
    loss = options.loss if names_file(str(changes.get("model", options.model))) else ""
    usual = {} if step else {**_TRAINED, "loss": loss}
    return argparse.Namespace(**{**vars(options), **usual, **changes, "at_step": step})


def _lines(kept: Kept, graph: Graph, changes: Changes) -> Iterator[str]:
    yield tr("compared with {title}:", title=kept.title)
    for node in changes.came:
        yield f"  + {node} {node_title(graph, node)}"
    for node in changes.went:
        yield f"  - {node} {node_title(kept.graph, node)}"
    for change in changes.changed[:_MOST_LINES]:
        yield f"  ~ {change.node} {node_title(graph, change.node)}: {_told(change)}"
    if changes.count > _MOST_LINES:
        yield "  … " + tr("and {shown} more", shown=counted(changes.count - _MOST_LINES))
    yield changes.summary


def _told(change: TensorDifference) -> str:
    from gradviz.render.numbers import tensor_text

    if change.old is None and change.new is None:
        return f"{change.title} {change.told}"
    old, new = (
        tr("none") if each is None else tensor_text(each) for each in (change.old, change.new)
    )
    parts = [f"{change.title} {old} -> {new}"]
    if change.difference is not None:
        parts.append(tr("difference {number}", number=short(change.difference)))
    if change.relative is not None:
        parts.append(tr("relative {number}", number=short(change.relative, 3)))
    if change.ratio is not None:
        parts.append(tr("ratio {number}", number=short(change.ratio)))
    return listed([*parts, change.told] if change.told else parts)


def _document(kept: Kept, graph: Graph, changes: Changes) -> Json:
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


def _node(graph: Graph, node: str) -> Json:
    return {"id": node, "op": graph.node[node].op, "label": graph.node[node].label}


def _change(graph: Graph, change: TensorDifference) -> Json:
    return {
        "node": change.node,
        "before": change.before,
        "op": graph.node[change.node].op,
        "what": change.title,
        "old": tensor_json(change.old),
        "new": tensor_json(change.new),
        "difference": change.difference,
        "relative": change.relative,
        "ratio": change.ratio,
        "told": change.told,
    }
