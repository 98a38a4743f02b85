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
from gradviz.render.numbers import tensor_text

NO_PICTURES: Final[Mapping[str, str]] = MappingProxyType({})
_STAYS_CODE: Final = "This formula stays as it is written: it has no form in mathematics."


def explanation_html(graph: Graph, trace: Trace | None, cursor: int, node_id: str) -> str:
    """Return the explanation of a node's step in words, after `cursor` backward steps."""
    place = backward_execution(trace, node_id, cursor)
    sentences: tuple[str, ...]
    if node_id in still_to_come(trace, cursor):
        sentences = ("Its turn in the forward pass has not come yet.",)
    elif trace is None or place is None or cursor < TURN:
        sentences = explain_forward(graph, node_id)
    elif place < cursor:
        sentences = explain(graph, trace, place)
    else:
        waiting = "Its turn in the backward pass has not come yet."
        sentences = (*explain_forward(graph, node_id), waiting)
    node = graph.node[node_id]
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
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
    if graph.node[node_id].kind == "leaf":
        return "<h4>RULE</h4><p>A leaf adds up what arrives. It sends nothing on.</p>"
    upstreams = rule.upstreams if reached else ()
    lines = "".join(
        _line_html(line, graph, upstreams, pictures, reached=reached) for line in rule.lines
    )
    note = f"<p class='small'>{escape(rule.note)}</p>" if rule.note else ""
    schema = f"<p class='small'>Its signature: {_code(rule.schema)}</p>" if rule.schema else ""
    return f"<h4>RULE</h4>{lines}{note}{schema}{_backward_html(rule)}"


def _line_html(
    line: RuleLine,
    graph: Graph,
    upstreams: tuple[tuple[str, TensorSummary | None], ...],
    pictures: Mapping[str, str],
    *,
    reached: bool,
) -> str:
    what = f"as {line.input}" if line.input else ""
    equation = line.equation(graph)
    picture = pictures.get(equation)
    code = f"<p>{_code(equation)} <span class='small'>{what}</span></p>"
    if picture:
        # The text stays beneath, to be copied and to be read aloud.
        code = f"<p>{picture}</p><p class='small'>{_code(equation)} {what}</p>"
    parts = [code]
    if picture == "" and (line.readable or line.formula):
        parts.append(f"<p class='small'>{_STAYS_CODE}</p>")
    rows = [(name, _value(gradient)) for name, gradient in upstreams]
    rows += [
        (name, value if isinstance(value, str) else _value(value))
        for name, value in line.named_values
    ]
    if line.local is not None:
        rows.append(("local, for an upstream of ones", _value(line.local)))
    if reached:
        rows.append(("result", _value(line.result)))
    cells = "".join(
        f"<tr><td>{escape(label)}&nbsp;&nbsp;</td><td align='right'>{_code(value)}</td></tr>"
        for label, value in rows
    )
    parts.append(f"<table width='100%'>{cells}</table>")
    if line.formula and line.readable:
        parts.append(f"<p class='small'>PyTorch's formula: {_code(line.shown_formula)}</p>")
    return "".join(parts)


def _backward_html(rule: Rule) -> str:
    if rule.backward is None:
        return ""
    named = f"<p>It calls what was saved: {_code(', '.join(rule.saved))}</p>" if rule.saved else ""
    where = f"{rule.backward.file}:{rule.backward.first}"
    text = escape(rule.backward.text.rstrip())
    return f"<h4>ITS OWN BACKWARD</h4>{named}<pre>{text}</pre><p class='small'>{escape(where)}</p>"


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


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
