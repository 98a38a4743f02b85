"""The rule of a node as data for JSON, and as text for a terminal."""

from collections.abc import Iterator

from gradviz.cli.output.tensors_output import precise_text
from gradviz.core.findings.rule import Rule, RuleLine
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import listed, tr
from gradviz.export.strict_json import Json, tensor_json


def rule_json(rule: Rule, graph: Graph) -> Json:
    """Return the rule with its numbers; `formula` is PyTorch's own, empty where it has none."""
    backward = rule.backward
    return {
        "schema": rule.schema,
        "upstream": [tensor_json(gradient) for gradient in rule.upstream],
        "inputs": [
            {
                "slot": line.slot,
                "name": line.input,
                "receiver": line.receiver,
                "equation": line.equation(graph),
                "formula": line.formula,
                "named": {
                    saved.name: tensor_json(saved.tensor) if saved.tensor else saved.setting
                    for saved in line.named
                },
                "summed_over": list(line.summed_over),
                "local": tensor_json(line.local),
                "result": tensor_json(line.result),
            }
            for line in rule.lines
        ],
        **({"note": rule.note} if rule.note else {}),
        **(
            {
                "backward": {
                    "file": backward.file,
                    "line": backward.first,
                    "source": backward.text,
                    "saved": list(rule.saved),
                }
            }
            if backward is not None
            else {}
        ),
    }


def rule_lines(rule: Rule, graph: Graph) -> Iterator[str]:
    """Yield the rule for each input: to read, as PyTorch has it, and with the live numbers."""
    for line in rule.lines:
        as_input = "  " + tr("(as {name})", name=line.input) if line.input else ""
        yield f"{line.equation(graph)}{as_input}"
        if line.formula and line.readable:
            yield f"    PyTorch: {line.shown_formula}"
        yield f"    {_numbers(rule, line)}"
    if rule.note:
        yield rule.note
    if rule.backward is not None:
        place = f"{rule.backward.file}:{rule.backward.first}"
        if rule.saved:
            yield tr(
                "its own backward, {place}, which calls what was saved {names}:",
                place=place,
                names=listed(rule.saved),
            )
        else:
            yield tr("its own backward, {place}:", place=place)
        yield from (f"    {text}" for text in rule.backward.text.rstrip().splitlines())


def _numbers(rule: Rule, line: RuleLine) -> str:
    told = [f"{name} {precise_text(gradient)}" for name, gradient in rule.upstreams]
    if line.local is not None:
        told.append(tr("local {value}", value=precise_text(line.local)))
    told.append(tr("result {value}", value=precise_text(line.result)))
    named = [
        f"{name} {value if isinstance(value, str) else precise_text(value)}"
        for name, value in line.named_values
    ]
    if not named:
        return ", ".join(told)
    return tr("{numbers}; of {named}", numbers=", ".join(told), named="; ".join(named))
