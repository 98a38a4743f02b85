"""Listeners to the operations beneath autograd, and what an operation says of itself."""

from contextlib import nullcontext
from typing import Any, Final, NamedTuple


def _mode() -> type[Any]:
    try:
        from torch.utils._python_dispatch import TorchDispatchMode
    except ImportError:
        return nullcontext
    return TorchDispatchMode


_MODE: Final[Any] = _mode()
#: Whether listeners hear anything; where PyTorch has no such mode, they hear nothing at all.
LISTENS: Final = _MODE is not nullcontext


class DispatchListener(_MODE):  # type: ignore[misc]
    """Used as a context: PyTorch calls `__torch_dispatch__` of it in place of each operation."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Say that nothing compiles this: else PyTorch imports its compiler, for over a second."""
        return False


class WrittenArgument(NamedTuple):
    """An argument that an operation changes in place: its place, its name, and how it is given."""

    place: int
    name: str
    by_name_alone: bool = False


def written_arguments(operation: Any) -> list[WrittenArgument]:
    """Return the arguments that an operation changes in place.

    Where it has no schema its name tells: that of such an operation ends in an underscore, and it
    changes its first argument.
    """
    try:
        arguments = operation._schema.arguments
    except AttributeError:
        return [WrittenArgument(0, "self")] if _is_named_in_place(operation) else []
    return [
        WrittenArgument(place, argument.name, argument.kwarg_only)
        for place, argument in enumerate(arguments)
        if argument.alias_info is not None and argument.alias_info.is_write
    ]


def shared_arguments(operation: Any) -> list[WrittenArgument]:
    """Return the arguments that an operation changes in place, or gives a view of.

    Where it has no schema, they are those that it changes.
    """
    try:
        arguments = operation._schema.arguments
    except AttributeError:
        return written_arguments(operation)
    return [
        WrittenArgument(place, argument.name, argument.kwarg_only)
        for place, argument in enumerate(arguments)
        if argument.alias_info is not None
    ]


class NamedArgument(NamedTuple):
    """An argument of an operation: its place, its name, and its value where none is given."""

    place: int
    name: str
    default: Any


def argument_named(operation: Any, name: str) -> NamedArgument | None:
    """Return the argument with this name; None where there is none, or no schema."""
    arguments = getattr(getattr(operation, "_schema", None), "arguments", ())
    for place, argument in enumerate(arguments):
        if argument.name == name:
            return NamedArgument(place, name, argument.default_value)
    return None


def shares_memory(operation: Any) -> bool:
    """Tell whether an operation gives a view, or changes an argument in place."""
    if changes_arguments(operation):
        return True
    returns = getattr(getattr(operation, "_schema", None), "returns", ())
    return any(each.alias_info is not None for each in returns)


def changes_arguments(operation: Any) -> bool:
    """Tell whether an operation changes one of its arguments in place."""
    try:
        return bool(operation._schema.is_mutable)
    except AttributeError:
        return _is_named_in_place(operation)


def _is_named_in_place(operation: Any) -> bool:
    packet = getattr(operation, "overloadpacket", operation)
    return str(getattr(packet, "__name__", "")).endswith("_")
