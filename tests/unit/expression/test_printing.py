"""How trees are written: text that parses back, the tutorial's result line, labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    labels,
    number_text,
    parse,
    postorder,
    pretty,
    to_text,
)
from gradviz.expression.grammar import build_tree
from gradviz.expression.tokens import scan
from gradviz.expression.tree import Relation

_PARAMETERS = ["a", "b", "e", "e3", "E", "x1", "w12", "Y", "y2", "theta", "lamda2", "gamma", "f"]
_operators: st.SearchStrategy[Operator] = st.sampled_from(("+", "-", "*", "/", "%", "^"))
_leaves: st.SearchStrategy[Tree] = st.one_of(
    st.builds(Number, st.integers(0, 20).map(float)),
    st.builds(Number, st.floats(min_value=0, allow_nan=False, allow_infinity=False)),
    st.just(Pi()),
    st.just(Variable()),
    st.builds(Parameter, st.sampled_from(_PARAMETERS)),
)


def _several(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Return calls of one larger argument, so that a tree stays small."""
    names = st.sampled_from([row for row in SEVERAL.values() if row.name != "where"])
    return names.flatmap(
        lambda row: st.tuples(inner, *[_leaves] * (row.count - 1)).map(
            lambda arguments: Apply(row.name, arguments)
        )
    )


def _conditions(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    relations: st.SearchStrategy[Relation] = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
    joints: st.SearchStrategy[Relation] = st.sampled_from(("and", "or"))
    small = st.builds(Compare, relations, _leaves, _leaves)
    joined = st.builds(Compare, joints, small, small)
    return st.one_of(
        st.builds(Compare, relations, inner, _leaves),
        st.builds(Compare, joints, small | joined, small | joined),
    )


trees: st.SearchStrategy[Tree] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Binary, _operators, inner, inner),
        st.builds(Negate, inner),
        st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), inner),
        _several(inner),
        st.builds(lambda *arguments: Apply("where", arguments), _conditions(inner), inner, _leaves),
    ),
    max_leaves=25,
)


@given(trees)
def test_that_what_is_printed_parses_back_to_the_same_tree(tree: Tree) -> None:
    assert build_tree(scan(to_text(tree))) == tree


@given(trees)
def test_that_what_is_printed_is_plain_ascii_in_one_spelling(tree: Tree) -> None:
    text = to_text(tree)
    assert text.isascii()
    assert to_text(build_tree(scan(text))) == text


@given(trees, st.floats(allow_nan=False, allow_infinity=False))
def test_that_values_in_place_of_parameters_keep_the_grouping(tree: Tree, value: float) -> None:
    names = dict.fromkeys(_PARAMETERS, number_text(value))
    filled = build_tree(scan(to_text(tree, names)))
    number: Tree = Number(abs(value))
    expected = _replaced(tree, Negate(number) if number_text(value)[0] == "-" else number)
    assert filled == expected


def _replaced(tree: Tree, value: Tree) -> Tree:
    match tree:
        case Parameter():
            return value
        case Binary():
            left, right = _replaced(tree.left, value), _replaced(tree.right, value)
            return Binary(tree.operator, left, right)
        case Negate():
            return Negate(_replaced(tree.operand, value))
        case Call():
            return Call(tree.function, _replaced(tree.argument, value))
        case Apply():
            return Apply(tree.function, tuple(_replaced(each, value) for each in tree.arguments))
        case Compare():
            left, right = _replaced(tree.left, value), _replaced(tree.right, value)
            return Compare(tree.relation, left, right)
        case _:
            return tree


def test_that_a_result_is_written_as_in_the_tutorial() -> None:
    values = {"a": "0.0586", "b": "0.837", "c": "-0.0101", "d": "-0.0906"}
    tree = parse("y = a + b x + c x^2 + d x^3").tree
    assert to_text(tree, values) == "0.0586 + 0.837 x + -0.0101 x^2 + -0.0906 x^3"
    legendre = parse("a + b P3(c + d x)").tree
    assert to_text(legendre, values) == "0.0586 + 0.837 P3(-0.0101 + -0.0906 x)"


def test_that_a_negative_value_takes_brackets_only_where_its_sign_would_stray() -> None:
    tree = parse("a^2 - a + b^a + -a").tree
    assert to_text(tree, {"a": "-0.5"}) == "(-0.5)^2 - -0.5 + b^-0.5 + --0.5"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("5x³+2x²+4x+8", "5 x^3 + 2 x^2 + 4 x + 8"),
        ("x*3", "x * 3"),
        ("2·π·x", "2 pi x"),
        ("((a))(x+1)", "a (x + 1)"),
        ("a/(b c)", "a / (b c)"),
        ("-(a b)", "-(a b)"),
        ("x⁻²", "x^-2"),
        ("1e-7 x + 1e20", "1e-07 x + 1e+20"),
        ("a(-b)", "a * -b"),
    ],
)
def test_that_the_canonical_text_has_no_more_signs_than_it_needs(text: str, canonical: str) -> None:
    assert to_text(parse(text).tree) == canonical


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("b x", "b·x"),
        ("d x^3", "d·x³"),
        ("sin(b x)", "sin(b·x)"),
        ("a + b x", "a + b·x"),
        ("a - b", "a − b"),
        ("-x^2", "−x²"),
        ("--x", "−(−x)"),
        ("x^-12", "x⁻¹²"),
        ("x^0.5", "x^0.5"),
        ("x^(a + 1)", "x^(a + 1)"),
        ("(x^2)^a", "(x²)^a"),
        ("x^-a", "x^(−a)"),
        ("2 pi x / 3", "2·π·x/3"),
        ("a * -b", "a·(−b)"),
        ("a - -b", "a − (−b)"),
        ("a - (b + 1)", "a − (b + 1)"),
        ("2(x + 1)", "2·(x + 1)"),
        ("0.333333333333 x", "0.333333·x"),
        ("exp(-x^2)", "exp(−x²)"),
        ("e^x + (e)^x", "exp(x) + (e)^x"),
        ("theta_1 x + λ", "θ1·x + λ"),
        ("(x % 2) x", "(x mod 2)·x"),
        ("max(0, -x)^2", "max(0, −x)²"),
        ("{x <= 0: -x, x != 1 and a > 0: x, 2}", "where(x ≤ 0, −x, where(x ≠ 1 and a > 0, x, 2))"),
    ],
)
def test_that_a_label_is_written_as_mathematics_is(text: str, label: str) -> None:
    assert pretty(parse(text).tree) == label


@given(trees)
def test_that_there_is_one_label_for_each_node_in_order(tree: Tree) -> None:
    assert labels(tree, limit=10_000) == [pretty(node) for node in postorder(tree)]


@given(trees, st.integers(3, 30))
def test_that_a_long_label_keeps_its_ends_within_the_limit(tree: Tree, limit: int) -> None:
    for short, node in zip(labels(tree, limit), postorder(tree), strict=True):
        whole = pretty(node)
        assert len(short) <= limit
        if len(whole) > limit:
            first, last = short.split("…")
            assert whole.startswith(first)
            assert whole.endswith(last)
        else:
            assert short == whole


def test_that_a_sum_of_a_thousand_terms_is_written_without_recursion() -> None:
    tree = parse("+".join("x" * 1000)).tree
    assert to_text(tree) == pretty(tree) == " + ".join("x" * 1000)
    assert labels(tree)[-1].startswith("x + x")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_number_reads_back_as_exactly_the_same(value: float) -> None:
    assert float(number_text(value)) == value
