"""Compiled expressions: the operations that Python would run, in its order, to the last bit."""

import math
import sys

import torch
from engine_cases import as_python_would, trees
from hypothesis import assume, given
from hypothesis import strategies as st

from gradviz.engine.data.program import compiled
from gradviz.expression import Tree, constant, parse, postorder


def _graph_names(output: torch.Tensor) -> list[str]:
    names, waiting = [], [output.grad_fn]
    while waiting:
        node = waiting.pop(0)
        if node is not None:
            names.append(node.name())
            waiting.extend(source for source, _ in node.next_functions)
    return names


@given(trees(), st.floats(-3, 3, width=32))
def test_that_results_are_those_of_the_same_text_in_python(tree: Tree, at: float) -> None:
    x = torch.tensor(at)
    parameters = {"a": torch.tensor(0.7), "b": torch.tensor(-1.3)}
    # A constant part without a real value is what the parser refuses.
    assume(all(value is None or math.isfinite(value) for value in map(constant, postorder(tree))))
    expected = torch.as_tensor(as_python_would(tree, x, parameters), dtype=torch.float32)
    assert torch.equal(compiled(tree, parameters)(x).nan_to_num(), expected.nan_to_num())


def test_that_the_tutorials_polynomial_is_the_same_to_the_last_bit_with_the_same_graph() -> None:
    torch.manual_seed(0)
    a, b, c, d = (torch.randn((), requires_grad=True) for _ in range(4))
    x = torch.linspace(-torch.pi, torch.pi, 2000)
    expected = a + b * x + c * x**2 + d * x**3
    tree = parse("a + b x + c x^2 + d x^3").tree
    found = compiled(tree, {"a": a, "b": b, "c": c, "d": d})(x)
    assert torch.equal(found, expected)
    assert _graph_names(found) == _graph_names(expected)


def test_that_whole_exponents_run_the_code_for_integers() -> None:
    x = torch.tensor(2.0, requires_grad=True)
    node = compiled(parse("x^2").tree, {})(x).grad_fn
    assert isinstance(node._saved_exponent, int)  # type: ignore[union-attr]


def test_that_a_sum_of_a_thousand_terms_needs_no_deep_stack() -> None:
    tree = parse(" + ".join(["x"] * 1000)).tree
    limit = sys.getrecursionlimit()
    assert limit < 5000
    x = torch.tensor(1.0, requires_grad=True)
    assert compiled(tree, {})(x).item() == 1000.0


def test_that_constant_parts_are_computed_as_numbers_and_once() -> None:
    x = torch.tensor(2.0, requires_grad=True)
    result = compiled(parse("2^3 sin(pi/2) x").tree, {})(x)
    assert result.item() == 16.0
    assert len(_graph_names(result)) == 2


def test_that_a_constant_alone_is_a_tensor() -> None:
    assert compiled(parse("9^30").tree, {})(torch.tensor(0.0)).shape == ()


def test_that_numbers_no_integer_of_64_bits_holds_are_taken() -> None:
    x = torch.tensor(1.0, requires_grad=True)
    assert compiled(parse("9^30 x").tree, {})(x).item() > 1e28


def test_that_parameters_changed_in_place_are_used() -> None:
    a = torch.tensor(1.0)
    forward = compiled(parse("a x").tree, {"a": a})
    a.fill_(5.0)
    assert forward(torch.tensor(2.0)).item() == 10.0
