"""The source of a custom Function's backward: it is read, and never run to be understood."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from torch.autograd.function import BackwardCFunction

from gradviz.core.findings.rule import SourceText
from gradviz.engine.torch_internals.grad_nodes import function_of

#: By the class of the nodes, of which each custom Function has one.
_known_names: WeakKeyDictionary[type, tuple[str, ...]] = WeakKeyDictionary()


def own_backward(node: object) -> SourceText | None:
    """Return the source of the backward of a node's Function, None where it is not to be had."""
    if not isinstance(node, BackwardCFunction):
        return None
    function = function_of(type(node))
    try:
        lines, first = inspect.getsourcelines(function.backward)
        file = inspect.getsourcefile(function) or ""
    except (AttributeError, OSError, TypeError):
        return None
    return SourceText(file=file, first=first, text=textwrap.dedent("".join(lines)))


def names_of_saved(node: object) -> tuple[str, ...]:
    """Return the names of saved tensors in a node's own backward, in order; () where not known.

    The source is read once for each custom Function.
    """
    kind = type(node)
    if kind not in _known_names:
        backward = own_backward(node)
        _known_names[kind] = saved_names(backward.text) if backward is not None else ()
    return _known_names[kind]


def saved_names(source: str) -> tuple[str, ...]:
    """Return the names to which a backward takes its `ctx.saved_tensors` apart, in order.

    They are empty where one of them has no name, or two have the same one.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    by_place: dict[int, str] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign):
            for place, name in _named(statement.targets[0], statement.value):
                by_place.setdefault(place, name)
    names = [by_place.get(place, "") for place in range(len(by_place))]
    return tuple(names) if all(names) and len(set(names)) == len(names) else ()


def _named(target: ast.expr, value: ast.expr) -> Iterator[tuple[int, str]]:
    """Yield places and names of `a, b = ctx.saved_tensors`, or `a = ctx.saved_tensors[0]`."""
    match target, value:
        case ast.Tuple(elts) | ast.List(elts), ast.Attribute(attr="saved_tensors"):
            for place, each in enumerate(elts):
                if isinstance(each, ast.Starred):
                    # The source does not tell the places of the names behind it.
                    return
                yield place, each.id if isinstance(each, ast.Name) else ""
        case (
            ast.Name(name),
            ast.Subscript(ast.Attribute(attr="saved_tensors"), ast.Constant(int(place))),
        ) if place >= 0:
            yield place, name
