"""Networks as people type and paste them: what is taken, and what is refused at which place."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.choices.options import OptionEntry, OptionValue
from gradviz.core.errors import ExpressionError
from gradviz.expression import parse
from gradviz.expression.networks import (
    LAYERS,
    LayerRow,
    TypedLayer,
    names_network,
    network_text,
    network_tokens,
    parse_network,
)
from gradviz.expression.networks.layer_reading import read_layers
from gradviz.expression.networks.network import MOST_LAYERS
from gradviz.expression.typed_models import TypedModel, typed_model

_NETWORK = "Linear(1, 16), Tanh(), Linear(16, 1)"


@pytest.mark.parametrize(
    "typed",
    [
        _NETWORK,
        "Linear(1,16),Tanh(),Linear(16,1),",
        "nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1)",
        "torch.nn.Linear(1, 16), torch . nn . Tanh(), Linear(16, 1)",
        "nn.Sequential(\n    nn.Linear(1, 16),\n    nn.Tanh(),\n    nn.Linear(16, 1),\n)",
        "model = nn.Sequential(Linear(1, 16), Tanh(), Linear(16, 1))",
        "[Linear(1, 16), Tanh(), Linear(16, 1)]",
        "Linear(in_features=1, out_features=16), Tanh(), Linear(16, out_features=1, bias=True)",
        "Linear((1), 16.0), Tanh(), Linear(+16, 1)",
    ],
)
def test_that_a_network_is_taken_as_people_write_it(typed: str) -> None:
    assert names_network(typed)
    network = parse_network(typed)
    assert network.text == _NETWORK
    assert network.shapes == ((1,), (16,), (16,), (1,))
    assert network.count == 49


@pytest.mark.parametrize(
    ("typed", "told", "place"),
    [
        ("Linear(1, 16), Linear(8, 1)", "it gets 16 inputs, and in_features is 8", "8"),
        ("Linar(1, 16)", "no layer Linar", "Linar"),
        ("nn.LSTM(1, 16)", "no layer LSTM", "nn.LSTM"),
        ("linear(1, 16)", "Did you mean Linear?", "linear"),
        ("Linear(1, 16), Tanh, Linear(16, 1)", "without its brackets", "Tanh"),
        ("Linear(1, 16), 3", "This is no layer", "3"),
        ("Linear(1, 16) Tanh()", "“,” is expected", "Tanh"),
        ("Linear(1, 16", "the text ends", ""),
        ("Linear(1, 4.5)", "Linear: out_features cannot be “4.5”", "4.5"),
        ("Linear(1, -1)", "Linear: out_features cannot be “-1”", "-1"),
        ("Linear(1, 1e99)", "Linear: out_features cannot be", "1e99"),
        ("Linear(1, True)", "Linear: out_features cannot be", "True"),
        ("Linear(1, a)", "Linear: out_features cannot be “a”", "a)"),
        ("Linear(1, 1, bias=yes)", "bias is true or false", "yes"),
        ("Linear(1, 1, bais=True)", "Linear takes no bais", "bais"),
        ("Linear(1, 1, True, 4)", "takes no more arguments", "4"),
        ("Linear(1, 1, out_features=1)", "out_features twice", "out_features=1"),
        ("Linear(1)", "Linear needs out_features", "Linear(1)"),
        ("Linear(1, (2, 3))", "one value", "(2, 3)"),
        ("Linear(1, Linear(1, 1))", "one value", "Linear(1, 1)"),
        ("Linear(1, 4), Dropout(p=2)", "Dropout: p cannot be “2”", "2)"),
        ("Linear(1, 8)", "8 numbers for each x", "Linear(1, 8)"),
        ("Linear(2, 20)", "20 numbers for each point", "Linear(2, 20)"),
        ("Linear(2, 4), Linear(3, 1)", "it gets 4 inputs, and in_features is 3", "3"),
        ("Linear(3, 1)", "it gets 1 input, and in_features is 3", "3"),
        ("Linear(1, 4096), Linear(4096, 4096)", "16\u202f789\u202f504 parameters", "Linear(4096"),
        ("Tanh(), Identity()", "nothing to train", "Tanh"),
        ("Sequential()", "There is no layer", "Sequential()"),
        ("Sequential(Linear(1, 1), Sequential(Linear(1, 1)))", "around all layers", "Sequential(L"),
        ("ReLU(inplace=True), Linear(1, 1)", "would change x itself", "True"),
        ("Dropout(), ReLU(inplace=True), Linear(1, 1)", "would change x itself", "True"),
        ("Linear(1, 3), GLU(), Linear(1, 1)", "3 is odd", "GLU()"),
        ("Linear(1, 4), Softmax(dim=0), Linear(4, 1)", "dimension 0 has the points", "0"),
        ("Linear(1, 4), Softmax(2), Linear(4, 1)", "no dimension 2", "2)"),
        ("Linear(1, 4), Unflatten(1, (3, 2)), Flatten()", "3 × 2 is not 4", "(3, 2)"),
        ("Linear(1, 4), Unflatten(1, 4), Flatten()", "tuple of 2 numbers", "4)"),
        ("Linear(1, 4), Conv1d(1, 1, 3)", "channels and a length", "Conv1d"),
        ("Linear(1, 4), Unflatten(1, (1, 4)), Conv1d(1, 1, 9)", "kernel is longer", "9"),
        ("Linear(1, 4), Unflatten(1, (2, 2)), Conv1d(2, 3, 1, groups=2)", "2 groups", "2)"),
        ("Linear(1, 4), Unflatten(1, (1, 4)), MaxPool1d(2, padding=2)", "half of", "2)"),
        ("Linear(1, 4), Flatten(2)", "no dimension 2", "2"),
        ("Linear(1, 1, __import__('os'))", "“)” is expected", "'"),
        ("Linear(1, 1); Linear(1, 1)", "expected here, not “;”", ";"),
    ],
)
def test_that_an_error_names_the_layer_and_marks_its_place(
    typed: str, told: str, place: str
) -> None:
    assert names_network(typed)
    with pytest.raises(ExpressionError) as error:
        parse_network(typed)
    assert told in str(error.value)
    assert error.value.hint
    assert typed[error.value.position :].startswith(place)
    assert error.value.text == typed


@pytest.mark.parametrize(
    "typed",
    ["tanh(x)", "a ReLU(b x)", "nn.Tanh()(x)", "F.relu(x)", "A(x + 1)", "torch.sin(x)", "Tanh(x)"],
)
def test_that_an_expression_is_no_network(typed: str) -> None:
    assert not names_network(typed)
    parse(typed)


def test_that_limits_of_layers_and_characters_are_told() -> None:
    many = ", ".join(["Linear(1, 1)"] * (MOST_LAYERS + 1))
    with pytest.raises(ExpressionError, match=f"{MOST_LAYERS + 1} layers"):
        parse_network(many)
    with pytest.raises(ExpressionError, match="characters"):
        parse_network("Linear(1, 1), " * 4000)
    with pytest.raises(ExpressionError):
        parse_network("Linear(" * 500)


def test_that_modes_and_starting_parameters_are_known_before_it_is_built() -> None:
    assert typed_model(_NETWORK) == TypedModel(("fit", "point"), ("2.bias",))
    assert typed_model("Linear(1, 1), BatchNorm1d(1)").modes == ("fit",)
    assert typed_model("a x + b") == TypedModel(("point", "fit"), ("a", "b"))
    assert typed_model("Linear(2, 1)") == TypedModel(("fit",), ("0.bias",), inputs=2)


def test_that_every_word_of_a_network_has_a_colour() -> None:
    typed = "nn.Sequential(nn.Linear(1, 16, bias=True), [nn.Tanh()])"
    kinds = {typed[start : start + length]: kind for start, length, kind in network_tokens(typed)}
    assert kinds["Linear"] == kinds["nn"] == "function"
    assert kinds["bias"] == kinds["True"] == "parameter"
    assert kinds["16"] == "number"
    assert "unknown" not in kinds.values()


def _values(entry: OptionEntry) -> st.SearchStrategy[OptionValue]:
    if entry.kind == "bool":
        return st.booleans()
    low, high = entry.minimum, entry.maximum
    if entry.kind == "int":
        return st.integers(int(low or 0), int(high or 0))
    return st.floats(low, high, exclude_min=entry.above, allow_nan=False, allow_infinity=False)


@st.composite
def _layers(draw: st.DrawFn) -> TypedLayer:
    row: LayerRow = LAYERS[draw(st.sampled_from(sorted(LAYERS)))]
    return TypedLayer(row, {entry.name: draw(_values(entry)) for entry in row.options})


@given(st.lists(_layers(), min_size=1, max_size=4))
def test_that_the_text_of_any_layers_is_read_as_the_same_layers(layers: list[TypedLayer]) -> None:
    typed = network_text(layers)
    read = read_layers(typed)
    assert [(each.row, each.options) for each in read] == [
        (each.row, each.options) for each in layers
    ]
    assert [typed[slice(*each.span)] for each in read] == [each.text for each in layers]


@given(st.text(alphabet=string.ascii_letters[:6] + "Linear(),.=[]0123456789-+ 'é∞", max_size=60))
def test_that_any_text_is_a_network_or_an_error_with_a_place(typed: str) -> None:
    names_network(typed)
    list(network_tokens(typed))
    error = _refusal(typed)
    assert error is None or (0 <= error.position <= len(typed) and error.message)


def _refusal(typed: str) -> ExpressionError | None:
    try:
        parse_network(typed)
    except ExpressionError as error:
        return error
    return None
