"""Guesses beside PyTorch's number."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import tutorial_graph, tutorial_trace

from gradviz.core.errors import SettingError
from gradviz.core.findings.predicting.predictions import Prediction, judged, prediction_of


def asked(value: float) -> Prediction:
    return Prediction("What gradient does Mul send to x?", value)


@pytest.mark.parametrize(
    ("number", "guess", "verdict", "told"),
    [
        (4.0, "4", "right", "Right: PyTorch has 4."),
        (4.0, "4,0", "right", "Right: PyTorch has 4."),
        (60.0, "8", "wrong", "PyTorch has 60; 8 is off by 52."),
        (60.0, "-60", "wrong", "PyTorch has 60; −60 has the other sign."),
        (1 / 3, "0.33", "right", "Right: PyTorch has 0.333333."),
        (1 / 3, "0.34", "wrong", "PyTorch has 0.333333; 0.34 is off by 0.00666667."),
        # One digit is no rounding.
        (4.3, "4", "wrong", "PyTorch has 4.3; 4 is off by 0.3."),
        (12345.6, "1.23e4", "right", "Right: PyTorch has 12345.6."),
        (0.0, "0", "right", "Right: PyTorch has 0."),
        (math.inf, "5", "wrong", "PyTorch has inf, which is not finite."),
    ],
)
def test_that_a_guess_is_judged(number: float, guess: str, verdict: str, told: str) -> None:
    assert judged(asked(number), guess) == (verdict, told)


@given(st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-3), st.integers(3, 6))
def test_that_a_rounded_number_is_right(number: float, digits: int) -> None:
    assert judged(asked(number), f"{number:.{digits - 1}e}").verdict == "right"


@given(st.floats(1, 1e6), st.floats(1.05, 10))
def test_that_another_number_is_wrong(number: float, factor: float) -> None:
    assert judged(asked(number), f"{number * factor:.6g}").verdict == "wrong"


@given(st.text(max_size=30))
def test_that_any_text_is_judged_or_refused(text: str) -> None:
    with suppress(SettingError):
        assert judged(asked(2.5), text).told


def test_that_the_question_names_both_ends() -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    for step in trace.steps:
        found = prediction_of(graph, step)
        if graph.node[step.node].kind == "leaf":
            assert found is None
        elif found is not None:
            assert graph.node[step.node].op in found.question
            assert found.question.endswith("?")
            assert str(found.number) not in found.question
