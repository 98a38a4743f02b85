"""Nodes are equal by structure, and every walk over them goes without recursion."""

import sys

from gradviz.expression import (
    Binary,
    Call,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    parse,
    postorder,
    to_text,
)


def test_that_places_do_not_count_for_equality_and_hash() -> None:
    assert parse("a+b").tree == parse("  a   +  b").tree
    assert hash(parse("a+b").tree) == hash(parse("y = (a)+b").tree)
    assert parse("a+b").tree.span == (0, 3)


def test_that_every_other_difference_counts() -> None:
    texts = ("a", "b", "x", "pi", "1", "2", "-a", "a+b", "a-b", "b+a", "sin(a)", "cos(a)")
    assert len({parse(text).tree for text in texts}) == len(texts)
    assert parse("a - (b - c)").tree != parse("a - b - c").tree
    assert Variable() != "x"


def test_that_a_node_comes_after_its_operands_and_left_before_right() -> None:
    tree = parse("a + -sin(x) b").tree
    assert [to_text(node) for node in postorder(tree)] == [
        "a",
        "x",
        "sin(x)",
        "-sin(x)",
        "b",
        "-sin(x) b",
        "a + -sin(x) b",
    ]


def test_that_children_are_the_operands() -> None:
    a, x = Parameter("a"), Variable()
    assert children(Binary("-", a, x)) == (a, x)
    assert children(Negate(a)) == (a,)
    assert children(Call("sin", x)) == (x,)
    assert children(Number(1.0)) == children(Pi()) == children(a) == children(x) == ()


def test_that_a_sum_far_deeper_than_the_recursion_limit_can_be_handled() -> None:
    depth = 5 * sys.getrecursionlimit()
    tree: Tree = Number(1.0)
    same: Tree = Number(1.0)
    for _ in range(depth):
        tree, same = Binary("+", tree, Number(1.0)), Binary("+", same, Number(1.0))
    assert tree == same
    assert hash(tree) == hash(same)
    assert len(list(postorder(tree))) == 2 * depth + 1
    assert repr(tree).count("1.0") == depth + 1


def test_that_repr_shows_the_structure() -> None:
    assert repr(parse("0 + b x").tree) == "<Binary in postfix notation: 0.0 b Variable * +>"
