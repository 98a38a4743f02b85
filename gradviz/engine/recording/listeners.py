"""Listeners to the functions of torch, which no compiler follows.

Dynamo compiles a mode that is active into the user's function, or falls back to running it as it
is written; in either case the graph is not the one that training has. So the listeners pause while
a compiled function runs: autograd has it as one node.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Self

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from gradviz.engine.torch_internals.compiled_modules import keep_from_compiler, uncompiled
from gradviz.engine.torch_internals.function_modes import innermost_mode

#: Those that are entered, the newest last.
_LISTENING: Final[list["Listener"]] = []
_MARK: Final = "pauses_listeners"


class Listener(TorchFunctionMode):
    """Used as a context: hears the functions of torch outside of compiled functions.

    Attributes:
        pausing: Whether it is left, or entered again, for a pause alone.
    """

    pausing = False

    def __enter__(self) -> Self:
        """Begin to listen."""
        super().__enter__()  # type: ignore[no-untyped-call]
        _LISTENING.append(self)
        return self

    def __exit__(self, *raised: object) -> None:
        """Stop to listen."""
        _LISTENING.remove(self)
        super().__exit__(*raised)  # type: ignore[no-untyped-call]


@contextmanager
def listeners_paused() -> Iterator[None]:
    """Let no listener hear within; those beneath a mode of the user's own go on."""
    paused: list[Listener] = []
    while _LISTENING and innermost_mode() is _LISTENING[-1]:
        paused.append(_LISTENING[-1])
        paused[-1].pausing = True
        paused[-1].__exit__(None, None, None)
    try:
        yield
    finally:
        for each in reversed(paused):
            each.__enter__()
            each.pausing = False


def pause_in_compiled_functions() -> None:
    """Have the functions that `torch.compile` gives from here on pause the listeners."""
    compile_ = torch.compile
    if hasattr(compile_, _MARK):
        return

    @functools.wraps(compile_)
    def compile_pausing(model: Any = None, **options: Any) -> Any:
        if model is None:
            return functools.partial(compile_pausing, **options)
        _keep_ours_from_compiler()
        made = compile_(model, **options)
        return made if made is model else _pausing(made)

    setattr(compile_pausing, _MARK, True)
    setattr(torch, "compile", compile_pausing)  # noqa: B010 - mypy knows that it is a function


@contextmanager
def compiled_modules_pause(module: nn.Module) -> Iterator[None]:
    """Have the compiled modules in `module` pause the listeners within the context."""
    compiled = [part for part in module.modules() if uncompiled(part) is not part]
    before = [part.forward for part in compiled]
    if compiled:
        _keep_ours_from_compiler()
    for part in compiled:
        part.forward = _pausing_function(part.forward)
    try:
        yield
    finally:
        for part, forward in zip(compiled, before, strict=True):
            part.forward = forward


@functools.cache
def _keep_ours_from_compiler() -> None:
    """Let the compiler leave alone all that hears operations beneath autograd, which go on."""
    keep_from_compiler("gradviz")


def _pausing(compiled: Any) -> Any:
    if isinstance(compiled, nn.Module):
        compiled.forward = _pausing_function(compiled.forward)
        return compiled
    return _pausing_function(compiled)


def _pausing_function(compiled: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(compiled)
    def pausing(*args: Any, **kwargs: Any) -> Any:
        if torch.compiler.is_compiling():
            # Within another compiled function, which has paused them.
            return compiled(*args, **kwargs)
        with listeners_paused():
            return compiled(*args, **kwargs)

    return pausing
