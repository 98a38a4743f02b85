"""What ran forwards, kept for the picture: the tensor behind each grad_fn, and what it computes.

PyTorch's graph knows no forward values. A tape listens while a model runs, in place of the
model's code, so that every model can be shown as it is written.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch.autograd.function import BackwardCFunction
from torch.overrides import TorchFunctionMode

from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.printing import pretty
from gradviz.expression.tree import (
    Binary,
    Call,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Tree,
    Variable,
)

#: A longer term tells nothing on a node, and writing all of a long sum's would take quadratic time.
LONGEST_LABEL = 40

_OPERATORS: Mapping[str, Operator] = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "truediv": "/",
    "true_divide": "/",
    "pow": "^",
}
_REFLECTED = frozenset({"rsub", "__rsub__", "__rtruediv__", "__rdiv__", "__rpow__"})
_CUSTOM_FUNCTIONS = {"LegendrePolynomial3Backward": "P3"}


class _Entry:
    """One tensor of the forward pass, its term if that is known, and the term's size."""

    __slots__ = ("node", "size", "tensor", "tree", "version")

    def __init__(self, tensor: torch.Tensor, tree: Tree | None, size: int) -> None:
        self.tensor = tensor
        self.node = tensor.grad_fn
        self.version = tensor._version
        self.tree = tree
        self.size = size


_Term = tuple[Tree | None, int]
_UNKNOWN: _Term = (None, 0)


class Tape(TorchFunctionMode):
    """Used as a context: every tensor that torch's functions take or return is kept.

    The tensors stay alive as long as the tape does.
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[int, _Entry] = {}
        self._of_node: dict[tuple[Any, int], _Entry] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and keep what it took and what it returned."""
        result = func(*args, **(kwargs or {}))
        for tensor in _tensors(args):
            self._entry(tensor)
        if isinstance(result, torch.Tensor):
            self._keep(result, *self._term(func, args))
        else:
            for tensor in _tensors(result):
                self._entry(tensor)
        return result

    def hear(self, tensor: torch.Tensor) -> None:
        """Keep `tensor` too: what a custom Function returns is heard when it is used, or here."""
        self._entry(tensor)

    def name(self, tensor: torch.Tensor, name: str) -> None:
        """Call `tensor` by `name` from here on, in the terms that are made from it too."""
        self._keep(tensor, Variable() if name == "x" else Parameter(name), 1)

    def label(self, node: Any) -> str:
        """Return what the grad_fn `node` computes, `b·x`; empty where that is not known."""
        entry = self._of_node.get((node, 0))
        if entry is None or entry.tree is None:
            return ""
        text = pretty(entry.tree)
        return text if len(text) <= LONGEST_LABEL else ""

    def value(self, node: Any) -> torch.Tensor | None:
        """Return what the grad_fn `node` computed, unless it was changed in place since."""
        entry = self._of_node.get((node, 0))
        if entry is None or entry.tensor._version != entry.version:
            return None
        return entry.tensor

    def _keep(self, tensor: torch.Tensor, tree: Tree | None, size: int) -> _Entry:
        entry = self._entries[id(tensor)] = _Entry(tensor, tree, size)
        if entry.node is not None:
            self._of_node[(entry.node, tensor.output_nr)] = entry
        return entry

    def _entry(self, tensor: torch.Tensor) -> _Entry:
        known = self._entries.get(id(tensor))
        # What a custom Function returns was kept inside it, before it got its grad_fn.
        if known and known.version == tensor._version and known.node is tensor.grad_fn:
            return known
        return self._keep(tensor, *self._custom_term(tensor))

    def _custom_term(self, tensor: torch.Tensor) -> _Term:
        """Return the term of a custom Function of one input; torch's hooks do not see these."""
        node = tensor.grad_fn
        function = _CUSTOM_FUNCTIONS.get(type(node).__name__)
        if not isinstance(node, BackwardCFunction) or function is None:
            return _UNKNOWN
        source_node, output = node.next_functions[0]
        if hasattr(source_node, "variable"):
            source = self._entries.get(id(source_node.variable))
        else:
            source = self._of_node.get((source_node, output))
        if source is None or source.tree is None:
            return _UNKNOWN
        return Call(function, source.tree), source.size + 1

    def _term(self, func: Callable[..., Any], args: tuple[Any, ...]) -> _Term:
        name = getattr(func, "__name__", "")
        terms = [self._operand(argument) for argument in args]
        trees = [tree for tree, _ in terms if tree is not None]
        size = 1 + sum(size for _, size in terms)
        if len(trees) != len(args) or size > LONGEST_LABEL:
            return _UNKNOWN
        match trees:
            case [left, right] if operator := _OPERATORS.get(name.strip("_").removeprefix("r")):
                # PyTorch hands `2 * a` over as `a * 2`; a product is written number first.
                turned = operator == "*" and isinstance(right, Number | Pi)
                if turned or name in _REFLECTED:
                    left, right = right, left
                return Binary(operator, left, right), size
            case [operand] if name == "neg":
                return Negate(operand), size
            case [operand] if name in FUNCTIONS:
                return Call(name, operand), size
        return _UNKNOWN

    def _operand(self, argument: Any) -> _Term:
        if isinstance(argument, torch.Tensor):
            entry = self._entry(argument)
            return entry.tree, entry.size
        if isinstance(argument, int | float):
            return (Pi() if argument == math.pi else Number(float(argument))), 1
        return _UNKNOWN


def _tensors(value: Any) -> Iterable[torch.Tensor]:
    """Yield the tensors in an argument or a result, one level deep in its sequences."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            if isinstance(part, torch.Tensor):
                yield part
