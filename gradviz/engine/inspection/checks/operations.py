"""Facts about one operation beneath PyTorch's functions, from its schema and its arguments."""

from collections.abc import Iterable, Mapping
from typing import Any

import torch


def shares_memory(func: Any) -> bool:
    """Tell whether an operation gives a view, or changes an argument in place."""
    return any(each.alias_info is not None for each in func._schema.returns) or bool(
        func._schema.is_mutable
    )


def sharing_arguments(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any]:
    """Return the arguments that an operation changes in place, or gives a view of."""
    schema = func._schema.arguments
    named = {**{each.name: given for each, given in zip(schema, args, strict=False)}, **kwargs}
    shared = (each.name for each in schema if each.alias_info is not None)
    return flat(named[name] for name in shared if name in named)


def draws(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Tell whether an operation draws at random; attention does not where it drops nothing."""
    if torch.Tag.nondeterministic_seeded not in func.tags:
        return False
    schema = func._schema.arguments
    rate = next((place for place, each in enumerate(schema) if each.name == "dropout_p"), None)
    if rate is None:
        return True
    given = args[rate] if rate < len(args) else kwargs.get("dropout_p", schema[rate].default_value)
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
