"""The rule of a node as it is shown."""

import pytest

from gradviz.core.findings.rule import RuleLine


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("grad * 2", "grad * 2"),
        ("handle_r_to_c(self.scalar_type(), grad * other.conj())", "grad * other.conj()"),
        (
            "-handle_r_to_c(t(a, b), maybe_multiply(grad, alpha)) + 1",
            "-maybe_multiply(grad, alpha) + 1",
        ),
        ("handle_r_to_c(a, handle_r_to_c(b, grad))", "grad"),
        ("handle_r_to_c(a", "handle_r_to_c(a"),
        ("", ""),
    ],
)
def test_that_a_conversion_to_real_numbers_is_left_out(formula: str, shown: str) -> None:
    line = RuleLine(slot=0, input="self", receiver="1", formula=formula)
    assert line.shown_formula == shown
