"""How large an expression may be, what its degree is, and which constants are refused."""

import pytest

from gradviz.core.errors import ExpressionError
from gradviz.expression import parse, to_text


def refused(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


def marked(error: ExpressionError) -> str:
    return error.text[error.position : error.position + error.length]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1 + 1/0", "1/0"),
        ("a + log(-1)", "log(-1)"),
        ("log(0) x", "log(0)"),
        ("10^400 x", "10^400"),
        ("2 + 1e400", "1e400"),
        ("sqrt(-1)", "sqrt(-1)"),
        ("9**9**9", "9**9**9"),
        ("x^(9^9^9)", "(9^9^9)"),
        ("0^-1", "0^-1"),
        ("(-8)^(1/3)", "(-8)^(1/3)"),
        ("exp(1000)", "exp(1000)"),
        ("1e308 * 10", "1e308 * 10"),
        ("a sin(1/(2-2))", "1/(2-2)"),
    ],
)
def test_that_a_constant_without_a_finite_value_is_refused_where_it_stands(
    text: str, place: str
) -> None:
    error = refused(text)
    assert "has no finite value" in error.message
    assert marked(error) == place


@pytest.mark.parametrize(("text", "place"), [("x/0", "0"), ("a/(1 - 1)", "(1 - 1)")])
def test_that_a_division_by_a_constant_zero_is_refused(text: str, place: str) -> None:
    error = refused(text)
    assert error.message == "Nothing can be divided by zero."
    assert marked(error) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x^65", "65"),
        ("x^1e9", "1e9"),
        ("x^-65", "-65"),
        ("x⁹⁹", "⁹⁹"),
        ("a^(8*9)", "(8*9)"),
        ("x^64.5", "64.5"),
        ("2 + 2^65", "65"),
    ],
)
def test_that_a_constant_exponent_above_64_is_refused(text: str, place: str) -> None:
    error = refused(text)
    assert "exponent" in error.message
    assert "64" in error.hint
    assert marked(error) == place


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("(x^64)^64", "4096"),
        ("x^40 x^25", "65"),
        ("1 + a (x^33)^2", "66"),
        ("(1 - x^22)^3", "66"),
        ("P3(x^22)", "66"),
        ("P3(P3(P3(P3(x))))", "81"),
        ("(x^13)^5 / 2", "65"),
        ("(-x^13)^5", "65"),
        ("(x^33 / x)^2", "66"),
        ("(1 / x^33)^2", "66"),
        ("(x^-13)^5", "65"),
        (" x" * 65, "65"),
    ],
)
def test_that_a_degree_in_x_above_64_is_refused(text: str, degree: str) -> None:
    error = refused(text)
    assert error.message.endswith(f"in x is {degree}.")


@pytest.mark.parametrize(
    "text",
    [
        "x^64",
        "x^-64",
        "x^32 x^32",
        "x^64 + x^64",
        "a^64 x^64",
        "P3(P3(P3(x)))",
        "sin(x^64)^64",
        "x^64 / x^64",
        "2^x",
        "x^a",
        "(x^64)^a",
        "sin(2)^9 x^64",
        " a" * 65,
    ],
)
def test_that_a_degree_up_to_64_and_what_has_no_degree_are_accepted(text: str) -> None:
    assert parse(text).text == text


@pytest.mark.parametrize("opened", ["(", "sin(", "-(", "1+(", "2^(", "a(", "a/("])
def test_that_nesting_is_allowed_64_deep_and_no_deeper(opened: str) -> None:
    assert parse(opened * 64 + "a" + ")" * 64).parameters == ("a",)
    assert "64 deep" in refused(opened * 65 + "a" + ")" * 65).message


@pytest.mark.parametrize("chain", ["{}a", "a{}", "2{}", "(x{})b", "sin(a{})"])
def test_that_signs_and_powers_nest_as_brackets_do(chain: str) -> None:
    link = "-" if chain == "{}a" else "^1"
    depth = 63 if "sin" in chain else 64
    assert parse(chain.format(link * depth))
    assert "64 deep" in refused(chain.format(link * (depth + 1))).message


@pytest.mark.parametrize("level", ["a (b + ({})² ²)", "(({})² ² - b) a", "a - (({})² ² + b)"])
def test_that_what_is_accepted_is_accepted_as_it_is_printed(level: str) -> None:
    def nested(levels: int) -> str:
        text = "a"
        for _ in range(levels):
            text = level.format(text)
        return text

    # Each level takes two powers and one bracket more, and is printed with three brackets.
    tree = parse(nested(21)).tree
    assert parse(to_text(tree)).tree == tree
    assert "64 deep" in refused(nested(22)).message


@pytest.mark.parametrize(
    ("sign", "factor"), [(" ", "a²"), ("*", "-a^-2"), ("/", "-a"), ("+", "-a²"), ("-", "-a^2")]
)
def test_that_the_depth_of_one_part_does_not_add_to_that_of_the_next(
    sign: str, factor: str
) -> None:
    assert parse(sign.join([factor] * 100))


@pytest.mark.parametrize(("text", "position"), [("-" * 4000 + "x", 64), ("x" + "^x" * 2000, 129)])
def test_that_a_chain_is_cut_off_at_its_first_link_too_many(text: str, position: int) -> None:
    error = refused(text)
    assert (error.position, error.length) == (position, 1)


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", " "])
def test_that_a_thousand_terms_or_factors_are_accepted_and_no_more(sign: str) -> None:
    assert parse(sign.join("a" * 1000)).parameters == ("a",)
    error = refused(sign.join("a" * 1001))
    assert "more than 1\u202f000 terms or factors" in error.message
    assert error.position in (1999, 2000)


def test_that_terms_count_wherever_they_stand() -> None:
    inner = "+".join("a" * 501)
    assert refused(f"sin({inner}) exp({inner})").message.startswith("There are more")
    assert parse("+".join(["a a"] * 1000))


def test_that_factors_count_for_each_product_alone() -> None:
    product = "*".join("a" * 600)
    assert parse(f"{product} + {product}")
    assert parse(f"a ({product}) + sin({product}) a")
    assert "factors" in refused(f"{product} (b) {product}").message


def test_that_at_most_4096_characters_are_read() -> None:
    assert parse("a" + " " * 4095)
    error = refused("a" + " " * 4096)
    assert "4\u202f097 characters" in error.message
    assert (error.position, error.length) == (4096, 1)
