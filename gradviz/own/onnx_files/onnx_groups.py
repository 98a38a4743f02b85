"""The modules of an ONNX graph, by what the exporter has written down of them.

Names of operators are paths, `/layers.0/attn/MatMul`; newer exporters of PyTorch keep the modules
of each operator in its metadata, with their classes.
"""

import ast
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, Final, NamedTuple

from gradviz.core.graphs.groups import NO_GROUP, Group

_SCOPES: Final = "pkg.torch.onnx.name_scopes"
_CLASSES: Final = "pkg.torch.onnx.class_hierarchy"
#: Longer and deeper ones are no names of modules.
_LONGEST: Final = 4_000
_DEEPEST: Final = 30


class Module(NamedTuple):
    """A module around an operator."""

    path: str
    title: str
    type_name: str = ""


class ModuleGroups:
    """The groups of a graph, which are made in the order in which its operators need them."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._places: dict[str, int] = {}

    def of(self, operator: Any) -> int:
        """Return the index of the innermost group of an operator, NO_GROUP without one."""
        place = NO_GROUP
        for module in _modules(operator):
            found = self._places.get(module.path)
            if found is None:
                found = self._places[module.path] = len(self.groups)
                self.groups.append(
                    Group(
                        id=module.path,
                        title=module.title,
                        kind="module",
                        parent=place,
                        type_name=module.type_name,
                        path=module.path,
                    )
                )
            place = found
        return place

    def of_parameter(self, name: str, users: Iterable[int]) -> int:
        """Return the group of the module that a parameter is named after, or of its one user."""
        named = self._places.get(name.rpartition(".")[0])
        if named is not None:
            return named
        different = set(users)
        return different.pop() if len(different) == 1 else NO_GROUP


def _modules(operator: Any) -> list[Module]:
    """Return the modules around an operator, the outermost first."""
    kept = {each.key: each.value for each in operator.metadata_props}
    scopes = _texts(kept.get(_SCOPES, ""))
    if scopes:
        return _of_scopes(scopes, _texts(kept.get(_CLASSES, "")))
    segments = [each for each in operator.name[:_LONGEST].split("/")[:-1] if each][:_DEEPEST]
    paths = list(accumulate(segments, _joined))
    return [Module(path, title) for path, title in zip(paths, segments, strict=True)]


def _of_scopes(scopes: list[str], classes: list[str]) -> list[Module]:
    """Return the modules of scopes; the last scope is the operation, and the whole has no name."""
    found: list[Module] = []
    around = ""
    for place, path in enumerate(scopes[:-1][:_DEEPEST]):
        if not path or path == around:
            continue
        title = path.removeprefix(f"{around}.") if around else path
        type_name = classes[place].rpartition(".")[2] if place < len(classes) else ""
        found.append(Module(path, title, type_name))
        around = path
    return found


def _joined(path: str, segment: str) -> str:
    """Return the path of a module within another; a list of modules is named in it once more."""
    outer, _, last = path.rpartition(".")
    if segment.startswith(f"{last}."):
        return f"{outer}.{segment}" if outer else segment
    return f"{path}.{segment}"


def _texts(text: str) -> list[str]:
    """Return a list of texts as Python writes it; [] where it is none."""
    if not text.startswith("[") or len(text) > _LONGEST:
        return []
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    return found if all(isinstance(each, str) for each in found) else []
