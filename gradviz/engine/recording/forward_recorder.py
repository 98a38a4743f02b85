"""The forward pass, kept for the picture: the tensor behind each grad_fn, and the term of it.

PyTorch's graph knows no forward values. A recorder listens while a model runs, in place of the
model's code, so that every model can be shown as it is written.
"""

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, Final, Self

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.engine.interruption import end_if_unwanted
from gradviz.engine.recording.heard_tensors import HeardTensor, HeardTensors
from gradviz.engine.recording.in_place_functions import is_in_place
from gradviz.engine.recording.listeners import Listener
from gradviz.engine.recording.terms import Term, Terms
from gradviz.engine.scopes.call_scopes import CallScopes
from gradviz.engine.torch_internals.function_modes import unheard
from gradviz.engine.torch_internals.grad_nodes import feeds_of, nodes_behind
from gradviz.expression.functions import function_of_operation

#: Functions that ask a tensor for something, and make no node.
_ASKING: Final = frozenset(
    {"dim", "size", "stride", "numel", "nelement", "ndimension", "item", "tolist", "get_device"}
    | {"is_contiguous", "is_floating_point", "is_complex", "data_ptr", "storage_offset"}
    | {"__len__", "__bool__", "__int__", "__float__", "__index__", "__repr__", "__hash__"}
)
#: Calls that run a backward pass.
_DIFFERENTIATING = frozenset({torch.autograd.grad, torch.Tensor.backward})
_HOOKS = frozenset({"register_hook", "register_post_accumulate_grad_hook"})
#: The property that reads the grad_fn of a tensor.
_GRAD_FN = torch.Tensor.grad_fn
#: The properties that make a node when they are read.
_MAKING: Final = frozenset(
    {getattr(torch.Tensor, name) for name in ("T", "mT", "H", "mH", "real", "imag")}
)


