"""`gradviz check`: recorded gradients against autograd, finite differences and sympy."""

import argparse
import math
from collections.abc import Iterator
from typing import Final

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_at_step
from gradviz.cli.progress import ProgressBar
from gradviz.cli.recorded_pass import recorded_pass
from gradviz.cli.refusals import InputError, RefusedError
from gradviz.cli.terminal import DONE, FAILED, note, print_json, print_lines, say_error
from gradviz.core.findings.checks import (
    BAD,
    METHODS,
    SIGNS,
    Finding,
    NodeCheck,
    gradient_text,
    summary_of,
    verdict_of,
)
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.core.number_text import short
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import CheckGradients, GradientsChecked

_EXAMPLES: Final = (
    'gradviz check "a x + b P3(x)"',
    "gradviz check net.py:Net --trust --limit 60",
    "gradviz check autograd --node a --json",
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "check", tr("compare recorded gradients with finite differences and more"), _EXAMPLES
    )
    add_model(parser)
    add_point(parser)
    parser.add_argument(
        "--node",
        action="append",
        default=[],
        metavar="NODE",
        help=tr(
            "a leaf's name, or a node's id as gradviz graph has it; may be repeated "
            "(default: every leaf)"
        ),
    )
    parser.add_argument(
        "--all-nodes", action="store_true", help=tr("check every node and every leaf")
    )
    parser.add_argument(
        "--limit",
        type=_seconds,
        metavar="SECONDS",
        help=tr(
            "move the leaves of a large model together where one by one takes longer than this "
            "(default: 20; with --node, and with 0, there is no limit)"
        ),
    )
    add_at_step(parser)
    add_json(parser)
    parser.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    engine = Engine()
    recorded = recorded_pass(engine, options)
    graph = recorded.graph
    nodes = tuple(node.id for node in graph.nodes) if options.all_nodes else _named(graph, options)
    checks: list[NodeCheck] = []
    begun, told = False, ""
    question = CheckGradients(nodes=nodes, limit_s=_limit(options))
    try:
        with ProgressBar(tr("checking")) as progress:
            for part in engine.parts(question, recorded.recording):
                begun = True
                if isinstance(part, GradientsChecked):
                    checks += part.checks
                    told = part.told
                    if not options.json:
                        for check in part.checks:
                            print_lines(*_lines(graph, check))
                    text = tr(
                        "{done} of {total} checked, {passes}",
                        done=part.done,
                        total=part.total,
                        passes=tr_n("{count} passes", "{count} pass", part.passes),
                    )
                    progress.show(part.done, part.total, text)
    except RefusedError as refused:
        if not begun:
            raise
        # The model itself failed when it ran again, so nothing that was typed is at fault.
        say_error(refused.event.message)
        return FAILED
    if told:
        note(f"gradviz: {told}")
    if options.json:
        print_json(_document(graph, recorded.trace.at_step, checks, told))
    else:
        print_lines(listed(summary_of([check.verdict for check in checks])))
    return FAILED if verdict_of(check.verdict for check in checks) in BAD else DONE


def _seconds(text: str) -> float:
    """Return a number of seconds; raises ValueError where it is none."""
    seconds = float(text)
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(tr("{text} is no number of seconds", text=text))
    return seconds


def _limit(options: argparse.Namespace) -> float | None:
    """Return the limit of time in seconds; None where there is none."""
    if options.limit is None:
        return None if options.node else CheckGradients().limit_s
    return options.limit or None


def _named(graph: Graph, options: argparse.Namespace) -> tuple[str, ...]:
    """Return the ids of the nodes that are named; raises InputError where there is none."""
    leaves = {node.op: node.id for node in graph.nodes if node.kind == "leaf"}
    found = []
    for name in options.node:
        if name not in leaves and name not in graph.node:
            known = listed(leaves) if len(leaves) <= 20 else tr("see gradviz graph")
            raise InputError(
                tr("There is no node {name}.", name=repr(name)),
                tr("The leaves are: {names}.", names=known),
            )
        found.append(leaves.get(name, name))
    return tuple(found)


def _lines(graph: Graph, check: NodeCheck) -> Iterator[str]:
    node = graph.node[check.node]
    yield f"{node.id} {node.op}: {tr(SIGNS[check.verdict])}"
    for finding in check.findings:
        told = tr(
            "{gradient}, {method}",
            gradient=gradient_text(graph, check.node, finding),
            method=tr(METHODS[finding.method]),
        )
        yield f"  {tr(SIGNS[finding.verdict])}  {told}{_difference(finding)}"
        if finding.told:
            yield f"      {finding.told}"


def _difference(finding: Finding) -> str:
    if finding.absolute is None:
        return ""
    difference = short(finding.absolute, 2)
    if finding.relative:
        relative = short(finding.relative, 2)
        difference = tr("{difference} ({relative} of it)", difference=difference, relative=relative)
    if finding.tolerance is None:
        return tr(": difference {difference}", difference=difference)
    return tr(
        ": difference {difference}, tolerance {tolerance}",
        difference=difference,
        tolerance=short(finding.tolerance, 2),
    )


def _document(graph: Graph, at_step: int, checks: list[NodeCheck], told: str) -> Json:
    return {
        "at_step": at_step,
        "verdict": verdict_of(check.verdict for check in checks),
        "told": told,
        "nodes": [
            {
                "node": check.node,
                "op": graph.node[check.node].op,
                "verdict": check.verdict,
                "findings": [_finding(graph, check.node, finding) for finding in check.findings],
            }
            for check in checks
        ],
    }


def _finding(graph: Graph, node: str, finding: Finding) -> Json:
    return {
        "method": METHODS[finding.method],
        "gradient": gradient_text(graph, node, finding),
        "part": finding.part,
        "index": finding.index,
        "verdict": finding.verdict,
        "absolute": finding.absolute,
        "relative": finding.relative,
        "tolerance": finding.tolerance,
        "told": finding.told,
    }
