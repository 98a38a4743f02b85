"""What a user is told about a text that is no expression, and which place is marked."""

import pytest

from gradviz.core.errors import ExpressionError
from gradviz.expression import parse

# The text, what the message says, what the hint says, and what is marked.
REFUSALS = [
    ("", "There is no expression yet", "a + b x", ""),
    ("   ", "There is no expression yet", "a + b x", "   "),
    ("a +", "After + a number, x, a parameter or a bracket is expected.", "take + out", "+"),
    ("a + ", "After + a number, x, a parameter or a bracket is expected.", "Go on typing", "+"),
    ("x**", "After ** a number", "Go on typing", "**"),
    ("-", "After - a number", "Go on typing", "-"),
    ("(", "After ( a number", "Go on typing", "("),
    ("y =", "After = a number", "Go on typing", "="),
    ("a + * b", "After + a number, x, a parameter or a bracket is expected, not *.", "", "*"),
    ("* b", "At the beginning a number", "Take it out", "*"),
    ("()", "After ( a number, x, a parameter or a bracket is expected, not ).", "", ")"),
    ("sin()", "After ( a number", "write what is missing", ")"),
    ("x+²", "not ²", "", "²"),
    ("(x + 1", "This bracket is not closed.", "Write )", "("),
    ("((x)+(a)", "This bracket is not closed.", "Write )", "("),
    ("x)", "closes no bracket", "Take it out", ")"),
    ("x 2", "Between x and 2 an operator is missing.", "^2 for a power", "2"),
    ("(x+1)2", "Between ) and 2 an operator is missing.", "* 2 for a product", "2"),
    ("2 3", "Between 2 and 3", "", "3"),
    ("1.2.3", "1.2.3 is not a number.", "one decimal point", "1.2.3"),
    ("2..5", "2..5 is not a number.", "one decimal point", "2..5"),
    ("ab", "ab is no function and no parameter.", "a b", "ab"),
    ("abx + c", "abx is no", "a b x", "abx"),
    ("2ex", "ex is no", "e x", "ex"),
    ("xsin(x)", "xsin is no", "x sin(x)", "xsin"),
    ("sine", "sine is no", "Did you mean sin(x)?", "sine"),
    ("sinx", "sinx is no", "Did you mean sin(x)?", "sinx"),
    ("a tanhh(x)", "tanhh is no", "Did you mean tanh(x)?", "tanhh"),
    ("2 pii", "pii is no", "Did you mean pi?", "pii"),
    ("gelo(x)", "gelo is no", "Did you mean gelu(x)?", "gelo"),
    ("arcsine(x)", "arcsine is no", "Did you mean asin(x)?", "arcsine"),
    ("sec(x)", "sec is no", "Write 1/cos(x).", "sec"),
    ("coth(x)", "coth is no", "Write 1/tanh(x).", "coth"),
    ("PReLU(x)", "PReLU is no", "Write relu(x) - a relu(-x)", "PReLU"),
    ("lg(x)", "lg is no", "log10(x) or log2(x)", "lg"),
    ("erf(x)", "erf is no", "It is not among those that may be typed.", "erf"),
    ("w_1", "w_1 is no", "such as w1", "w_1"),
    ("theta", "theta is no", "such as gelu, and sin, cos", "theta"),
    ("sin", "sin needs its argument in brackets", "Write sin(x).", "sin"),
    ("sin x", "sin needs its argument in brackets", "Write sin(x).", "sin"),
    ("a cos²(x)", "cos needs its argument in brackets", "Write cos(x)^2", "cos"),
    ("y = x y", "y is the result here", "use another letter", "y"),
    ("y = y", "y is the result here", "Take y = out", "y"),
    ("y = a +", "After + a number", "Go on typing", "+"),
    ("x = 3", "= can only stand after y", "y = a + b x", "="),
    ("= x", "= can only stand after y", "y = a + b x", "="),
    ("y = x = 3", "= can only stand after y", "", "="),
    ("2,5", "The character , has", "2.5", ","),
    ("x + [a]", "The character [ has", "round brackets", "["),
    ("|x|", "The character | has", "abs(x)", "|"),
    ("√x", "The character √ has", "sqrt(x)", "√"),
    ("θ", "The character θ has", "letters a to z", "θ"),
    ("５x", "The character ５ has", "Write the plain 5.", "５"),
    ("x₁", "The character ₁ has", "Write the plain 1.", "₁"),
    ("a\x00b", "The character U+0000 has", "", "\x00"),
    ("x\u200b", "The character U+200B has", "", "\u200b"),
    ("x🙂", "The character 🙂 has", "Use numbers", "🙂"),
    ('__import__("os")', "__import__ is no", "such as gelu, and sin", "__import__"),
]


def refused(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(("text", "message", "hint", "marked"), REFUSALS)
def test_that_a_refusal_says_what_is_wrong_and_marks_it(
    text: str, message: str, hint: str, marked: str
) -> None:
    error = refused(text)
    assert message in error.message
    assert hint in error.hint
    assert text[error.position : error.position + error.length] == marked


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("((x)+(a)", 0),
        ("(x + (a", 5),
        ("x) + )", 1),
        ("y = a + y", 8),
        ("y = x = 3", 6),
        ("2 3 4", 2),
    ],
)
def test_that_of_several_places_the_right_one_is_marked(text: str, position: int) -> None:
    assert refused(text).position == position


def test_that_a_caret_stands_beneath_the_place() -> None:
    assert refused("a + sine(x)").caret() == "a + sine(x)\n    ^^^^"


def test_that_long_words_and_numbers_are_cut_in_messages() -> None:
    for text in ("q" * 4000, "2 " + "9" * 4000, "9" * 4000, "sin(" + "+1" * 900 + "/0)"):
        error = refused(text)
        assert len(str(error)) < 400
