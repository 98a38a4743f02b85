"""A loss as it is typed: its meaning, and the place of an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.own.criteria import CRITERIA, parse_criterion

_NAMES = st.sampled_from([row.name for row in CRITERIA])


@given(
    _NAMES,
    st.dictionaries(
        st.sampled_from(["margin", "delta", "reduction", "full"]),
        st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.sampled_from("ab"),
    ),
    st.sampled_from(["", "nn.", "torch.nn."]),
)
def test_that_a_loss_is_read_as_it_is_written(
    name: str, options: dict[str, object], before: str
) -> None:
    listed = ", ".join(f"{key}={value!r}" for key, value in options.items())
    call = parse_criterion(f" {before}{name}({listed}) ")
    assert call.row.name == name
    assert call.arguments.keywords == options
    assert call.code == f"torch.nn.{name}({listed})"
    assert call.text == (f"{name}({listed})" if options else name)
    assert parse_criterion(call.text) == call


def test_that_a_name_alone_and_a_reduction_are_enough() -> None:
    assert parse_criterion("MSELoss").code == "torch.nn.MSELoss()"
    assert parse_criterion("MSELoss, sum") == parse_criterion("MSELoss(reduction='sum')")
    weighted = parse_criterion("NLLLoss(weight=[1, 2])")
    assert weighted.text == "NLLLoss(weight=[1, 2])"
    assert weighted.code == "torch.nn.NLLLoss(weight=torch.tensor([1, 2]))"


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("nn.L3Loss()", "L3Loss", "There is no loss 'L3Loss'"),
        ("MSELoss, most", "MSELoss, most", "This is no loss"),
        ("MSELoss(beta=)", ")", ""),
        ("HuberLoss(delta=print(1))", "(", ""),
        ("LinearCrossEntropyLoss(3, 4)", "LinearCrossEntropyLoss", "has parameters of its own"),
    ],
)
def test_that_the_place_of_an_error_is_marked(text: str, marked: str, message: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse_criterion(text)
    error = raised.value
    assert text[error.position : error.position + error.length] == marked
    assert message in error.message
    assert error.hint


@given(st.text(max_size=30))
def test_that_any_text_is_a_loss_or_refused_with_its_place(text: str) -> None:
    try:
        parse_criterion(text)
    except ExpressionError as raised:
        error = raised
    else:
        return
    assert error.text == text
    assert 0 <= error.position <= len(text)
