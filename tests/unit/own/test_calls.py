"""Arguments and inputs as they are typed: what they mean, and the place of an error."""

import ast
import math
import subprocess
import sys
from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.own.calls import InputCall, parse_arguments, parse_inputs

SCALARS = (
    st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=8,
)


def calls_in(text: str) -> list[InputCall]:
    """Return the inputs in `text`, each of which is a call."""
    inputs = parse_inputs(text)
    return [each for each in inputs if isinstance(each, InputCall)]


def refused(parse: Callable[[str], object], text: str) -> ExpressionError | None:
    """Return the error that `text` gives, None where it is read."""
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


@given(st.lists(VALUES, max_size=4), st.dictionaries(st.sampled_from("abcdef"), VALUES))
def test_that_arguments_mean_what_python_means_by_them(
    positional: list[object], keywords: dict[str, object]
) -> None:
    parts = [repr(value) for value in positional]
    parts += [f"{name}={value!r}" for name, value in keywords.items()]
    found = parse_arguments(", ".join(parts))
    assert list(found.positional) == positional
    assert found.keywords == keywords


#: Every character that a string of Python may hold: NUL and lone surrogates are among them.
ANYTHING = st.text(st.characters(), max_size=60)
NEARLY = st.text("randit(),;=[]'\"0123456789.e+- TrueNone\\\n\r\0\ud800", max_size=60)
PIECES = st.lists(
    st.sampled_from(
        ["randn(", "arange(", "randint(", "torch.ones(", *"()[]{},:;='", "1", "-2", ".5"]
    )
    | st.sampled_from(
        ["1e999", "'a'", '"\\d"', "'\\x1'", "True", "None", "x", "nn.ReLU", "a=", "b="]
    )
    | st.sampled_from(["dtype=", "size=", "requires_grad=", "float32", "\\", "\0", "(2, 3)"]),
    max_size=20,
).map(" ".join)
LONG = st.tuples(st.sampled_from("([{'\"-+1a.,=\\"), st.sampled_from((100, 4096, 10_000))).map(
    lambda drawn: drawn[0] * drawn[1]
)


