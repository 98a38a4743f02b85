"""Facts about one operation beneath PyTorch's functions, from its schema and its arguments."""

from collections.abc import Iterable, Mapping
from typing import Any

import torch

from gradviz.engine.torch_internals.dispatch import argument_named, shared_arguments


def sharing_arguments(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any]:
    """Return the arguments that an operation changes in place, or gives a view of."""
    shared = shared_arguments(func)
    by_place = (args[each.place] for each in shared if each.place < len(args))
    by_name = (kwargs[each.name] for each in shared if each.name in kwargs)
    return flat((*by_place, *by_name))


def draws(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Tell whether an operation draws at random; attention does not where it drops nothing."""
    if torch.Tag.nondeterministic_seeded not in getattr(func, "tags", ()):
        return False
    rate = argument_named(func, "dropout_p")
    if rate is None:
        return True
    given = args[rate.place] if rate.place < len(args) else kwargs.get(rate.name, rate.default)
    return bool(given != 0)


def flat(values: Iterable[Any]) -> list[Any]:
    """Return the values, those within lists too; PyTorch's own way takes half of a pass."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            found.extend(value)
        else:
            found.append(value)
    return found


def rebuilt(
    args: tuple[Any, ...], kwargs: Mapping[str, Any], flat: list[Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Return arguments of the same form, with the values of `flat`."""
    values = iter(flat)

    def like(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [next(values) for _ in value]
        return next(values)

    return [like(each) for each in args], {name: like(each) for name, each in kwargs.items()}


def results_of(result: Any) -> list[Any]:
    """Return the results of an operation, those within a tuple too."""
    return flat(result) if isinstance(result, list | tuple) else [result]
