"""The graphs behind a node of a compiled function, which AOTAutograd made of it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import torch
from torch import fx

from gradviz.engine.torch_internals.grad_nodes import function_of, results_of
from gradviz.engine.torch_internals.traced_graphs import TracedGraph, TracedSize, parsed, traced

#: The type of the nodes that AOTAutograd makes.
COMPILED: Final = "CompiledFunctionBackward"
#: The ending of the name of a node in which TorchScript runs several operations.
_SCRIPTED: Final = "DifferentiableGraphBackward"
#: Functions that wrap functions are followed so far for the graph that the innermost one runs.
_DEEPEST: Final = 4
#: An argument of a backward graph that begins so is a gradient that arrives.
TANGENT: Final = "tangents_"


class CompiledGraphs(NamedTuple):
    """The traced graphs of a compiled function; None where the compiler keeps none."""

    forward: TracedGraph | None
    backward: TracedGraph | None


#: The graphs of each compiled function, and whether its backward graph was compiled by then.
_known: WeakKeyDictionary[type, tuple[bool, CompiledGraphs]] = WeakKeyDictionary()


class CompiledNode(NamedTuple):
    """All that a node of a compiled function tells before its backward pass, without tensors.

    Attributes:
        function: The class of the compiled function, which is the same for all its calls.
        sizes: The sizes that were kept for the backward pass, where they may change.
        saved: The shapes of the saved tensors.
        results: The shapes of the results.
        tensors: How many of its arguments are tensors.
    """

    function: Any
    sizes: tuple[int, ...] = ()
    saved: tuple[tuple[int, ...], ...] = ()
    results: tuple[tuple[int, ...], ...] = ()
    tensors: int = 0


def is_compiled(node: Any) -> bool:
    """Tell whether a node is that of a compiled function."""
    return type(node).__name__ == COMPILED


def is_scripted(node: Any) -> bool:
    """Tell whether TorchScript runs several operations in a node."""
    return type(node).__name__ == "CppFunction" and str(node.name()).endswith(_SCRIPTED)


def compiled_node(node: Any) -> CompiledNode:
    """Return all that is told of a node of a compiled function before its backward pass."""
    return CompiledNode(
        function=function_of(node),
        sizes=_sizes_of(node),
        saved=tuple(tuple(each.shape) for each in _saved_by(node)),
        results=tuple(
            () if each.is_nested_tensor else tuple(each.shape) for each in results_of(node)
        ),
        tensors=len(node.next_functions),
    )


def compiled_graphs(function: Any) -> CompiledGraphs:
    """Return the graphs of a compiled function by its class."""
    if not isinstance(function, type):
        return CompiledGraphs(None, None)
    # Before the first backward pass the backend may not have compiled the graph of it.
    compiled = getattr(function, "compiled_bw", None) is not None
    known = _known.get(function)
    if known is None or known[0] != compiled:
        forward = _kept_by(getattr(function, "compiled_fw", None))
        known = _known[function] = compiled, CompiledGraphs(forward, _backward_of(function))
    return known[1]


def names_of_kept(node: Any) -> tuple[str, ...]:
    """Return AOTAutograd's names of the saved tensors of a node; () where it has none."""
    saved = _saved_by(node)
    graph = compiled_graphs(function_of(node)).backward
    if graph is None:
        return ()
    first = len(_sizes_of(node))
    named = graph.arguments[first : first + len(saved)]
    if len(named) < len(saved):
        return ()
    for each, tensor in zip(named, saved, strict=True):
        if each.name.startswith(TANGENT) or not _may_be(each.shape, tuple(tensor.shape)):
            return ()
    return tuple(each.name for each in named)


def _may_be(shape: tuple[TracedSize, ...] | None, true: tuple[int, ...]) -> bool:
    """Tell whether a tensor of a traced graph can be one of the shape `true`."""
    if shape is None:
        return True
    known = zip(shape, true, strict=False)
    return len(shape) == len(true) and all(isinstance(a, str) or a == b for a, b in known)


def _sizes_of(node: Any) -> tuple[int, ...]:
    return tuple(each for each in getattr(node, "symints", ()) if isinstance(each, int))


def _saved_by(node: Any) -> tuple[torch.Tensor, ...]:
    try:
        kept = node.saved_tensors
    except (AttributeError, RuntimeError):
        # They are released, or changed in place since.
        return ()
    return tuple(each for each in kept if isinstance(each, torch.Tensor))


def _backward_of(function: Any) -> TracedGraph | None:
    """Return the backward graph: as compiled, or as it will be compiled at the first backward."""
    compiled = getattr(function, "compiled_bw", None)
    if (text := _text_of(compiled)) is not None:
        return text
    lazy = getattr(function, "_lazy_backward_info", None)
    module = getattr(lazy, "bw_module", None)
    if isinstance(module, fx.GraphModule):
        return traced(module)
    if (kept := _kept_by(compiled)) is not None:
        return kept
    read = getattr(lazy, "bw_module_fn", None)
    module = None if read is None else read()
    return traced(module) if isinstance(module, fx.GraphModule) else None


def _kept_by(run: Any) -> TracedGraph | None:
    """Return the graph that a compiled function runs; None where its backend keeps none."""
    if (text := _text_of(run)) is not None:
        return text
    for each in _reached(run):
        if isinstance(each, fx.GraphModule):
            return traced(each)
    return None


def _text_of(run: Any) -> TracedGraph | None:
    for each in _reached(run):
        text = getattr(each, "__dict__", {}).get("inductor_post_grad_graph_str")
        if isinstance(text, str) and text and (graph := parsed(text)) is not None:
            return graph
    return None


def _reached(run: Any) -> Iterator[Any]:
    """Yield a function with all that it closes over, where a backend keeps its graph."""
    level = [run]
    for _ in range(_DEEPEST):
        yield from level
        level = [held for each in level for held in _held_by(each)]


def _held_by(run: Any) -> Iterator[Any]:
    for cell in getattr(run, "__closure__", None) or ():
        try:
            yield cell.cell_contents
        except ValueError:
            # The cell is empty.
            continue