@given(ANYTHING | NEARLY | PIECES | LONG)
def test_that_any_text_is_read_or_refused_within_itself(text: str) -> None:
    for parse in (parse_arguments, parse_inputs):
        error = refused(parse, text)
        if error is not None:
            assert error.message
            assert error.hint
            assert error.text == text
            assert 0 <= error.position <= len(text)
            assert error.caret()


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("[", "]"), ("([", "])")])
def test_that_brackets_may_be_nested_16_deep(opening: str, closing: str) -> None:
    count = 16 // len(opening)
    assert refused(parse_arguments, opening * count + "1" + closing * count) is None
    error = refused(parse_arguments, opening * count + "[1]" + closing * count)
    assert error is not None
    assert "too deep" in error.message
    assert error.position == 16


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("in_features=four", "four"),
        ("4, bias=True, 5", "5"),
        ("bias=1, bias=2", "bias"),
        ("__import__('os')", "("),
        ("a=(1, 2", ""),
        ("1 + 2", "+"),
        ("nn.ReLU", "nn.ReLU"),
        ("a=1e999", "1e999"),
        ("'\\N{nothing}'", "'\\N{nothing}'"),
        ("1" * 41, "1" * 41),
        ("(" * 20, "("),
        ("a.b=1", "a.b"),
        ("(1, four)", "four"),
        ("['abc", "'"),
        ("'a\0b'", "'a\0b'"),
        ("'\ud800'", "'\ud800'"),
        ("1;", ";"),
        ("a=1, 'b'", "'b'"),
        ("[a=1]", "="),
    ],
)
def test_that_wrong_arguments_are_marked(text: str, marked: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_arguments(text)
    error = caught.value
    assert error.text == text
    assert text[error.position : error.position + error.length] == marked


def test_that_inputs_have_the_shapes_that_torch_gives_them() -> None:
    made = {
        "randn(2, 3)": torch.randn(2, 3),
        "rand((4,))": torch.rand((4,)),
        "zeros([2, 1])": torch.zeros([2, 1]),
        "ones(())": torch.ones(()),
        "randn(0, 3)": torch.randn(0, 3),
        "arange(5)": torch.arange(5),
        "arange(1, 2.5)": torch.arange(1, 2.5),
        "arange(9, 0, -2)": torch.arange(9, 0, -2),
        "arange(0, 1, 0.3)": torch.arange(0, 1, 0.3),
        "randint(9, (2, 3))": torch.randint(9, (2, 3)),
        "randint(-3, 9, (4,))": torch.randint(-3, 9, (4,)),
        "ones(size=(2, 2))": torch.ones(size=(2, 2)),
        "randint(0, 2, size=(7,))": torch.randint(0, 2, size=(7,)),
    }
    calls = calls_in("; ".join(made))
    assert [call.function for call in calls] == [text.partition("(")[0] for text in made]
    assert [call.shape for call in calls] == [tuple(tensor.shape) for tensor in made.values()]


class _Text:
    """A piece of text that stands as it is in the text of a container."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _with(nested: object, leaf: Callable[[int], object]) -> object:
    """Return the nested containers with each number in them replaced."""
    if isinstance(nested, tuple):
        return tuple(_with(each, leaf) for each in nested)
    if isinstance(nested, list):
        return [_with(each, leaf) for each in nested]
    if isinstance(nested, dict):
        return {key: _with(each, leaf) for key, each in nested.items()}
    assert isinstance(nested, int)
    return leaf(nested)


NESTED = st.recursive(
    st.integers(0, 9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(NESTED, max_size=3))
def test_that_inputs_nest_as_python_nests_them(nested: list[object]) -> None:
    text = "; ".join(repr(_with(each, lambda size: _Text(f"ones({size})"))) for each in nested)
    expected = [_with(each, lambda n: InputCall(function="ones", shape=(n,))) for each in nested]
    assert list(parse_inputs(text)) == expected


def test_that_a_bracket_around_one_input_is_that_input() -> None:
    one = InputCall(function="ones", shape=(1,))
    assert parse_inputs("(ones(1)); (ones(1),)") == (one, (one,))


def test_that_inputs_may_be_nested_16_deep() -> None:
    assert refused(parse_inputs, "[" * 15 + "ones(1)" + "]" * 15) is None
    error = refused(parse_inputs, '{"a":' * 16 + "ones(1)" + "}" * 16)
    assert error is not None
    assert "too deep" in error.message
    assert error.position == 16 * len('{"a":') + len("ones")


def test_that_an_input_may_have_a_dtype_and_a_gradient() -> None:
    (call,) = parse_inputs("torch.randn(2, dtype=torch.double, requires_grad=True)")
    assert call == InputCall(function="randn", shape=(2,), dtype="float64", requires_grad=True)
    assert parse_inputs(" ") == ()
    assert len(parse_inputs("randn(1); randn(2);")) == 2


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("randn(2", ""),
        ("randn(2) randn(3)", "randn"),
        ("load('x.pt')", "load"),
        ("randn(2); exec(1)", "exec"),
        ("randn(-1)", "randn(-1)"),
        ("randn(1.5)", "randn(1.5)"),
        ("randn(2, color=1)", "color"),
        ("randn(2, dtype=int31)", "randn(2, dtype=int31)"),
        ("randn(2); randn(10000, 10000)", "randn(10000, 10000)"),
        ("arange(1e300)", "arange(1e300)"),
        ("arange(0, 5, -1)", "arange(0, 5, -1)"),
        ("arange(0, 5, 0)", "arange(0, 5, 0)"),
        ("randint(5, 5, (2,))", "randint(5, 5, (2,))"),
        ("randint(5)", "randint(5)"),
        ("randint(size=(2,))", "randint(size=(2,))"),
        ("randn(size=2, 5)", "5"),
        ("randn(2, size=2)", "randn(2, size=2)"),
        ("randn(n)", "n"),
        ("randn(2, dtype=5)", "5"),
        ("randn(2, requires_grad=1)", "randn(2, requires_grad=1)"),
        ("randnx(2)", "randnx"),
        ("; randn(2)", ";"),
        ("(randn(2), exec(1))", "exec"),
        ("randn(2); (randn(1), [randn(-1)])", "randn(-1)"),
        ('{"a": randn(2), "a": randn(3)}', '"a"'),
        ("{a: randn(2)}", "a"),
        ('{"a" randn(2)}', "randn"),
        ("{1: randn(2)}", "1"),
        ("(randn(2), 3)", "3"),
        ("(randn(2); randn(3))", ";"),
        ('{"a": randn(2)', ""),
        ("[randn(2))", ")"),
        ('[randn(1)]; {"a": randn(10000, 10000)}', "randn(10000, 10000)"),
        (f"arange({10**30}, {10**30 + 1})", f"arange({10**30}, {10**30 + 1})"),
        ("randint(0, 9, (2,), requires_grad=True)", "randint(0, 9, (2,), requires_grad=True)"),
        ("arange(3, requires_grad=True)", "arange(3, requires_grad=True)"),
        ("zeros(2, dtype=int64, requires_grad=True)", "zeros(2, dtype=int64, requires_grad=True)"),
    ],
)
def test_that_wrong_inputs_are_marked(text: str, marked: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_inputs(text)
    error = caught.value
    assert text[error.position : error.position + error.length] == marked


def test_that_a_whole_input_cannot_be_larger_than_memory() -> None:
    shape = (1,) * 15 + (10**8,)
    (call,) = calls_in(f"zeros{shape}")
    assert math.prod(call.shape) == 10**8
    with pytest.raises(ExpressionError, match="elements"):
        parse_inputs(f"zeros{shape}; zeros(1)")
    with pytest.raises(ExpressionError, match="dimensions"):
        parse_inputs(f"zeros{(1, *shape)}")


def test_that_a_string_is_read_as_python_reads_it() -> None:
    text = r"""'it\'s', "tab\there" """
    assert parse_arguments(text).positional == ast.literal_eval(text)
    assert parse_arguments(r"'C:\data'").positional == (r"C:\data",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("size=four", '"four"'),
        ("(1, 2", "“)” is expected here, but the text ends. Close it with )."),
        ("[1, 2)", "“]” is expected here, not “)”"),
        ("1 2", "“,” is expected here, not “2”"),
        ("a=", "A value is expected here, but the text ends. Values are numbers"),
        ("a=1, 2", "Write values without names first."),
        ("'abc", "Close it with '."),
        (
            "é" * 5000,
            "5\u202f000 characters. At most 4\u202f096",
        ),
    ],
)
def test_that_a_refusal_says_how_to_go_on(text: str, said: str) -> None:
    assert said in str(refused(parse_arguments, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("load(1)", "Use randn, rand, zeros, ones, arange, randint"),
        ("randn", "“(” is expected here"),
        ("[load(1)]", "Use randn, rand, zeros, ones, arange, randint"),
        ("{a: ones(1)}", 'A text in quotes is expected here, not “a”. Write such as {"mask":'),
        ('{"a", ones(1)}', "“:” is expected here"),
        ('{"a": ones(1)', "“}” is expected here, but the text ends. Close it with }."),
        ("(ones(1), ones(1)", "“)” is expected here, but the text ends."),
        ("randn(2", "“)” is expected here, but the text ends."),
        ("randn(2) randn(2)", "“;” is expected here, not “randn”. Separate inputs by ;"),
        ("randn(2, color=1)", "It takes size, dtype, requires_grad by name."),
        ("randn(2, dtype=int31)", "bfloat16"),
        ("randn(9007199254740993)", "too large"),
    ],
)
def test_that_a_refused_input_says_how_to_go_on(text: str, said: str) -> None:
    assert said in str(refused(parse_inputs, text))


def test_that_a_dtype_may_be_left_to_torch_or_given_by_any_of_its_names() -> None:
    given = ("None", "float", "'float32'", '"torch.double"', "torch.half", "long", "bool")
    calls = calls_in("; ".join(f"ones(1, dtype={name})" for name in given))
    expected = ["", "float32", "float32", "float64", "float16", "int64", "bool"]
    assert [call.dtype for call in calls] == expected


def test_that_the_grammar_is_not_loaded_before_it_is_needed() -> None:
    """The window would come up later."""
    code = "import sys, gradviz.own; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
