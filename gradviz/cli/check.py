"""`gradviz check`: recorded gradients against autograd, finite differences and sympy."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from gradviz.cli.arguments import JSON_HELP, Parsers, add_model, add_optimizer, add_point, new_verb
from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted
from gradviz.cli.output import DONE, FAILED, print_json, print_lines, say
from gradviz.cli.recorded import recorded_in
from gradviz.core.findings.checks import METHODS, Finding, NodeCheck, gradient_text, verdict_of
from gradviz.core.graphs.graph import Graph
from gradviz.protocol.commands import CheckGradients
from gradviz.protocol.events import ChecksStopped, GradientsChecked

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

_SIGNS: Final = {"agrees": "✓ agrees", "differs": "✗ differs", "unchecked": "– not checked"}


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "check", "compare recorded gradients with finite differences and more")
    add_model(parser)
    add_point(parser)
    parser.add_argument(
        "--node",
        action="append",
        default=[],
        metavar="NODE",
        help="a leaf's name, or a node's id as gradviz graph has it; may be repeated "
        "(default: every leaf)",
    )
    parser.add_argument("--all-nodes", action="store_true", help="check every node and every leaf")
    parser.add_argument(
        "--at-step", type=int, default=0, metavar="N", help="train N steps first (default 0)"
    )
    add_optimizer(parser)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    machine = Machine()
    recorded = recorded_in(machine, options)
    graph = recorded.graph
    nodes = tuple(node.id for node in graph.nodes) if options.all_nodes else _named(graph, options)
    checks: list[NodeCheck] = []
    question = CheckGradients(run=RUN, recording=recorded.recording, nodes=nodes)
    for event in _answers(machine, question, options.model):
        if isinstance(event, ChecksStopped):
            if event.reason == "failed":
                say(f"gradviz: {event.message}")
                return FAILED
            break
        checks += event.checks
        if not options.json:
            for check in event.checks:
                print_lines(*_lines(graph, check))
    if options.json:
        print_json(_document(graph, recorded.trace.at_step, checks))
    else:
        print_lines(_summary(checks))
    return FAILED if verdict_of(check.verdict for check in checks) == "differs" else DONE


def _answers(
    machine: "Machine", question: CheckGradients, source: str
) -> Iterator[GradientsChecked | ChecksStopped]:
    list(accepted(machine.handle(question), source))
    while machine.training:
        for event in accepted(machine.advance(), source):
            if isinstance(event, GradientsChecked | ChecksStopped):
                yield event


def _named(graph: Graph, options: argparse.Namespace) -> tuple[str, ...]:
    """Return the ids of the nodes that are named; raises InputError where there is none."""
    leaves = {node.op: node.id for node in graph.nodes if node.kind == "leaf"}
    found = []
    for name in options.node:
        if name not in leaves and name not in graph.node:
            listed = ", ".join(leaves) if len(leaves) <= 20 else "see gradviz graph"
            raise InputError(f"There is no node {name!r}.", f"The leaves are: {listed}.")
        found.append(leaves.get(name, name))
    return tuple(found)


def _lines(graph: Graph, check: NodeCheck) -> Iterator[str]:
    node = graph.node[check.node]
    yield f"{node.id} {node.op}: {_SIGNS[check.verdict]}"
    for finding in check.findings:
        yield (
            f"  {_SIGNS[finding.verdict]}  {gradient_text(graph, check.node, finding)}, "
            f"{METHODS[finding.method]}{_difference(finding)}"
        )
        if finding.told:
            yield f"      {finding.told}"


def _difference(finding: Finding) -> str:
    if finding.absolute is None:
        return ""
    relative = f" ({finding.relative:.2g} of it)" if finding.relative else ""
    tolerance = f", tolerance {finding.tolerance:.2g}" if finding.tolerance is not None else ""
    return f": difference {finding.absolute:.2g}{relative}{tolerance}"


def _summary(checks: list[NodeCheck]) -> str:
    counts = {verdict: sum(1 for check in checks if check.verdict == verdict) for verdict in _SIGNS}
    parts = [f"{counts['agrees']} of {len(checks)} agree"]
    parts += [f"{counts['differs']} differ"] if counts["differs"] else []
    parts += [f"{counts['unchecked']} cannot be checked"] if counts["unchecked"] else []
    return ", ".join(parts)


def _document(graph: Graph, at_step: int, checks: list[NodeCheck]) -> "Json":
    return {
        "at_step": at_step,
        "verdict": verdict_of(check.verdict for check in checks),
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


def _finding(graph: Graph, node: str, finding: Finding) -> "Json":
    from gradviz.engine.documents import number

    numbers = {
        name: None if value is None else number(value)
        for name, value in (
            ("absolute", finding.absolute),
            ("relative", finding.relative),
            ("tolerance", finding.tolerance),
        )
    }
    return {
        "method": METHODS[finding.method],
        "gradient": gradient_text(graph, node, finding),
        "part": finding.part,
        "index": finding.index,
        "verdict": finding.verdict,
        **numbers,
        "told": finding.told,
    }
