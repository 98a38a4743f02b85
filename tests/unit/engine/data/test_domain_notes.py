"""Notes on parts of an expression that leave the domain of a function at the inputs in use."""

import pytest
import torch
from engine_cases import trees
from hypothesis import given
from hypothesis import strategies as st

from gradviz.engine.data.domain_notes import domain_notes
from gradviz.engine.data.program import compiled
from gradviz.expression import Tree, constant, parse, postorder

_PARAMETERS = {"a": torch.tensor(0.5), "b": torch.tensor(-2.0)}


@pytest.mark.parametrize(
    ("text", "at", "note"),
    [
        ("log(b x)", 1.0, "log is defined for numbers above 0. b·x = −2 at x = 1 gives nan."),
        ("log(x)", 0.0, "log is defined for numbers above 0. x = 0 gives -inf."),
        ("1/(x - 1)", 1.0, "Nothing can be divided by zero. x − 1 = 0 at x = 1 gives inf."),
        ("x^0.5", -4.0, "A negative number has whole powers only. x = −4 gives nan."),
        ("x^-1", 0.0, "Zero has no negative power. x = 0 gives inf."),
        ("asin(2 x)", 1.0, "asin is defined for numbers from −1 on and up to 1. 2·x = 2 at x"),
        ("x mod (x - 1)", 1.0, "Nothing can be divided by zero. x − 1 = 0"),
    ],
)
def test_that_a_note_names_the_part_and_the_place(text: str, at: float, note: str) -> None:
    (found,) = domain_notes(parse(text).tree, _PARAMETERS, torch.tensor(at))
    assert found.startswith(note)


def test_that_the_first_of_many_points_and_their_count_are_told() -> None:
    x = torch.linspace(-2, 2, 5)
    (note,) = domain_notes(parse("a sqrt(x)").tree, _PARAMETERS, x)
    assert note == (
        "sqrt is defined for numbers from 0 on. x = −2 gives nan, and so does 1 more of 5 points."
    )


@pytest.mark.parametrize("x", [torch.tensor(1.0), torch.linspace(-1, 1, 5)])
def test_that_a_part_without_x_is_noted_without_a_place(x: torch.Tensor) -> None:
    (note,) = domain_notes(parse("log(a - 99) + b x").tree, _PARAMETERS, x)
    assert note == "log is defined for numbers above 0. a − 99 = −98.5 gives nan."


def test_that_only_the_part_at_fault_is_noted() -> None:
    (note,) = domain_notes(parse("sqrt(log(x)) + log(x)").tree, {}, torch.tensor(-1.0))
    assert note.startswith("log ")


@given(trees(), st.floats(-3, 3, width=32))
def test_that_a_value_that_is_nan_has_a_note_and_a_real_one_of_sums_has_none(
    tree: Tree, at: float
) -> None:
    if not all(value is None or abs(value) < 1e6 for value in map(constant, postorder(tree))):
        return
    x = torch.tensor(at, dtype=torch.float64)
    parameters = {name: value.double() for name, value in _PARAMETERS.items()}
    value = compiled(tree, parameters)(x)
    notes = domain_notes(tree, parameters, x)
    parts = [compiled(part, parameters)(x) for part in postorder(tree)]
    if value.isnan() and not any(part.isinf() for part in parts):
        assert notes
    if all(part.isfinite() for part in parts):
        assert not notes
