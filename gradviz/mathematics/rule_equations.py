"""The rule of a node as an equation in LaTeX, as far as it can be set as mathematics."""

from dataclasses import dataclass

from gradviz.core.errors import ExpressionError
from gradviz.core.findings.rule import RuleLine
from gradviz.core.graphs.graph import Graph
from gradviz.expression import parse
from gradviz.expression.names import parameter_named
from gradviz.mathematics.latex_writer import Writer, in_brackets, parameter
from gradviz.mathematics.rule_reading import formula_latex, words_latex

#: The left sides that have letters of their own.
_RESULTS = {"loss": r"\mathcal{L}"}
#: A letter of the grammar for the prediction.
_PREDICTION = "y0"


@dataclass(frozen=True)
class RuleEquation:
    """The rule for one input of a node.

    Attributes:
        pieces: The left side and the right side as LaTeX, between which a line may be broken; none
            where the rule cannot be set as mathematics, and stays code.
        typed: The equation as plain text.
    """

    pieces: tuple[str, ...]
    typed: str

    @property
    def latex(self) -> str:
        """Return the whole equation, empty where it stays code."""
        return " ".join(self.pieces)


def rule_equation(line: RuleLine, graph: Graph) -> RuleEquation:
    """Return the equation of one line of a rule."""
    typed = line.equation(graph)
    left, _, _ = typed.partition(" = ")
    above, _, below = left.removeprefix("∂").partition("/∂")
    over, under, right = _result(above), _receiver(below), _right(line)
    if not (over and under and right):
        return RuleEquation((), typed)
    return RuleEquation((rf"\frac{{\partial {over}}}{{\partial {under}}} =", right), typed)


def _right(line: RuleLine) -> str:
    latex = formula_latex(line.readable or line.shown_formula)
    if not latex or not line.summed_over:
        return latex
    dims = ", ".join(map(str, line.summed_over))
    words = "dim" if len(line.summed_over) == 1 else "dims"
    return rf"\sum_{{\text{{{words} {dims}}}}} {in_brackets(latex)}"


def _result(name: str) -> str:
    """Return the LaTeX of the value that is differentiated, as `(v·∇y)` of the second order."""
    inner = name
    depth = 0
    while inner.startswith("(v·∇") and inner.endswith(")"):
        inner = inner[len("(v·∇") : -1]
        depth += 1
    latex = _RESULTS.get(inner) or (inner if len(inner) == 1 else words_latex(inner))
    for _ in range(depth if latex else 0):
        latex = in_brackets(rf"v \cdot \nabla {latex}")
    return latex


def _receiver(name: str) -> str:
    """Return the LaTeX of the value whose gradient the rule gives."""
    if "…" in name:
        # A long expression is shortened, and its whole is at the node.
        return in_brackets(r"\cdots")
    bare = name[1:-1] if name.startswith("(") and name.endswith(")") else name
    if parameter_named(bare) == bare != "":
        return parameter(bare)
    try:
        expression = parse(bare.replace("y_pred", _PREDICTION))
    except ExpressionError:
        return words_latex(name)
    named = {_PREDICTION: r"\hat{y}"} if "y_pred" in bare else {}
    writer = Writer(expression.text, taken=frozenset(expression.parameters), named=named)
    latex = writer.latex(expression.tree)
    return in_brackets(latex) if bare != name else latex
