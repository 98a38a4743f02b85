"""Trees written as Python, which torch evaluates as the engine evaluates the tree."""

import math

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.engine.data.program import compiled
from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.export.scripts.python_text import python_text, result_text
from gradviz.expression import Tree, constant, parse, postorder, to_text


def evaluated(text: str, x: torch.Tensor, parameters: dict[str, torch.Tensor]) -> torch.Tensor:
    names = {"torch": torch, "math": math, "P3": legendre_p3, "x": x, **parameters}
    return torch.as_tensor(eval(text, names), dtype=torch.float32)  # noqa: S307 - our own text


def is_finite(tree: Tree) -> bool:
    """Tell whether the parser would take the constants of the tree."""
    return all(value is None or math.isfinite(value) for value in map(constant, postorder(tree)))


@given(trees(), st.floats(-3, 3, width=32))
def test_that_python_computes_what_the_engine_computes(tree: Tree, at: float) -> None:
    assume(is_finite(tree))
    x = torch.tensor(at)
    parameters = {"a": torch.tensor(0.7), "b": torch.tensor(-1.3)}
    found = evaluated(python_text(tree), x, parameters)
    assert torch.equal(found.nan_to_num(), compiled(tree, parameters)(x).nan_to_num())


@given(trees())
def test_that_the_result_is_the_expression_with_its_numbers(tree: Tree) -> None:
    assume(is_finite(tree))
    template = result_text(tree)
    named = template.replace("{a.item()}", "a").replace("{b.item()}", "b")
    try:
        parsed = parse(named)
    except ExpressionError as error:
        # Nobody can type a division by the constant zero, so that no such tree is ever written.
        assume("divided by zero" not in error.message)
        raise
    assert parsed.tree == tree


@pytest.mark.parametrize(
    ("typed", "python"),
    [
        ("a + b x + c x^2", "a + b * x + c * x ** 2"),
        ("-x^2", "-x ** 2"),
        ("(-x)^2", "(-x) ** 2"),
        ("2^-x", "2 ** -x"),
        ("a - (b - x)", "a - (b - x)"),
        ("a / (b x)", "a / (b * x)"),
        ("x^2^3", "x ** 2 ** 3"),
        ("2 pi x", "2 * math.pi * x"),
        ("x / 3 + sin(2) tanh(x)", "x / 3 + math.sin(2) * torch.tanh(x)"),
        ("P3(x) sqrt(4)", "P3(x) * 2"),
        ("x + 2^60", "x + 1.152921504606847e+18"),
        ("(1 - 3) ^ x", "(1 - 3) ** x"),
    ],
)
def test_that_python_is_written_as_a_person_would(typed: str, python: str) -> None:
    assert python_text(parse(typed).tree) == python


def test_that_a_parameter_in_the_result_may_be_negative() -> None:
    assert result_text(parse("a^2 + b x").tree) == "({a.item()})^2 + {b.item()} x"


def test_that_the_longest_expressions_are_python_too() -> None:
    for text in (
        " + ".join(["x"] * 1000),
        " ".join(["x"] * 60),
        "(" * 60 + "x" + "+1)^a" * 60,
        "-" * 60 + "x",
        "^".join(["a"] * 60),
    ):
        tree = parse(text).tree
        x = torch.tensor(0.5)
        found = evaluated(python_text(tree), x, {"a": torch.tensor(0.5)})
        assert torch.equal(found, compiled(tree, {"a": torch.tensor(0.5)})(x))
        assert to_text(tree)
