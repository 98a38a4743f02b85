"""Layers added, taken away, moved and changed; those that follow are made to fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from gradviz.core.choices.options import OptionEntry, Options, OptionValue
from gradviz.core.errors import SettingError
from gradviz.expression.networks.layer import TypedLayer
from gradviz.expression.networks.layer_row import MisfitError, Shape
from gradviz.expression.networks.layer_table import LAYERS

Layers: TypeAlias = tuple[TypedLayer, ...]
#: The network that the stacking begins with.
FIRST_NETWORK: Final = "Linear(1, 16), Tanh(), Linear(16, 1)"


def with_layer(layers: Layers, place: int, name: str) -> Layers:
    """Return the layers with a new one before `place`."""
    row = LAYERS[name]
    return fitted((*layers[:place], TypedLayer(row, dict(row.defaults)), *layers[place:]))


def without_layer(layers: Layers, place: int) -> Layers:
    """Return the layers without that at `place`."""
    return fitted((*layers[:place], *layers[place + 1 :]))


def with_moved(layers: Layers, place: int, to: int) -> Layers:
    """Return the layers with that at `place` at another one."""
    left = [*layers[:place], *layers[place + 1 :]]
    return fitted((*left[:to], layers[place], *left[to:]))


def with_kind(layers: Layers, place: int, name: str) -> Layers:
    """Return the layers with another kind at `place`; options of the same name are kept."""
    row, before = LAYERS[name], layers[place].options
    kept = {entry.name: _kept(entry, before) for entry in row.options}
    return fitted((*layers[:place], TypedLayer(row, kept), *layers[place + 1 :]))


def _kept(entry: OptionEntry, before: Options) -> OptionValue:
    """Return the value that an option had in another layer, where it may have it here too."""
    try:
        return entry.checked(before[entry.name])
    except (KeyError, SettingError):
        return entry.default


def with_option(layers: Layers, place: int, option: str, value: OptionValue) -> Layers:
    """Return the layers with another value of an option at `place`."""
    changed = replace(layers[place], options={**layers[place].options, option: value})
    return fitted((*layers[:place], changed, *layers[place + 1 :]))


def fitted(layers: Sequence[TypedLayer]) -> Layers:
    """Return the layers, each taking what the one before it gives, as far as one number does it."""
    return tuple(_fitted(layers, (_inputs(layers),)))


def _inputs(layers: Sequence[TypedLayer]) -> int:
    """Return how many inputs the first layers take that take a certain number of them."""
    for layer in layers:
        try:
            # No layer is as wide.
            layer.row.shape(layer.options, (-1,))
        except MisfitError as error:
            given = layer.options.get(error.argument)
            return 2 if error.fits is not None and given == 2 else 1
    return 1


def _fitted(layers: Sequence[TypedLayer], shape: Shape) -> Iterator[TypedLayer]:
    known = True
    for layer in layers:
        found = layer
        if known:
            try:
                shape = layer.row.shape(layer.options, shape)
            except MisfitError as error:
                if error.fits is not None:
                    found = replace(layer, options={**layer.options, error.argument: error.fits})
                try:
                    shape = found.row.shape(found.options, shape)
                except MisfitError:
                    # The rest stays as it is: the error is told where it arises.
                    known = False
        yield found
