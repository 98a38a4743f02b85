"""The attributes of a module that its forward changes, beside buffers: state kept between calls."""

import copy
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import torch
from torch import nn

from gradviz.engine.own.nested_tensors import inner_text, tensors_in
from gradviz.engine.tensors.equality import are_equal
from gradviz.engine.torch_internals.dispatch import unheard_operations
from gradviz.engine.torch_internals.tensor_memory import version_of

#: The path of a module, and the name of an attribute of it.
Attribute: TypeAlias = tuple[str, str]

#: The attributes that every module has belong to PyTorch.
_OF_TORCH: Final = frozenset(vars(nn.Module()))
_CONTAINERS: Final = (list, dict, set, deque, OrderedDict, defaultdict)
_ABSENT: Final = object()


class _Value(NamedTuple):
    """The value of an attribute at a moment, with a copy of what can change within it."""

    value: Any
    content: Any = None
    version: int = 0

    @property
    def is_current(self) -> bool:
        """Tell whether nothing changed within the value."""
        if type(self.value) in _CONTAINERS:
            return _identities(self.value) == _identities(self.content)
        return self.content is None or version_of(self.value) == self.version

    def put_back(self) -> None:
        """Undo the changes within the value."""
        if self.is_current:
            return
        if isinstance(self.value, torch.Tensor):
            put_back(self.value, self.content)
            return
        self.value.clear()
        add = self.value.extend if isinstance(self.value, list | deque) else self.value.update
        add(self.content)


Values: TypeAlias = Mapping[Attribute, _Value]


@torch.no_grad()
def put_back(tensor: torch.Tensor, content: torch.Tensor) -> None:
    """Give `tensor` the values of `content`, and its shape where forward has resized it.

    What is the same stays untouched: a graph that has saved it would take it for changed.
    """
    if _is_equal(tensor, content):
        return
    if tensor.shape == content.shape:
        tensor.copy_(content)
    else:
        # In memory of its own: a graph may hold what it has now.
        tensor.data = content.clone()


def _is_equal(tensor: torch.Tensor, content: torch.Tensor) -> bool:
    try:
        # It may run within a pass whose operations are listed, and is none of them.
        with unheard_operations():
            return are_equal(tensor, content)
    except (NotImplementedError, RuntimeError):
        return False


class Attributes:
    """Follows the attributes of `module` and its parts that a forward pass changes."""

    def __init__(self, module: nn.Module) -> None:
        self._module = module
        self._first: Values | None = self._all()
        self._changing: list[Attribute] = []

    def find_changing(self) -> Values:
        """Return those that differ from before, as they were; they are followed from here on."""
        before, now = self._first or {}, self._all()
        self._first = None
        absent = _Value(_ABSENT)
        for each in {**before, **now}:
            then = before.get(each, absent)
            if then.value is not now.get(each, absent).value or not then.is_current:
                self._changing.append(each)
        return {each: before.get(each, absent) for each in self._changing}

    def values(self) -> Values:
        """Return the attributes that are followed, as they are."""
        parts = dict(self._module.named_modules()) if self._changing else {}
        return {
            (path, name): _taken(vars(parts[path]).get(name, _ABSENT))
            for path, name in self._changing
            if path in parts
        }

    def of_plain(self, plain: Any) -> Values:
        """Return the values of attributes that `plain_values` gave, of those that are followed.

        Raises:
            ValueError: it gave none such.
        """
        found = {(str(path), str(name)): value for path, name, value in plain}
        return {each: _taken(found[each]) for each in self._changing if each in found}

    def put(self, values: Values) -> None:
        """Let the attributes be as they were."""
        parts = dict(self._module.named_modules()) if values else {}
        for (path, name), each in values.items():
            if path not in parts:
                continue
            if each.value is _ABSENT:
                parts[path].__dict__.pop(name, None)
            else:
                each.put_back()
                parts[path].__dict__[name] = each.value

    def _all(self) -> Values:
        return {key: _taken(value) for key, value in _attributes(self._module)}


def plain_values(values: Values) -> list[tuple[str, str, Any]]:
    """Return path, name and value of the attributes whose values are numbers, texts and tensors."""
    found = [(path, name, _content(each)) for (path, name), each in values.items()]
    return [each for each in found if _is_plain(each[2])]


def _content(value: _Value) -> Any:
    return value.value if value.content is None else value.content


def _is_plain(value: Any) -> bool:
    if isinstance(value, torch.Tensor):
        return type(value) is torch.Tensor and value.grad_fn is None
    if type(value) is list:
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(isinstance(key, int | str) and _is_plain(each) for key, each in value.items())
    return value is None or type(value) in (bool, int, float, str)


def kept_graphs(module: nn.Module) -> dict[str, Attribute]:
    """Return the tensors of a graph that attributes of a module hold, as they are written."""
    return {
        f"self.{path}.{name}{inner_text(place)}" if path else f"self.{name}{inner_text(place)}": (
            path,
            name,
        )
        for (path, name), value in _attributes(module)
        for place, tensor in tensors_in(value).items()
        if tensor.grad_fn is not None
    }


def _attributes(module: nn.Module) -> Iterator[tuple[Attribute, Any]]:
    for path, part in module.named_modules():
        for name, value in vars(part).items():
            if name not in _OF_TORCH:
                yield (path, name), value


def _taken(value: Any) -> _Value:
    if type(value) in _CONTAINERS:
        return _Value(value, copy.copy(value))
    if type(value) is torch.Tensor and not value.requires_grad:
        return _Value(value, value.detach().clone(), version_of(value))
    return _Value(value)


def _identities(container: Any) -> list[Any]:
    if isinstance(container, Mapping):
        return [(key, id(value)) for key, value in container.items()]
    return [id(each) for each in container]
