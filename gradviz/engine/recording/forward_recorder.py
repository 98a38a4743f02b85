"""The forward pass, kept for the picture: the tensor behind each grad_fn, and the term of it.

PyTorch's graph knows no forward values. A recorder listens while a model runs, in place of the
model's code, so that every model can be shown as it is written.
"""

import ctypes
import inspect
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, Final, Self

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.errors import ModelError
from gradviz.core.number_text import counted
from gradviz.engine.recording.listeners import Listener
from gradviz.engine.scopes.call_scopes import CallScopes
from gradviz.engine.scopes.grouping import GroupMemory
from gradviz.engine.torch_internals.function_modes import unheard
from gradviz.engine.torch_internals.grad_nodes import feeds_of, nodes_behind
from gradviz.engine.torch_internals.tensor_memory import storage_id, version_of
from gradviz.expression.functions import function_of_operation
from gradviz.expression.printing import pretty
from gradviz.expression.tables.several import several_of_operation
from gradviz.expression.tree import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Relation,
    Tree,
    Variable,
)

#: A longer term tells nothing on a node, and writing all of a long sum's would take quadratic time.
LONGEST_LABEL = 40
#: A recording takes about six kilobytes a node, and the window as much again.
MOST_NODES: Final = 500_000
#: A model whose constants change at every step would otherwise fill the memory.
_MOST_TERMS = 10_000

_OPERATORS: Mapping[str, Operator] = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "truediv": "/",
    "true_divide": "/",
    "pow": "^",
    "mod": "%",
    "remainder": "%",
}
_RELATIONS: Mapping[str, Relation] = {
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "ne": "!=",
    "logical_and": "and",
    "logical_or": "or",
}
_REFLECTED = frozenset({"rsub", "__rsub__", "__rtruediv__", "__rdiv__", "__rpow__", "__rmod__"})
#: Functions that change a tensor in place without a name that ends in an underscore.
_IN_PLACE = frozenset(
    {"__setitem__", "__iadd__", "__isub__", "__imul__", "__itruediv__", "__idiv__", "__ifloordiv__"}
    | {"__ipow__", "__imod__", "__iand__", "__ior__", "__ixor__"}
)
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


def too_many_nodes(end: Any) -> ModelError:
    """Return the error that ends a pass before its graph fills the memory.

    Args:
        end: The newest tensor or node of the graph. It is never let go, and so the graph is not:
            a graph whose nodes were seen from Python is freed node within node, and so many of
            them would overflow the stack of the thread that does it.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(end))
    return ModelError(
        f"The graph has more than {counted(MOST_NODES)} nodes, the most that are recorded: they "
        "would take several gigabytes.",
        "Give it a shorter input or fewer steps; a part of such a graph looks as the whole does.",
    )


class Term:
    """A tensor as a tree of named tensors and operations, with the number of the tree's nodes."""

    __slots__ = ("_label", "size", "tree")

    def __init__(self, tree: Tree, size: int) -> None:
        self.tree = tree
        self.size = size
        self._label: str | None = None

    @property
    def label(self) -> str:
        """Return the term as mathematics is written; empty where that is too long."""
        if self._label is None:
            text = pretty(self.tree)
            self._label = text if len(text) <= LONGEST_LABEL else ""
        return self._label


class Terms:
    """Terms, and groups, made once, however often a model runs: they take most of a recording."""

    def __init__(self) -> None:
        #: The groups of earlier recordings.
        self.group_memory = GroupMemory()
        self._made: dict[tuple[object, ...], Term | None] = {}

    def of(
        self, key: tuple[object, ...], make: Callable[..., Term | None], *arguments: Any
    ) -> Term | None:
        """Return the term that was made for `key`, or make it; None where it is not known."""
        try:
            return self._made[key]
        except KeyError:
            if len(self._made) >= _MOST_TERMS:
                self._made.clear()
            term = self._made[key] = make(*arguments)
            return term


