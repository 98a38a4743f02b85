"""The table of typed functions: its rows are whole, and the documents say the same."""

import math
import re
from pathlib import Path

import pytest
import torch
from torch.nn.modules import activation

from gradviz.core.errors import ExpressionError
from gradviz.engine.data.torch_functions import torch_function
from gradviz.expression import FUNCTIONS, Call, Domain, Function, constant, parse
from gradviz.expression.functions import function_value

_README = Path(__file__).parents[3] / "README.md"


def test_that_the_readme_lists_every_function_in_the_order_of_the_table() -> None:
    text = " ".join(_README.read_text(encoding="utf-8").split())
    assert f"`{' '.join(FUNCTIONS)}`" in text


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_that_a_row_is_whole(function: Function) -> None:
    assert FUNCTIONS[function.name] is function
    assert re.fullmatch(r"[A-Z].*[^.]\.|e raised .*\.", function.doc)
    assert re.fullmatch("[A-Za-z][A-Za-z0-9]*", function.name)
    assert function.name not in {"x", "y", "pi"}
    assert set(function.synonyms).isdisjoint(FUNCTIONS)
    # A letter, or a letter followed by digits, is a parameter.
    assert all(re.fullmatch("[a-z][a-z_]+", synonym) for synonym in function.synonyms)
    # A Function of this project is nothing that a script could import.
    defined = rf"^(def {function.name}\(|{function.name} = )"
    assert function.torch_name.startswith("torch.") or re.search(
        defined, function.definition, re.MULTILINE
    )


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_that_the_formula_of_a_row_is_its_value(function: Function) -> None:
    for at in filter(function.domain.__contains__, (-2.5, -0.3, 0.0, 1.0, 3.75)):
        if not function.formula:
            return
        text = re.sub(r"\bx\b", f"({at})", function.formula)
        assert constant(parse(text).tree) == pytest.approx(function.value(at), rel=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("at", [-30.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 30.0])
def test_that_a_function_has_a_value_in_its_domain_and_nowhere_else(
    function: Function, at: float
) -> None:
    assert (at in function.domain) == math.isfinite(function_value(function.name, at))


@pytest.mark.parametrize(
    ("domain", "words", "inside", "outside"),
    [
        (Domain(), "all numbers", (-1e308, 0.0), (math.inf, math.nan)),
        (Domain(low=0.0), "numbers from 0 on", (0.0, 1.0), (-1e-300,)),
        (Domain(low=0.0, low_included=False), "numbers above 0", (1e-300,), (0.0, -1.0)),
        (Domain(low=-1.0, high=1.0), "numbers from −1 on and up to 1", (-1.0, 1.0), (1.1,)),
        (Domain(high=2.5, high_included=False), "numbers below 2.5", (-9.0,), (2.5,)),
        (
            Domain(pole=1.0, period=2.0, poles="odd numbers"),
            "all numbers except odd numbers",
            (0.0, 2.0),
            (-5.0, 1.0, 3.0),
        ),
        (Domain(pole=0.0, poles="0"), "all numbers except 0", (-1.0, 7.0), (0.0,)),
    ],
)
def test_that_a_domain_has_its_numbers_and_its_words(
    domain: Domain, words: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    assert domain.words == words
    assert all(value in domain for value in inside)
    assert not any(value in domain for value in outside)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("log(0)", "The logarithm is defined for numbers above 0."),
        ("2 sqrt(-1)", "The square root is defined for numbers from 0 on."),
        ("exp(1000)", "Numbers go up to 1.8e308; use a smaller one."),
    ],
)
def test_that_a_constant_outside_the_domain_is_told_the_domain(text: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("synonym", "name"),
    [(synonym, row.name) for row in FUNCTIONS.values() for synonym in row.synonyms],
)
def test_that_a_synonym_is_the_function(synonym: str, name: str) -> None:
    assert parse(f"2 {synonym}(x)").tree == parse(f"2 {name}(x)").tree


def test_that_no_word_is_typed_for_two_functions() -> None:
    words = [word.lower() for row in FUNCTIONS.values() for word in (row.name, *row.synonyms)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ReLU", "relu"),
        ("ReLU6", "relu6"),
        ("LeakyReLU", "leakyrelu"),
        ("GELU", "gelu"),
        ("SiLU", "silu"),
        ("Hardswish", "hardswish"),
        ("LogSigmoid", "logsigmoid"),
        ("Softplus", "softplus"),
        ("Sin", "sin"),
        ("LN", "log"),
        ("ArcSin", "asin"),
    ],
)
def test_that_capitals_do_not_matter(typed: str, name: str) -> None:
    assert parse(f"{typed}(x)").tree == parse(f"{name}(x)").tree


#: Activations of PyTorch's list that take several numbers or settings without a default.
_OTHER_ACTIVATIONS = {
    *("Threshold", "PReLU", "RReLU", "GLU", "MultiheadAttention"),
    *("Softmin", "Softmax", "Softmax2d", "LogSoftmax"),
}


def test_that_every_activation_of_pytorch_that_takes_one_number_is_typed_by_its_name() -> None:
    names = set(activation.__all__) - _OTHER_ACTIVATIONS
    assert len(names) >= 19
    for name in names:
        tree = parse(f"{name}(x)").tree
        assert isinstance(tree, Call)
        x = torch.linspace(-4, 21, 101, dtype=torch.float64)
        assert torch.equal(torch_function(tree.function)(x), getattr(torch.nn, name)()(x))
