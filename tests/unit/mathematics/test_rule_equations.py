"""Rules as mathematics: formulas become LaTeX, words stay words, and code stays code."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mathml_reader import value_of
from sample_graphs import tutorial_graph

from gradviz.core.findings.formulas import FORMULAS
from gradviz.core.findings.rule import RuleLine
from gradviz.mathematics.rule_equations import rule_equation
from gradviz.mathematics.rule_reading import formula_latex
from gradviz.mathematics.typesetting import set_piece

_TEXTS = sorted({text for rows in FORMULAS.values() for text in rows.values()})


def test_that_most_formulas_are_set_and_each_that_is_has_a_picture() -> None:
    found = [latex for latex in map(formula_latex, _TEXTS) if latex]
    assert len(found) > 0.75 * len(_TEXTS)
    assert all(set_piece(latex).width > 0 for latex in found)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("grad ⊙ other", r"\mathrm{grad} \odot \mathrm{other}"),
        ("grad / (2 · result)", r"\frac{\mathrm{grad}}{2 \cdot \mathrm{result}}"),
        ("−grad ⊙ result²", r"-\mathrm{grad} \odot \mathrm{result}^{2}"),
        ("selfᵀ @ grad", r"\mathrm{self}^{\mathsf{T}} \, \mathrm{grad}"),
        (
            "grad where result > 0, else 0",
            r"\begin{cases} \mathrm{grad} & \mathrm{result} > 0 \\ 0 & \text{otherwise} "
            r"\end{cases}",
        ),
        ("grad, transposed", r"\mathrm{grad} \quad \text{transposed}"),
        ("grad's part at the place of each", ""),
        ("pow_backward(grad, self, exponent)", ""),
        ("grad * self.cos()", ""),
        ("中文", ""),
        ("", ""),
    ],
)
def test_that_a_formula_is_set_or_stays_code(text: str, latex: str) -> None:
    assert formula_latex(text) == latex


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a ⊙ (1 − b²)", 2 * (1 - 9)),
        ("a / b / b", 2 / 9),
        ("−a · b / (a − b)", 6.0),
        ("a · 2 (b − a)", 4.0),
        ("a ⊙ b^(b − 1)", 18.0),
        ("a²² + b²^a³", 2.0**4 + 3.0**16),
        ("−½ · a ⊙ b³", -27.0),
        ("a where a < b, else b", 2.0),
        ("a where a ≤ b ≤ a or b > a, else 0", 2.0),
    ],
)
def test_that_a_reader_computes_the_same(text: str, value: float) -> None:
    latex = formula_latex(text).replace(r"\odot", r"\cdot")
    assert value_of(latex, {"a": 2.0, "b": 3.0}) == pytest.approx(value)


@example("_")
@example("0²²")
@example("a³^b²^g²")
@given(st.text(max_size=40) | st.text("grad⊙·/()²−+Σ√, ewhrl0^", max_size=40))
def test_that_no_text_is_more_than_a_formula_or_code(text: str) -> None:
    latex = formula_latex(text)
    if latex:
        assert set_piece(latex).width > 0


def test_that_an_equation_names_both_sides() -> None:
    graph = tutorial_graph()
    receiver = next(node.id for node in graph.nodes if node.kind != "leaf")
    equation = rule_equation(
        RuleLine(slot=0, input="self", receiver=receiver, readable="grad ⊙ other"), graph
    )
    assert equation.latex.startswith(r"\frac{\partial ")
    assert equation.typed.endswith("grad ⊙ other")
    code = RuleLine(slot=0, input="self", receiver=receiver, formula="at::code(grad)")
    assert rule_equation(code, graph).latex == ""
