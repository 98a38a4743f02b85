"""The custom Function that runs now, found among the frames of Python.

Up to PyTorch 2.13 `Function.apply` is written in Python, and its frame holds the class and the
arguments. From 2.14 on it is a builtin without a frame; then the frames of `forward` and
`setup_context` tell the Function, by their context or by their code.
"""

import inspect
import sys
from types import CodeType, FrameType
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import torch.autograd.function
from torch.autograd.function import BackwardCFunction, Function

#: Both run within the call of a Function, and with gradients off.
_METHODS: Final = ("forward", "setup_context")
#: By the Function that defines them.
_known_codes: WeakKeyDictionary[type, list[CodeType]] = WeakKeyDictionary()


class RunningFunction(NamedTuple):
    """A custom Function that runs: its name, the arguments it was given, and its caller's frame."""

    name: str
    given: tuple[Any, ...]
    caller: FrameType | None


class RunningFunctions:
    """Finds the custom Function that runs; its arguments are those of the first time it is found.

    A forward may bind other tensors to the names of its arguments, and from PyTorch 2.14 on these
    names alone tell them.
    """

    def __init__(self) -> None:
        self._frame: FrameType | None = None
        self._found: RunningFunction | None = None

    def outermost(self) -> RunningFunction | None:
        """Return the outermost custom Function that runs, None where none does."""
        frame, found = _outermost()
        if frame is None or frame is not self._frame:
            self._frame, self._found = frame, found
        return self._found

    def forget(self) -> None:
        """Let go the frame of a Function that has ended, and all tensors in it."""
        self._frame = self._found = None


def _outermost() -> tuple[FrameType | None, RunningFunction | None]:
    functions = _functions_by_code()
    frame: FrameType | None = sys._getframe(1)
    last, found = None, None
    while frame is not None:
        if id(frame.f_code) in _APPLY:
            values = frame.f_locals
            given = (*values["args"], *(values["kwargs"] or {}).values())
            last, found = frame, RunningFunction(values["cls"].__name__, given, frame.f_back)
        elif id(frame.f_code) in functions:
            running = _running_in(frame, functions[id(frame.f_code)])
            if running is not None:
                last, found = frame, running
        frame = frame.f_back
    return last, found


def _running_in(frame: FrameType, function: type | None) -> RunningFunction | None:
    """Return the Function whose forward or setup_context this frame is.

    Its context knows the class; without one it is `function`, which defines the code, and None for
    the code of a decorator of several Functions: the frame that it calls tells which.
    """
    given = _arguments(frame)
    context = next((each for each in given if isinstance(each, BackwardCFunction)), None)
    known = getattr(context, "_forward_cls", None) or function
    return None if known is None else RunningFunction(known.__name__, given, frame.f_back)


def _arguments(frame: FrameType) -> tuple[Any, ...]:
    """Return the values that the arguments of a frame have now, those by name last."""
    code, values = frame.f_code, frame.f_locals
    count = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames
    found = [values[name] for name in names[: code.co_argcount] if name in values]
    if code.co_flags & inspect.CO_VARARGS:
        found.extend(values.get(names[count], ()))
    return (*found, *(values[name] for name in names[code.co_argcount : count] if name in values))


def _functions_by_code() -> dict[int, type | None]:
    """Return the Function of each forward and setup_context by the identity of their code.

    It is None for code that several Functions have, as that of a decorator.
    """
    found: dict[int, type | None] = {}
    waiting: list[type] = Function.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        for code in _known_codes.get(kind) or _codes_of(kind):
            found[id(code)] = kind if found.get(id(code), kind) is kind else None
    return found


def _codes_of(kind: type) -> list[CodeType]:
    own = [getattr(kind, name) for name in _METHODS if name in vars(kind)]
    found = _known_codes[kind] = [code for method in own for code in _codes(method)]
    return found


def _codes(function: Any) -> tuple[CodeType, ...]:
    """Return the code of a function, and of the one that its decorators wrap."""
    inner = inspect.unwrap(function) if callable(function) else function
    codes = (getattr(each, "__code__", None) for each in (function, inner))
    return tuple(code for code in codes if isinstance(code, CodeType))


#: The functions of PyTorch that are called with `cls`, `args` and `kwargs` of a Function.
_APPLY: Final = frozenset(
    id(code)
    for function in (
        Function.apply,
        getattr(torch.autograd.function, "_call_custom_function_call", None),
    )
    for code in _codes(function)
)
