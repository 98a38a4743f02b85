"""The single numbers of a model that is built: listed, read, and found by their names."""

import math
from collections.abc import Iterator, Mapping

import torch

from gradviz.core.landscapes.entries import (
    MOST_ENTRIES,
    MOST_LEAVES,
    ModelNumber,
    entries_in,
    entry_in,
    places_of,
)
from gradviz.engine.models.base import TrainableModel


def entries_of(model: TrainableModel) -> tuple[ModelNumber, ...]:
    """Return the numbers that training finds; of a model with many, some of each parameter."""
    parameters = _real(model.parameters)
    numbers = sum(each.numel() for each in parameters.values())
    if len(elements := model.elements()) == numbers:
        return tuple(_of_elements(elements, parameters))
    chosen = list(parameters.items())[:MOST_LEAVES]
    most = MOST_ENTRIES if numbers <= MOST_ENTRIES else MOST_ENTRIES // len(chosen)
    found = [each for name, leaf in chosen for each in entries_in(name, leaf.shape, most)]
    return tuple(found[:MOST_ENTRIES])


def values_at(entries: tuple[ModelNumber, ...], leaves: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the value of each entry, shape (entries,), in float64 on the CPU."""
    most: dict[str, int] = {}
    for entry in entries:
        most[entry.leaf] = max(most.get(entry.leaf, 0), entry.index + 1)
    flat = {name: leaves[name].detach().reshape(-1)[:length] for name, length in most.items()}
    if not flat:
        return torch.empty(0, dtype=torch.float64)
    starts, start = {}, 0
    for name, values in flat.items():
        starts[name], start = start, start + len(values)
    together = torch.cat([each.to("cpu", torch.float64) for each in flat.values()])
    return together[[starts[each.leaf] + each.index for each in entries]]


def number_at(entry: ModelNumber, leaves: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return a view of the entry, of shape (), to read and to fill."""
    leaf = leaves[entry.leaf].detach()
    return leaf[tuple(places_of(entry.index, leaf.shape))]


def find_entry(name: str, model: TrainableModel) -> ModelNumber | None:
    """Return the number of the model with this name, also one that the list has no room for."""
    listed = {each.name: each for each in entries_of(model)}
    if name in listed:
        return listed[name]
    found = (entry_in(name, leaf, tensor.shape) for leaf, tensor in _real(model.parameters).items())
    return next(filter(None, found), None)


def _real(parameters: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the parameters that have real numbers in memory."""
    return {
        name: each
        for name, each in parameters.items()
        if each.is_floating_point() and not each.is_meta and each.layout == torch.strided
    }


def _of_elements(
    elements: Mapping[str, torch.Tensor], parameters: Mapping[str, torch.Tensor]
) -> Iterator[ModelNumber]:
    """Yield the entries by the names that the equation has for them."""
    for name, element in elements.items():
        place = element.untyped_storage().data_ptr(), element.storage_offset()
        for leaf, tensor in parameters.items():
            index = int(place[1] - tensor.storage_offset())
            same = tensor.untyped_storage().data_ptr() == place[0]
            if same and 0 <= index < math.prod(tensor.shape):
                yield ModelNumber(name, leaf, index)
                break