class ForwardRecorder(Listener):
    """Used as a context: every tensor that torch's functions take or return is kept.

    The tensors stay alive as long as the recorder does.
    """

    def __init__(self, terms: Terms | None = None, *, calls: bool = True) -> None:
        """Begin empty; `terms` are those of earlier passes of the same model.

        Without `calls` nobody's modules or functions run, and the nodes have no groups.
        """
        super().__init__()
        #: Whether the calls are heard in which the nodes are made.
        self.calls = calls
        self._terms = terms or Terms()
        self._heard = HeardTensors()
        # They are called for each tensor of each operation.
        self._keep, self._known = self._heard.keep, self._heard.known
        #: The tensors on which the model set hooks while it ran.
        self.hooked: list[torch.Tensor] = []
        #: Whether the pass ran before this recorder was there, which knows only what was kept.
        self.late = False
        #: Whether the model took a grad_fn in hand, on which it may have set hooks.
        self.gave_nodes = False
        #: The groups of earlier recordings of the same model; None where there is none.
        self.group_memory = None if terms is None else terms.group_memory
        #: The calls of modules and functions in which the nodes are made.
        self.scopes = CallScopes()

    def __enter__(self) -> Self:
        """Begin to listen."""
        if self.calls:
            self.scopes.start(sys._getframe(1))
        return super().__enter__()

    def __exit__(self, *raised: object) -> None:
        """Stop to listen."""
        super().__exit__(*raised)
        if self.calls:
            self.scopes.stop(sys._getframe(1), whole=not self.pausing)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and keep the tensors that it took and those that it returned."""
        name = getattr(func, "__name__", "")
        if name == "__get__":
            self._read(getattr(func, "__self__", None), name)
            # Nearly all are read without computing anything; other results are heard when used.
            return func(*args, **(kwargs or {}))
        end_if_unwanted()
        self._precede(name, args, kwargs)
        tells = self.calls and name not in _ASKING
        if tells:
            self.scopes.hear(sys._getframe(1), name)
        with self._backward_heard(func, args, kwargs) if tells else nullcontext():
            result = func(*args, **(kwargs or {}))
        operands = [
            self._entry(each).term if isinstance(each, torch.Tensor) else self._operand(each)
            for each in args
        ]
        if isinstance(result, torch.Tensor):
            known = not kwargs or _are_defaults(func, kwargs)
            self._keep(result, self._terms.of_operation(name, operands) if known else None)
        else:
            for tensor in _tensors(result):
                self._entry(tensor)
        if tells:
            self.scopes.heard()
        return result

    def _backward_heard(
        self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any] | None
    ) -> AbstractContextManager[None]:
        """Hear the backward pass that a model runs itself, where that builds a graph."""
        if func not in _DIFFERENTIATING or not (kwargs or {}).get("create_graph"):
            return nullcontext()
        return self.scopes.backward_heard(nodes_behind(_tensors(args[0])))

    def _precede(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any] | None) -> None:
        """Keep all that a function of torch that is about to run may change."""
        if name in _HOOKS and args:
            self.hooked.append(args[0])
        elif is_in_place(name, kwargs):
            named = ((kwargs or {}).get(each) for each in ("input", "out"))
            self._heard.save(_tensors([*args[:1], *named]))

    def _read(self, attribute: object, name: str) -> None:
        """Take note that an attribute of a tensor is read, beneath `__torch_function__`."""
        if attribute is _GRAD_FN:
            self.gave_nodes = True
        elif self.calls and attribute in _MAKING:
            self.scopes.hear(sys._getframe(2), name)

    def hear(self, tensor: torch.Tensor) -> None:
        """Keep `tensor` too: a custom Function's result is heard when it is used, or here."""
        with unheard():
            self._entry(tensor)

    def name(self, tensor: torch.Tensor, name: str) -> None:
        """Call `tensor` by `name` from here on, in the terms that are made from it too."""
        with unheard():
            self._keep(tensor, self._terms.named(name))

    def name_all(self, tensors: Mapping[str, torch.Tensor]) -> None:
        """Call tensors by their names from here on, before the model runs."""
        for name, tensor in tensors.items():
            self._keep(tensor, self._terms.named(name))

    def heard_nodes(self) -> set[Any]:
        """Return the grad_fns of all tensors that were heard."""
        return self._heard.nodes()

    def told(self, node: Any) -> tuple[torch.Tensor | None, str]:
        """Return `value` and `label` of the grad_fn `node`."""
        entry = self._heard.result_of(node)
        if entry is None:
            return None, ""
        value = entry.before if entry.changed else entry.tensor
        return value, "" if entry.term is None else entry.term.label

    def label(self, node: Any) -> str:
        """Return the term that the grad_fn `node` computes, `b·x`; empty where it is not known."""
        return self.told(node)[1]

    def value(self, node: Any) -> torch.Tensor | None:
        """Return the result of the grad_fn `node`, as it was then; None where that is gone."""
        return self.told(node)[0]

    def changed(self, node: Any) -> bool:
        """Tell whether the result of the grad_fn `node` was changed in place since."""
        entry = self._heard.result_of(node)
        return entry is not None and entry.changed

    def _entry(self, tensor: torch.Tensor) -> HeardTensor:
        known = self._known(tensor)
        if known is not None:
            return known
        entry = self._keep(tensor, self._custom_term(tensor))
        if self.calls and entry.node is not None:
            self.scopes.meet(entry.node)
        return entry

    def _custom_term(self, tensor: torch.Tensor) -> Term | None:
        """Return the term of a custom Function of one input; torch's hooks do not see these."""
        node = tensor.grad_fn
        if not isinstance(node, BackwardCFunction):
            return None
        function = function_of_operation(type(node).__name__)
        if not function:
            return None
        source_node, output = next(iter(feeds_of(node)), (None, 0))
        if hasattr(source_node, "variable"):
            source = self._heard.latest(source_node.variable)
        else:
            source = self._heard.result_of(source_node, output)
        if source is None or source.term is None:
            return None
        return self._terms.of_call(function, source.term)

    def _operand(self, argument: Any) -> float | None:
        """Return an argument that is a number, else None; keep the tensors in a list."""
        if isinstance(argument, int | float):
            return argument
        for tensor in _tensors(argument):
            self._entry(tensor)
        return None


def _are_defaults(func: Callable[..., Any], kwargs: Mapping[str, Any]) -> bool:
    """Tell whether the named arguments say nothing that the function's name does not."""
    defaults = _defaults(func)
    return all(
        name == "inplace" or (isinstance(value, int | float | str) and defaults.get(name) == value)
        for name, value in kwargs.items()
    )


@cache
def _defaults(func: Callable[..., Any]) -> Mapping[str, Any]:
    """Return the defaults of a function of Python's; those of torch's own have none to read."""
    try:
        parameters = inspect.signature(func).parameters
    except (TypeError, ValueError):
        return {}
    return {name: each.default for name, each in parameters.items()}


def _tensors(value: Any) -> Iterable[torch.Tensor]:
    """Yield the tensors in an argument or a result, one level deep in its sequences."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            if isinstance(part, torch.Tensor):
                yield part
