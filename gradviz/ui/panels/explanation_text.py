"""The text of the explain panel, as the HTML that Qt's text widgets read."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Final

from gradviz.core.findings.explanation import explain, explain_forward
from gradviz.core.findings.predicting.hidden_trace import is_hidden
from gradviz.core.findings.rule import Rule, RuleLine
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import TURN, backward_execution, still_to_come
from gradviz.core.language.saying import marked, said_again, tr
from gradviz.render.numbers import tensor_text

NO_PICTURES: Final[Mapping[str, str]] = MappingProxyType({})
_STAYS_CODE: Final = marked("This formula stays as it is written: it has no form in mathematics.")


def explanation_html(graph: Graph, trace: Trace | None, cursor: int, node_id: str) -> str:
    """Return the explanation of a node's step in words, after `cursor` backward steps."""
    place = backward_execution(trace, node_id, cursor)
    paragraphs: tuple[str, ...]
    if node_id in still_to_come(trace, cursor):
        paragraphs = (tr("Its turn in the forward pass has not come yet."),)
    elif trace is None or place is None or cursor < TURN:
        paragraphs = explain_forward(graph, node_id)
    elif place < cursor:
        paragraphs = explain(graph, trace, place)
    else:
        waiting = tr("Its turn in the backward pass has not come yet.")
        paragraphs = (*explain_forward(graph, node_id), waiting)
    node = graph.node[node_id]
    told = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return f"<h3>{escape(_named(node))}</h3>{told}"


def rule_html(
    rule: Rule,
    graph: Graph,
    node_id: str,
    *,
    reached: bool,
    pictures: Mapping[str, str] = NO_PICTURES,
) -> str:
    """Write the rule of a node; its recorded numbers only once it was executed.

    `pictures` has for an equation the element of its picture, empty for one that stays code.
    """
    heading = tr("RULE")
    if graph.node[node_id].kind == "leaf":
        told = tr("A leaf adds up what arrives. It sends nothing on.")
        return f"<h4>{heading}</h4><p>{told}</p>"
    upstreams = rule.upstreams if reached else ()
    lines = "".join(
        _line_html(line, graph, upstreams, pictures, reached=reached) for line in rule.lines
    )
    note = _small(escape(said_again(rule.note))) if rule.note else ""
    schema = ""
    if rule.schema:
        schema = _small(tr("Its signature: {code}", code=_code(rule.schema)))
    return f"<h4>{heading}</h4>{lines}{note}{schema}{_backward_html(rule)}"


def _line_html(
    line: RuleLine,
    graph: Graph,
    upstreams: tuple[tuple[str, TensorSummary | None], ...],
    pictures: Mapping[str, str],
    *,
    reached: bool,
) -> str:
    what = tr("as {name}", name=line.input) if line.input else ""
    equation = line.equation(graph)
    picture = pictures.get(equation)
    code = f"<p>{_code(equation)} <span class='small'>{what}</span></p>"
    if picture:
        # The text stays beneath, to be copied and to be read aloud.
        code = f"<p>{picture}</p><p class='small'>{_code(equation)} {what}</p>"
    parts = [code]
    if picture == "" and (line.readable or line.formula):
        parts.append(_small(tr(_STAYS_CODE)))
    rows = [(name, _value(gradient)) for name, gradient in upstreams]
    rows += [
        (name, value if isinstance(value, str) else _value(value))
        for name, value in line.named_values
    ]
    if line.local is not None:
        rows.append((tr("local, for an upstream of ones"), _value(line.local)))
    if reached:
        rows.append((tr("result"), _value(line.result)))
    cells = "".join(
        f"<tr><td>{escape(label)}&nbsp;&nbsp;</td><td align='right'>{_code(value)}</td></tr>"
        for label, value in rows
    )
    parts.append(f"<table width='100%'>{cells}</table>")
    if line.formula and line.readable:
        parts.append(_small(tr("PyTorch's formula: {code}", code=_code(line.shown_formula))))
    return "".join(parts)


def _backward_html(rule: Rule) -> str:
    if rule.backward is None:
        return ""
    named, heading = "", tr("ITS OWN BACKWARD")
    if rule.saved:
        calls = tr("It calls what was saved: {code}", code=_code(", ".join(rule.saved)))
        named = f"<p>{calls}</p>"
    where = f"{rule.backward.file}:{rule.backward.first}"
    text = escape(rule.backward.text.rstrip())
    return f"<h4>{heading}</h4>{named}<pre>{text}</pre>{_small(escape(where))}"


def is_reached(trace: Trace | None, cursor: int, node_id: str) -> bool:
    """Tell whether the node was executed before `cursor`, and its numbers are not hidden."""
    place = backward_execution(trace, node_id, cursor)
    if trace is None or place is None or place >= cursor:
        return False
    return not is_hidden(trace.steps[place])


def _value(tensor: TensorSummary | None) -> str:
    return "None" if tensor is None else tensor_text(tensor)


def _named(node: Node) -> str:
    return node.op if not node.label else f"{node.op} {node.label}"


def _small(html: str) -> str:
    return f"<p class='small'>{html}</p>"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
