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
    ("sin", "sin needs its argument in brackets", "Write sin(x).", "sin"),
    ("y = x y", "y is the result here", "use another letter", "y"),
    ("y = y", "y is the result here", "Take y = out", "y"),
    ("y = a +", "After + a number", "Go on typing", "+"),
    ("x = 3", "= can only stand after y", "y = a + b x", "="),
    ("= x", "= can only stand after y", "y = a + b x", "="),
    ("y = x = 3", "= can only stand after y", "", "="),
    ("x + [a]", "The character [ has", "round brackets", "["),
    ("５x", "The character ５ has", "Write the plain 5.", "５"),
    ("a\x00b", "The character U+0000 has", "", "\x00"),
    ("x\u200b", "The character U+200B has", "", "\u200b"),
    ("x🙂", "The character 🙂 has", "Use numbers", "🙂"),
    ("foo(x)", "foo is no", "such as w1", "foo"),
    ("foo", "foo is no", "such as w1", "foo"),
    ("speed x", "speed is no", "such as w1", "speed"),
    ("maxx(0, x)", "maxx is no", "Did you mean max(a, b)?", "maxx"),
    ("gleu(x)", "gleu is no", "Did you mean gelu(x)?", "gleu"),
    ("x^2 cosx", "cosx is no", "Did you mean cos(x)?", "cosx"),
    ("fmod(x, 2)", "fmod is no", "x mod 2", "fmod"),
    ("sin x / 2", "not clear how far sin reaches", "sin(x / 2) or sin(x) / 2", "sin x /"),
    ("sin x (x + 1)", "not clear how far sin", "sin(x (x + 1)) or sin(x) (x + 1)", "sin x ("),
    ("√2x", "not clear how far sqrt", "sqrt(2 x) or sqrt(2) x", "√2x"),
    ("sqrt x^2", "not clear how far sqrt", "sqrt(x ^2) or sqrt(x) ^2", "sqrt x^"),
    (
        "sin⁻¹(x)",
        "can be read in two ways",
        "asin(x) for the inverse function, or 1/sin(x)",
        "sin⁻¹",
    ),
    ("tan^-1 x", "can be read in two ways", "Write atan(x)", "tan^-1"),
    ("tan^{-1} x", "can be read in two ways", "Write atan(x)", "tan^{-1}"),
    ("ln^-2 x", "can be read in two ways", "ln(x)^-2", "ln^-2"),
    ("sin^n(x)", "exponent of sin has to be a number", "sin(x)^n", "sin^n"),
    ("|x", "not in pairs", "abs(...)", "|"),
    ("(|x)|", "not in pairs", "abs(...)", "|"),
    ("x₁ + x", "x₁ cannot stand beside x", "such as w1", "x₁"),
    ("x_1 x_2", "x_1 cannot stand beside x2", "such as w1", "x_1"),
    ("gamma(x)", "The gamma function cannot be typed", "gamma * (...)", "gamma"),
    ("1,000 x", "may be 1000 or 1.000", "decimal point", "1,000"),
    ("max(1,5,x)", "1,5 may be one number or two", "space behind the comma", "1,5"),
    ("1,5,2", "1,5 may be one number or two", "", "1,5"),
    ("a, b", "A comma separates arguments only", "max(0, x)", ","),
    ("max(x)", "max takes 2 arguments, not 1", "max(a, b)", "max(x)"),
    ("sin(x, 2)", "sin takes one argument, not 2", "sin(x)", "sin(x, 2)"),
    ("log(x, 2)", "log takes one argument", "log(x) / log(b)", "log(x, 2)"),
    ("clamp(x, 0)", "clamp takes 3 arguments, not 2", "clamp(x, low, high)", "clamp(x, 0)"),
    ("x < 1", "A comparison has no value", "{x < 0: -x, x}", "<"),
    ("sin(x < 1)", "A condition has no value", "{x < 0: -x, x}", "x < 1"),
    ("where(x, 1, 2)", "a condition is expected", "where(x > 0, x, -x)", "x"),
    ("{1 < 2: x, a}", "1 < 2 is always the same", "write the value alone", "1 < 2"),
    ("{x < 0: a, x > 0: b}", "do not say what holds elsewhere", "without a condition", "x > 0"),
    ("{x < 0: a", "This bracket is not closed", "Write }", "{"),
    ("{x}", "ends no cases", "{x < 0: -x, x}", "}"),
    ("a if x > 0", "This if has no else", "x if x > 0 else -x", "0"),
    ("a if x else b", "no condition before it", "x if x > 0 else -x", "else"),
    ("x : 2", "A colon stands behind a condition", "A division is written with /", ":"),
    ("x mod 0", "Nothing can be divided by zero", "", "0"),
    (r"\foo x", r"\foo is no command", "functions such as sin(x)", r"\foo"),
    (r"\frac{1}", r"\frac is not complete", r"\frac{a}{b}", r"\frac"),
    (r"\sqrt[", r"\sqrt is not complete", r"\sqrt[3]{x}", r"\sqrt"),
    (r"\frac{1}{x", "has no end", "Write }", "{"),
    (r"\begin{matrix} x \end{matrix}", r"\begin is no command", "", r"\begin"),
    ("x.foo()", ".foo is no function", "x.sin()", "foo"),
    ("torch.softmax(x)", "torch.softmax is not among", "README.md", "softmax"),
    ("torch.max(x, 0)", "may be the largest number along", "torch.maximum(a, b)", "max"),
    ("x.min(0)", "may be the smallest number along", "Write min(a, b)", "min"),
    ("torch.clamp(x, min=0)", "cannot be given by its name", "max(0, x)", "min"),
    ("F.gelu(x, approximate=2)", "cannot be given by its name", "in order", "approximate"),
    ("np.a", "np.a is not among", "README.md", "a"),
    ("a.b", ".b is no function", "x.sin()", "b"),
    ("x.", "The character . has", "2.5", "."),
    ("import torch", "import is no", "such as w1", "import"),
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
