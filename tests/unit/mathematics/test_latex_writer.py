"""Expressions as LaTeX: an independent reader gives it the same number as the program does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mathml_reader import value_of

from gradviz.expression import (
    FUNCTIONS,
    SEVERAL,
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    parse,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.tree import Relation
from gradviz.mathematics.latex_writer import Writer, parameter

LETTERS = {"x": 0.75, "a": 1.5, "b": -0.5, "e": 2.0, "sigma": 0.25, "theta1": 3.0, "w12": -1.25}
_leaves: st.SearchStrategy[Tree] = st.one_of(
    st.builds(Number, st.sampled_from([0.0, 1.0, 2.0, 3.0, 0.5, 10.0, 1e-5, 2.5e20])),
    st.just(Pi()),
    st.just(Variable()),
    st.builds(Parameter, st.sampled_from(sorted(set(LETTERS) - {"x"}))),
)
_operators: st.SearchStrategy[Operator] = st.sampled_from(("+", "-", "*", "/", "%", "^"))
_relations: st.SearchStrategy[Relation] = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
_joints: st.SearchStrategy[Relation] = st.sampled_from(("and", "or"))


def _conditions(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    one = st.builds(Compare, _relations, inner, inner)
    two = st.builds(Compare, _joints, one, one)
    return st.one_of(one, two, st.builds(Compare, _joints, two, one | two))


def trees(leaves: st.SearchStrategy[Tree] = _leaves, most: int = 14) -> st.SearchStrategy[Tree]:
    """Return trees of every kind of node."""
    several = [row for row in SEVERAL.values() if row.name != "where"]
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Binary, _operators, inner, inner),
            st.builds(Negate, inner),
            st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), inner),
            st.sampled_from(several).flatmap(
                lambda row: st.tuples(*[inner] * row.count).map(
                    lambda arguments: Apply(row.name, arguments)
                )
            ),
            st.builds(lambda *parts: Apply("where", parts), _conditions(inner), inner, inner),
        ),
        max_leaves=most,
    )


def number_of(tree: Tree) -> float:
    """Return the value of a tree at LETTERS, NaN where it has none."""
    values: list[float | None] = []
    for node in postorder(tree):
        first = len(values) - len(children(node))
        match node:
            case Variable():
                values.append(LETTERS["x"])
            case Parameter():
                values.append(LETTERS[node.name])
            case _:
                found = values[first:]
                bad = any(each is None or not math.isfinite(each) for each in found)
                values[first:] = [math.nan if bad else node_value(node, found)]
    (value,) = values
    assert value is not None
    return value


def read(latex: str) -> float:
    return value_of(latex, LETTERS)


@given(trees())
def test_that_a_reader_of_the_latex_computes_the_same_number(tree: Tree) -> None:
    latex = Writer(taken=frozenset(LETTERS)).latex(tree)
    value = number_of(tree)
    if math.isfinite(value):
        assert read(latex) == pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("5x^3 + 2x^2 + 4x + 8", "5 x^{3} + 2 x^{2} + 4 x + 8"),
        ("½ x", r"\frac{1}{2} x"),
        ("2½", r"\frac{5}{2}"),
        ("0.5 x", "0.5 x"),
        ("a e^(-b x)", "a e^{-b x}"),
        ("(e)^x", "e^{x}"),
        ("e^x + e", r"\exp\left(x\right) + e"),
        ("pi x", r"\pi x"),
        ("|x|", r"\left|x\right|"),
        ("sin² x", r"\sin^{2}\left(x\right)"),
        ("ln(x)", r"\ln\left(x\right)"),
        ("∛x / √x", r"\frac{\sqrt[3]{x}}{\sqrt{x}}"),
        ("θ₁ x", r"\theta_{1} x"),
        ("sigmoid(x)", r"\sigma\left(x\right)"),
        ("sigma sigmoid(x)", r"\sigma \operatorname{sigmoid}\left(x\right)"),
        ("relu(x)", r"\operatorname{ReLU}\left(x\right)"),
        ("max(x, 1, a)", r"\max\left(x, 1, a\right)"),
        ("1e-5 x", "10^{-5} x"),
        (
            "{x < 0: -x, x < 1: 2, x}",
            r"\begin{cases} -x & x < 0 \\ 2 & x < 1 \\ x & \text{otherwise} \end{cases}",
        ),
        (
            "where(0 < x < 1, x, 0)",
            r"\begin{cases} x & 0 < x < 1 \\ 0 & \text{otherwise} \end{cases}",
        ),
        ("-(x + 1)^2", r"-\left(x + 1\right)^{2}"),
        ("x mod 2 + 1", r"\left(x \bmod 2\right) + 1"),
    ],
)
def test_that_each_spelling_is_written_as_a_textbook_does(typed: str, latex: str) -> None:
    expression = parse(typed)
    written = Writer(typed, taken=frozenset(expression.parameters)).latex(expression.tree)
    assert written == latex


@pytest.mark.parametrize(
    "name", ["a", "theta", "lamda", "epsilon", "phi", "Gamma", "Lamda", "omega3"]
)
def test_that_a_parameter_written_as_latex_is_typed_as_the_same(name: str) -> None:
    assert parse(f"{parameter(name)} x").parameters == (name,)
