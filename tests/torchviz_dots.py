"""torchviz's own `make_dot`, and the statements of a digraph without the names of its boxes."""

import re
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import graphviz

_STATEMENT = re.compile(r"\t(?P<one>\w+)(?: -> (?P<other>\w+))?(?: \[(?P<rest>.*)\])?\n", re.DOTALL)
#: The name that the tensor has that was saved, behind that of its place.
_KNOWN = re.compile(r"(?<=\w) = [^\n]*(?=\n)")
_LABEL = re.compile(r"label=(?P<plain>\w+)")


def torchviz_make_dot() -> Callable[..., graphviz.Digraph]:
    """Return torchviz's function; it asks for a module that Python 3.12 has no longer."""
    stood = {name: sys.modules.get(name) for name in ("distutils", "distutils.version")}
    version = ModuleType("distutils.version")
    version.LooseVersion = _numbers  # type: ignore[attr-defined]
    sys.modules["distutils"] = ModuleType("distutils")
    sys.modules["distutils.version"] = version
    try:
        from torchviz import make_dot
    finally:
        for name, module in stood.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    found: Callable[..., graphviz.Digraph] = make_dot
    return found


def statements(dot: graphviz.Digraph) -> list[tuple[Any, ...]]:
    """Return each node and edge in its order, with boxes numbered by their first appearance.

    Where torchviz draws a saved tensor in the box of another one, of a leaf or of an output, it is
    a box of its own here.
    """
    parts = [_STATEMENT.fullmatch(line) for line in dot.body]
    numbers: dict[str, int] = {}
    found: list[tuple[Any, ...]] = []
    saved = ""
    for place, match in enumerate(parts):
        assert match is not None, dot.body[place]
        ends = [match["one"], *([match["other"]] if match["other"] else [])]
        rest = _LABEL.sub(r'label="\g<plain>"', match["rest"] or "")
        if rest == "dir=none":
            box = parts[place + 1]
            assert box is not None
            saved = box["one"]
            own = f"saved at {place}"
        inside = rest == "dir=none" or "fillcolor=orange" in rest
        named = [own if inside and end == saved else end for end in ends]
        if "fillcolor=orange" in rest:
            rest = _KNOWN.sub("", rest)
        found.append((*(numbers.setdefault(end, len(numbers)) for end in named), rest))
    return found


def labels(dot: graphviz.Digraph, color: str = "") -> list[str]:
    """Return the labels of the nodes, of those of a colour where one is given."""
    found = []
    for line in dot.body:
        match = re.search(r'label="([^"]*)"(?: fillcolor=(\w+))?', line, re.DOTALL)
        if match is not None and (not color or match[2] == color):
            found.append(match[1])
    return found


def edges(dot: graphviz.Digraph, style: str) -> int:
    """Return the number of edges with these attributes."""
    return sum(" -> " in line and f"[{style}]" in line for line in dot.body)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("+")[0].split("."))
