"""Other spellings of an expression mean the same as the one in plain text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.expression import Tree, parse, to_text

# The spelling, and the same in plain text.
EULER = {
    "e^x": "exp(x)",
    "e**x": "exp(x)",
    "1/(1+e^-x)": "1 / (1 + exp(-x))",
    "a e^(b x)": "a exp(b x)",
    "2e^x": "2 exp(x)",
    "e²": "exp(2)",
    "e⁻¹ x": "exp(-1) x",
    "e^x^2": "exp(x^2)",
    "a + b x + c x^2 + d x^3 + e x^4": "a + b x + c x^2 + d x^3 + e x^4",
    "2 e": "2 e",
    "(e)^x": "(e)^x",
}
SIGNS = {
    "|x|": "abs(x)",
    "||x|-1|": "abs(abs(x) - 1)",
    "|a||b| x": "abs(a) abs(b) x",
    "a|x|+|x+1|": "a abs(x) + abs(x + 1)",
    "|x (|x| - 1)|": "abs(x (abs(x) - 1))",
    "√x": "sqrt(x)",
    "√(x+1)²": "sqrt(x + 1)^2",
    "2√x + 1": "2 sqrt(x) + 1",
    "∛x": "cbrt(x)",
    "½x": "0.5 x",
    "2½ x": "2.5 x",
    "x^¾": "x^0.75",
    "a·b×x÷c−1": "a b x / c - 1",
    "0,5x": "0.5 x",
    "1,5e3 x + 0,123": "1500 x + 0.123",
    "sin(0,5 x)": "sin(0.5 x)",
    "max(0,5x)": "max(0, 5 x)",
    "max(0, 5, x)": "max(max(0, 5), x)",
    "clamp(x,0,1)": "clamp(x, 0, 1)",
}
NAMES = {
    "x₁": "x",
    "a x_1 + x_1^2": "a x + x^2",
    "a₁ x + a_1": "a1 x + a1",
    "w₁₂": "w12",
    "θ x": "theta x",
    "α + β x + γ": "alpha + beta x + gamma",
    "2πτ": "2 pi tau",
    "θ₁ + θ_2": "theta1 + theta2",
    "lambda x": "lamda x",
    "gamma (x + 1)": "gamma (x + 1)",
    "ϵ + ε": "epsilon + epsilon",
    "log₂(x) + log_10(x)": "log2(x) + log10(x)",
    "f(x) = x^2": "x^2",
    "y(x) = a x": "a x",
    "g = a x": "a x",
    "y = 2x": "2 x",
}
BARE_CALLS = {
    "sin x": "sin(x)",
    "sin 2x": "sin(2 x)",
    "sin 2πx": "sin(2 pi x)",
    "sin x + 1": "sin(x) + 1",
    "sin x cos x": "sin(x) cos(x)",
    "sin x * cos x": "sin(x) cos(x)",
    "sin x / cos x": "sin(x) / cos(x)",
    "sin x^2": "sin(x^2)",
    "sin -x": "sin(-x)",
    "a sin b x + c": "a sin(b x) + c",
    "sin²(x)": "sin(x)^2",
    "sin^2(x)": "sin(x)^2",
    "sin^2 x": "sin(x)^2",
    "sin² x + cos² x": "sin(x)^2 + cos(x)^2",
    "2 sin² x cos 3x": "2 sin(x)^2 cos(3 x)",
    "a cos²(b x) x": "a cos(b x)^2 x",
    "ln x": "log(x)",
    "ln ln x": "log(log(x))",
    "ln sin² x": "log(sin(x)^2)",
    "exp -x^2": "exp(-x^2)",
    "sin √x": "sin(sqrt(x))",
    "√sin x": "sqrt(sin(x))",
    "sin |x|": "sin(abs(x))",
    "sin e^x": "sin(exp(x))",
}
CASES = {
    "x mod 2": "x % 2",
    "x % 2": "x % 2",
    "mod(x, 2)": "x % 2",
    "max(a, b, x)": "max(max(a, b), x)",
    "{x<0: -x, x}": "where(x < 0, -x, x)",
    "{x<0: -x; x>=0: x}": "where(x < 0, -x, x)",
    "{x ≤ 0: 0, otherwise: x}": "where(x <= 0, 0, x)",
    "{x=0: 1, sin(x)/x}": "where(x == 0, 1, sin(x) / x)",
    "{x<-1: -1, x<1: x, 1}": "where(x < -1, -1, where(x < 1, x, 1))",
    "2{x<0: -x, x} + 1": "2 where(x < 0, -x, x) + 1",
    "x if x > 0 else -x": "where(x > 0, x, -x)",
    "1 if 0 < x < 1 else 0": "where(0 < x and x < 1, 1, 0)",
    "1 if x>0 and (x<1 or x != 3) else a": "where(x > 0 and (x < 1 or x != 3), 1, a)",
}
LATEX = {
    r"\frac{a}{b} x": "a / b x",
    r"\frac12 x": "1 / 2 x",
    r"a \frac{1}{x}": "a (1 / x)",
    r"\sqrt{x}": "sqrt(x)",
    r"\sqrt[3]{x + 1}": "cbrt(x + 1)",
    r"\sqrt[4]{x}": "x^(1 / 4)",
    r"a \cdot x \times 2": "a x * 2",
    r"\left( x + 1 \right)^{2}": "(x + 1)^2",
    r"\left| x \right|": "abs(x)",
    r"\sin x \cos(x)": "sin(x) cos(x)",
    r"\sin^2 x": "sin(x)^2",
    r"\sin^{2}(x)": "sin(x)^2",
    r"\ln x + \exp(x)": "log(x) + exp(x)",
    r"\sin \frac{x}{2}": "sin(x / 2)",
    r"\pi x \theta": "pi x theta",
    r"\theta_1 + \theta_{2}": "theta1 + theta2",
    r"\mathrm{ReLU}(x)": "relu(x)",
    r"\operatorname{softplus}(x)": "softplus(x)",
    r"e^{-x}": "exp(-x)",
    r"ae^{x}": "a exp(x)",
    r"\mathrm{e}^{x}": "exp(x)",
    r"x^{2}": "x^2",
    r"a_{1} x": "a1 x",
    r"$ax^2 + bx$": "a x^2 + b x",
    r"\log_2 x + \log_{10}(x)": "log2(x) + log10(x)",
    r"\max(0, x)": "max(0, x)",
    r"\lfloor x \rfloor": "floor(x)",
    r"\frac{e^{x}-e^{-x}}{2}": "(exp(x) - exp(-x)) / 2",
    r"\begin{cases} -x & x < 0 \\ x & x \ge 0 \end{cases}": "where(x < 0, -x, x)",
    r"\begin{cases} -x, & \text{if } x < 0, \\ x, & \text{otherwise} \end{cases}": (
        "where(x < 0, -x, x)"
    ),
}
CODE = {
    "torch.sin(x)**2": "sin(x)^2",
    "np.exp(x)": "exp(x)",
    "math.pi * x": "pi x",
    "math.e**x": "exp(x)",
    "np.e * x": "exp(1) x",
    "x.pow(2)": "x^2",
    "x.sin()": "sin(x)",
    "-x.exp()": "-exp(x)",
    "(x+1).pow(2).sin()": "sin((x + 1)^2)",
    "torch.sin(x).clamp(-0.5, 0.5)": "clamp(sin(x), -0.5, 0.5)",
    "torch.pow(x, 2)": "x^2",
    "torch.square(x)": "x^2",
    "F.relu(x)": "relu(x)",
    "torch.nn.functional.gelu(x)": "gelu(x)",
    "nn.ReLU()(x)": "relu(x)",
    "lambda x: x**2": "x^2",
    "return 2*x": "2 x",
    "def f(x): return x.exp()": "exp(x)",
    "np.maximum(0, x)": "max(0, x)",
    "torch.where((x > 0) & (x < 1), x, 0)": "where(x > 0 and x < 1, x, 0)",
}
ALL = {**EULER, **SIGNS, **NAMES, **BARE_CALLS, **CASES, **LATEX, **CODE}


@pytest.mark.parametrize("text", ALL)
def test_that_a_spelling_means_the_plain_text(text: str) -> None:
    assert parse(text).tree == parse(ALL[text]).tree


@pytest.mark.parametrize("text", ALL)
def test_that_no_node_stands_outside_the_typed_text(text: str) -> None:
    expression = parse(text)
    start, end = expression.tree.span
    assert 0 <= start < end <= len(text)


def test_that_the_plain_text_of_a_letter_of_greek_is_its_name() -> None:
    assert to_text(parse("θ x + λ").tree) == "theta x + lamda"


_pieces = st.lists(
    st.sampled_from(
        [
            *["x", "e", "a", "θ", "x₁", "2", "0,5", "½", "π", "sin", "ln", "max", "where", "√"],
            *["|", "(", ")", "{", "}", "[", "]", ",", ":", ".", "^", "²", "⁻¹", "+", "-", "*", "/"],
            *["mod", "if", "else", "and", "<", ">=", "=", "_", "&", "$", " ", " ", "lambda x:"],
            *["\\frac", "\\sqrt", "\\sin", "\\left", "\\right", "\\begin{cases}", "\\end{cases}"],
            *[
                "\\\\",
                "\\theta",
                "\\cdot",
                "\\mathrm",
                "torch.",
                "np.",
                "x.sin()",
                ".pow(2)",
                "_{1}",
            ],
        ]
    ),
    max_size=25,
).map("".join)


@given(_pieces)
@example("0,5½")
@example("\\sqrt$")
@example("\\frac{1}$")
def test_that_any_mix_of_spellings_is_an_expression_or_an_error_with_a_place_in_it(
    text: str,
) -> None:
    outcome = _outcome(text)
    if isinstance(outcome, ExpressionError):
        assert outcome.message.endswith(".")
        assert outcome.hint.endswith((".", "?"))
        assert 0 <= outcome.position < outcome.position + outcome.length <= max(1, len(text))
    else:
        assert parse(to_text(outcome)).tree == outcome


def _outcome(text: str) -> Tree | ExpressionError:
    try:
        return parse(text).tree
    except ExpressionError as error:
        return error


_LONG = [
    *["√" * 4096, "|" * 4096, "sin " * 1024, "ln " * 1365 + "x", "{x<0:" * 819, "x.sin()" * 585],
    *["\\sqrt" * 819, "\\frac" * 819, "{" * 4096, "$" * 4096, "0,5," * 1024, "\\frac{" * 682],
    *["x" + ".sin()" * 682, "x" + ".pow(x)" * 585, "sin^2 " * 682, "|x" * 2048, "torch." * 682],
    *[
        "\\begin{cases}" * 315,
        "x if x<0 else " * 292 + "x",
        "max(" * 1024,
        "1,2" * 1365,
        "½" * 4096,
    ],
    *["{x<0: " * 65 + "x" + ", x}" * 65, "lambda x: " * 409, "e^" * 2047 + "x", "sin x " * 682],
]


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("text", _LONG, ids=lambda text: ascii(text[:12]))
def test_that_long_texts_are_answered_about_as_fast_as_hostile_ones(text: str) -> None:
    _seconds(text)
    pairs = [(_seconds(text), _seconds_to_count()) for _ in range(5)]
    answer, loop = (min(seconds) for seconds in zip(*pairs, strict=True))
    assert answer < max(0.060, 5 * loop)


def _seconds_to_count() -> float:
    start = time.process_time()
    total = 0
    for number in range(200_000):
        total += number * number
    return time.process_time() - start


def _seconds(text: str) -> float:
    start = time.process_time()
    _outcome(text)
    return time.process_time() - start
