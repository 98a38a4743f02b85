"""Listeners to the operations beneath autograd, and what an operation says of itself."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, NamedTuple

import torch

from gradviz.engine.interruption import end_if_unwanted


def _mode() -> type[Any]:
    try:
        from torch.utils._python_dispatch import TorchDispatchMode
    except ImportError:
        return nullcontext
    return TorchDispatchMode


def _higher_order() -> tuple[type, ...]:
    try:
        from torch._ops import HigherOrderOperator
    except ImportError:
        return ()
    return (HigherOrderOperator,)


_HIGHER_ORDER: Final = _higher_order()
_MODE: Final[Any] = _mode()
#: Whether listeners hear anything; where PyTorch has no such mode, they hear nothing at all.
LISTENS: Final = _MODE is not nullcontext


def _unheard() -> Callable[[], AbstractContextManager[Any]]:
    try:
        from torch.utils._python_dispatch import _disable_current_modes
    except ImportError:
        return nullcontext
    return _disable_current_modes


#: A context within which no listener hears an operation. Where PyTorch has none it is empty.
unheard_operations: Final = _unheard()


class DispatchListener(_MODE):  # type: ignore[misc]
    """Used as a context: PyTorch calls `__torch_dispatch__` of it in place of each operation."""

    #: It hears operations such as `while_loop` too, which have functions as arguments.
    supports_higher_order_operators = True

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Say that nothing compiles this: else PyTorch imports its compiler, for over a second."""
        return False

    def __init__(self) -> None:
        super().__init__()
        self._heard_compiled = False

    def __exit__(self, *raised: object) -> None:
        """Stop to listen, and let the compiler forget what it tried while somebody listened."""
        super().__exit__(*raised)
        if self._heard_compiled:
            self._heard_compiled = False
            forget_compiled()

    def call(self, operation: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Return what an operation gives.

        `torch.cond` and others compile the functions that they are given, which cannot be done
        where somebody listens. They are run as they are written then.
        """
        end_if_unwanted()
        if not takes_functions(operation):
            return operation(*args, **kwargs)
        self._heard_compiled = True
        run: Any = torch.compiler.disable
        return run(lambda: operation(*args, **kwargs))()


def takes_functions(operation: Any) -> bool:
    """Tell whether an operation runs functions that it is given, as `torch.cond` does.

    What they run is heard by nobody.
    """
    return isinstance(operation, _HIGHER_ORDER)


def forget_compiled() -> None:
    """Have the compiler begin anew, which else keeps in mind what it could not compile."""
    torch.compiler.reset()


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


def name_of(operation: Any) -> str:
    """Return the name of an operation without its overload: `add_`, `while_loop`."""
    packet = getattr(operation, "overloadpacket", operation)
    return str(getattr(packet, "__name__", ""))


def _is_named_in_place(operation: Any) -> bool:
    return name_of(operation).endswith("_")
