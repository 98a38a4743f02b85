"""The statements of DOT that torchviz's `make_dot` writes of a graph, one after the other.

Boxes, colours, names and their order are torchviz's. What it gets wrong is right here: a saved
tensor is a box of its own, also where it is a parameter, and nothing is walked by recursion.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import torch
from torch.autograd.function import BackwardCFunction

from gradviz.engine.torch_internals.grad_nodes import Feeds, feeds_of, saved_attributes
from gradviz.engine.torch_internals.tensor_memory import view_base

_LEAF: Final = "lightblue"
_SAVED: Final = "orange"
_OUTPUT: Final = "darkolivegreen1"
_BASE: Final = "darkolivegreen3"
_RELEASED: Final = "[released]"
_LEAST_CHARACTERS: Final = 3
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})


class DotLines:
    """The body of a digraph, to which outputs are added with all that they were computed by.

    Attributes:
        lines: The statements so far, each with its end of line.
    """

    def __init__(
        self,
        names: Mapping[str, torch.Tensor],
        *,
        show_attrs: bool = False,
        show_saved: bool = False,
        max_attr_chars: int = 50,
    ) -> None:
        """Begin empty; tensors have their `names`, matched by identity."""
        self.lines: list[str] = []
        self._names = {id(tensor): name for name, tensor in names.items()}
        self._show_attrs = show_attrs
        self._show_saved = show_saved
        self._most = max(max_attr_chars, _LEAST_CHARACTERS)
        #: The boxes of tensors by their identity, with the tensors, so that none gets another's.
        self._tensors: dict[int, tuple[str, torch.Tensor]] = {}
        self._functions: dict[Any, str] = {}
        self._plain: dict[type, str] = {}

    def add(self, output: torch.Tensor, name: str = "") -> None:
        """Add an output with its graph, and the tensor that it is a view of."""
        chain = [output]
        while (base := view_base(chain[-1])) is not None:
            chain.append(base)
        drawn: list[torch.Tensor] = []
        for tensor in chain:
            if id(tensor) in self._tensors:
                drawn.append(tensor)
                break
            is_first = tensor is output
            box = self._box(tensor)
            title = name if is_first else ""
            self._add_box(box, self._title(tensor, title), _OUTPUT if is_first else _BASE)
            if tensor.grad_fn is not None:
                self._add_graph(tensor.grad_fn)
                self.lines.append(f"\t{self._functions[tensor.grad_fn]} -> {box}\n")
            drawn.append(tensor)
        for view, tensor in reversed(list(pairwise(drawn))):
            self.lines.append(f"\t{self._box(tensor)} -> {self._box(view)} [style=dotted]\n")

    def _add_graph(self, root: Any) -> None:
        """Add all functions behind `root` that are not there yet, depth first."""
        functions, lines = self._functions, self.lines
        if root in functions:
            return
        functions[root] = f"f{len(functions)}"
        stack: list[tuple[Any, str, Iterator[tuple[Any, int]]]] = [self._entered(root)]
        while stack:
            function, box, sources = stack[-1]
            for source, _ in sources:
                if source is None:
                    continue
                known = functions.get(source)
                if known is not None:
                    lines.append(f"\t{known} -> {box}\n")
                    continue
                functions[source] = new = f"f{len(functions)}"
                lines.append(f"\t{new} -> {box}\n")
                stack.append(self._entered(source))
                break
            else:
                stack.pop()
                if isinstance(function, BackwardCFunction):
                    self._add_own_saved(function, box)

    def _entered(self, function: Any) -> tuple[Any, str, Iterator[tuple[Any, int]]]:
        """Add the box of a function, with those of its leaf and saved tensors."""
        box, kind = self._functions[function], type(function)
        if self._show_saved:
            self._add_saved(function, box)
        feeds: Feeds = feeds_of(function)
        if not feeds and kind.__name__ == "AccumulateGrad":
            variable = function.variable
            leaf = self._box(variable)
            self._add_box(leaf, self._title(variable), _LEAF)
            self.lines.append(f"\t{leaf} -> {box}\n")
        plain = None if self._show_attrs else self._plain.get(kind)
        if plain is None:
            title = kind.__name__ if not self._show_attrs else self._with_settings(function)
            plain = self._plain[kind] = _quoted(title)
        self.lines.append(f"\t{box} [label={plain}]\n")
        return function, box, iter(feeds)

    def _add_saved(self, function: Any, box: str) -> None:
        """Add the saved tensors of PyTorch's own function, each by PyTorch's name for it."""
        for attribute, name in saved_attributes(function):
            value = _read(function, attribute)
            if isinstance(value, torch.Tensor):
                self._add_saved_one(box, value, name, out=True)
            elif isinstance(value, tuple):
                for index, each in enumerate(value):
                    if isinstance(each, torch.Tensor):
                        self._add_saved_one(box, each, f"{name}[{index}]", out=True)

    def _add_own_saved(self, function: Any, box: str) -> None:
        """Add the saved tensors of a custom Function; None among them has no box."""
        value = _read(function, "saved_tensors")
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, torch.Tensor):
                self._add_saved_one(box, each, "", out=False)

    def _add_saved_one(self, box: str, tensor: torch.Tensor, name: str, *, out: bool) -> None:
        saved = f"s{len(self.lines)}"
        ends = f"{box} -> {saved}" if out else f"{saved} -> {box}"
        self.lines.append(f"\t{ends} [dir=none]\n")
        known = self._names.get(id(tensor), "")
        both = f"{name} = {known}" if name and known else name or known
        self._add_box(saved, f"{both}\n {_size(tensor)}", _SAVED)

    def _add_box(self, box: str, title: str, color: str) -> None:
        self.lines.append(f"\t{box} [label={_quoted(title)} fillcolor={color}]\n")

    def _box(self, tensor: torch.Tensor) -> str:
        """Return the name of the box of a leaf, an output or its base."""
        known = self._tensors.get(id(tensor))
        if known is None:
            known = self._tensors[id(tensor)] = (f"t{len(self._tensors)}", tensor)
        return known[0]

    def _title(self, tensor: torch.Tensor, name: str = "") -> str:
        return f"{self._names.get(id(tensor), name)}\n {_size(tensor)}"

    def _with_settings(self, function: Any) -> str:
        """Return a function's name over a table of what it has saved, tensors only by a word."""
        name = type(function).__name__
        settings = {
            label: _setting(_read(function, attribute))
            for attribute, label in saved_attributes(function)
        }
        if not settings:
            return name
        first = max(map(len, settings))
        second = min(max(map(len, settings.values())), self._most)
        line = "-" * max(first + second + 2, len(name))
        rows = (
            f"{label:<{first}}: {_cut(text, second):>{second}}" for label, text in settings.items()
        )
        return "\n".join((name, line, *rows))


def _read(function: Any, attribute: str) -> Any:
    """Return an attribute of a function; a word where PyTorch has released it."""
    try:
        return getattr(function, attribute)
    except RuntimeError:
        return _RELEASED


def _setting(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        return "[saved tensor]"
    if isinstance(value, tuple) and any(isinstance(each, torch.Tensor) for each in value):
        return "[saved tensors]"
    return str(value)


def _cut(text: str, width: int) -> str:
    return f"{text[: width - 3]}..." if len(text) > width else text


def _size(tensor: torch.Tensor) -> str:
    try:
        return f"({', '.join(map(str, map(int, tensor.shape)))})"
    except (RuntimeError, TypeError):
        # A nested tensor has no one shape.
        return "(nested)"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