class _Entry:
    """One tensor of the forward pass, and its term if that is known."""

    __slots__ = ("before", "node", "tensor", "term", "version")

    def __init__(self, tensor: torch.Tensor, term: Term | None) -> None:
        self.tensor = tensor
        self.node = tensor.grad_fn
        self.version = version_of(tensor)
        self.term = term
        #: A copy of it from before it was changed in place; None while it was not.
        self.before: torch.Tensor | None = None

    @property
    def changed(self) -> bool:
        """Tell whether the tensor was changed in place since."""
        return version_of(self.tensor) != self.version


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
        self._entries: dict[int, _Entry] = {}
        self._of_node: dict[tuple[Any, int], _Entry] = {}
        #: The tensors on which the model set hooks while it ran.
        self.hooked: list[torch.Tensor] = []
        #: Whether the model took a grad_fn in hand, on which it may have set hooks.
        self.gave_nodes = False
        #: The groups of earlier recordings of the same model; None where there is none.
        self.group_memory = None if terms is None else terms.group_memory
        #: The calls of modules and functions in which the nodes are made.
        self.scopes = CallScopes()

    def __del__(self) -> None:
        """Let go of the newest tensor first: PyTorch frees a long graph all at once by recursion.

        That ends the process where the stack does not suffice.
        """
        self._of_node.clear()
        while self._entries:
            self._entries.popitem()

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
            self._keep(result, self._term(name, operands) if known else None)
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
            self._save([*args[:1], *((kwargs or {}).get(each) for each in ("input", "out"))])

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
            self._keep(tensor, self._terms.of((name,), _named, name))

    def name_all(self, tensors: Mapping[str, torch.Tensor]) -> None:
        """Call tensors by their names from here on, before the model runs."""
        for name, tensor in tensors.items():
            self._keep(tensor, self._terms.of((name,), _named, name))

    def heard_nodes(self) -> set[Any]:
        """Return the grad_fns of all tensors that were heard."""
        return {node for node, _ in self._of_node}

    def told(self, node: Any) -> tuple[torch.Tensor | None, str]:
        """Return `value` and `label` of the grad_fn `node`."""
        entry = self._of_node.get((node, 0))
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
        entry = self._of_node.get((node, 0))
        return entry is not None and entry.changed

    def _save(self, target: Any) -> None:
        """Copy tensors that are about to be changed in place, and every view of their memory."""
        for tensor in _tensors(target):
            memory = _memory_of(tensor)
            for entry in self._of_node.values():
                if entry.before is not None or entry.changed:
                    continue
                if _memory_of(entry.tensor) == memory:
                    entry.before = entry.tensor.detach().clone()

    def _keep(self, tensor: torch.Tensor, term: Term | None) -> _Entry:
        entry = self._entries[id(tensor)] = _Entry(tensor, term)
        if entry.node is not None:
            self._of_node[(entry.node, tensor.output_nr)] = entry
            if len(self._of_node) > MOST_NODES:
                raise too_many_nodes(tensor)
        return entry

    def _entry(self, tensor: torch.Tensor) -> _Entry:
        known = self._entries.get(id(tensor))
        # A custom Function's result was kept inside it, before it got its grad_fn.
        if known and known.version == version_of(tensor) and known.node is tensor.grad_fn:
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
            source = self._entries.get(id(source_node.variable))
        else:
            source = self._of_node.get((source_node, output))
        if source is None or source.term is None:
            return None
        term = source.term
        return self._terms.of(
            (function, term), lambda: Term(Call(function, term.tree), term.size + 1)
        )

    def _term(self, name: str, operands: list[Term | float | None]) -> Term | None:
        if None in operands:
            return None
        return self._terms.of((name, *operands), _made, name, operands)

    def _operand(self, argument: Any) -> float | None:
        """Return an argument that is a number, else None; keep the tensors in a list."""
        if isinstance(argument, int | float):
            return argument
        for tensor in _tensors(argument):
            self._entry(tensor)
        return None


def _named(name: str) -> Term:
    return Term(Variable() if name == "x" else Parameter(name), 1)


def _made(name: str, operands: list[Term | float | None]) -> Term | None:
    """Return the term of an operation by its name in Python; None where it is not written so."""
    terms = [
        each if isinstance(each, Term) else _number(each) for each in operands if each is not None
    ]
    size = 1 + sum(term.size for term in terms)
    if size > LONGEST_LABEL:
        return None
    match [term.tree for term in terms]:
        case [left, right] if operator := _operator_named(name.strip("_")):
            # PyTorch hands `2 * a` over as `a * 2`; a product is written number first.
            turned = operator == "*" and isinstance(right, Number | Pi)
            if turned or name in _REFLECTED:
                left, right = right, left
            return Term(Binary(operator, left, right), size)
        case [_, Number() | Pi() as number] if name == "new_tensor":
            return Term(number, 1)
        case [left, right] if relation := _RELATIONS.get(name.strip("_")):
            return Term(Compare(relation, left, right), size)
        case [_, _, *_] as arguments if several := several_of_operation(name, len(arguments)):
            return Term(Apply(several, tuple(arguments)), size)
        case [operand] if name == "neg":
            return Term(Negate(operand), size)
        case [operand] if function := function_of_operation(name):
            return Term(Call(function, operand), size)
    return None


def _operator_named(name: str) -> Operator | None:
    """Return the operator of `sub`, and of `rsub`, where the operands are exchanged."""
    return _OPERATORS.get(name) or _OPERATORS.get(name.removeprefix("r"))


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


def is_in_place(name: str, kwargs: Mapping[str, Any] | None) -> bool:
    """Tell by its name and arguments whether a function of torch changes a tensor in place."""
    if kwargs and (kwargs.get("inplace") or kwargs.get("out") is not None):
        return True
    return _changes_in_place(name)


@cache
def _changes_in_place(name: str) -> bool:
    return (name.endswith("_") and not name.endswith("__")) or name in _IN_PLACE


def _memory_of(tensor: torch.Tensor) -> int:
    """Return the identity of a tensor's storage; its own where it has no storage."""
    return storage_id(tensor) or id(tensor)


def _number(value: float) -> Term:
    return Term(Pi() if value == math.pi else Number(float(value)), 1)


def _tensors(value: Any) -> Iterable[torch.Tensor]:
    """Yield the tensors in an argument or a result, one level deep in its sequences."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            if isinstance(part, torch.Tensor):
                yield part
