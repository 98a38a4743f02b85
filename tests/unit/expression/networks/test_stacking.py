"""Layers stacked one by one: those that follow are made to fit, and the text is read back."""

from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.expression.networks import LAYERS, network_text, parse_network
from gradviz.expression.networks.layer_reading import read_layers
from gradviz.expression.networks.stacking import (
    FIRST_NETWORK,
    Layers,
    with_kind,
    with_layer,
    with_moved,
    with_option,
    without_layer,
)

_FIRST = read_layers(FIRST_NETWORK)


def test_that_a_wider_layer_makes_the_next_one_fit() -> None:
    layers = with_option(_FIRST, 0, "out_features", 32)
    assert network_text(layers) == "Linear(1, 32), Tanh(), Linear(32, 1)"
    assert parse_network(network_text(layers)).count == 97


def test_that_layers_are_added_moved_changed_and_taken_away() -> None:
    layers = with_layer(_FIRST, 2, "Linear")
    assert network_text(layers) == "Linear(1, 16), Tanh(), Linear(16, 16), Linear(16, 1)"
    layers = with_layer(layers, 3, "LayerNorm")
    layers = with_kind(layers, 1, "LeakyReLU")
    layers = with_option(layers, 1, "negative_slope", 0.2)
    layers = with_moved(layers, 1, 3)
    assert network_text(layers) == (
        "Linear(1, 16), Linear(16, 16), LayerNorm(16), LeakyReLU(negative_slope=0.2), Linear(16, 1)"
    )
    layers = without_layer(without_layer(layers, 1), 1)
    assert network_text(layers) == "Linear(1, 16), LeakyReLU(negative_slope=0.2), Linear(16, 1)"


_ACTS = st.lists(
    st.tuples(st.sampled_from("adkmo"), st.integers(0, 7), st.sampled_from(sorted(LAYERS))),
    max_size=6,
)


def _after(layers: Layers, act: str, number: int, name: str) -> Layers:
    place = number % len(layers)
    match act:
        case "a":
            return with_layer(layers, place, name)
        case "d":
            return without_layer(layers, place) if len(layers) > 1 else layers
        case "k":
            return with_kind(layers, place, name)
        case "m":
            return with_moved(layers, place, number % len(layers))
        case _:
            entries = layers[place].row.options
            if not entries:
                return layers
            entry = entries[number % len(entries)]
            return with_option(layers, place, entry.name, entry.default)


@given(_ACTS)
def test_that_whatever_is_stacked_is_read_back_or_told(acts: list[tuple[str, int, str]]) -> None:
    layers = _FIRST
    for act, number, name in acts:
        layers = _after(layers, act, number, name)
        read = read_layers(network_text(layers))
        assert [(each.row, each.options) for each in read] == [
            (each.row, each.options) for each in layers
        ]
    assert _is_network_or_told(network_text(layers))


def _is_network_or_told(text: str) -> bool:
    try:
        parse_network(text)
    except ExpressionError as error:
        return bool(error.hint)
    return True
