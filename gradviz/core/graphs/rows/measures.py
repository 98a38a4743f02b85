"""The numbers of all nodes and groups of a pass, as arrays."""

import math
import re
from collections.abc import Collection
from functools import cache, cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.tensors import TensorSummary, joint_norm
from gradviz.core.graphs.trace import Step, Trace

Flags: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.float64]

_BITS: Final = re.compile(r"\d+")


class Measures:
    """The numbers of all nodes in a pass, in their order; NaN where one is not known.

    Attributes:
        gradient: The norms of upstream gradients, and of leaves' sums.
        value: The norms of results.
        nan, infinite: Whether a value or gradient of the node has such an element.
    """

    def __init__(self, graph: Graph, trace: Trace | None, inputs: Collection[str] = ()) -> None:
        """Take a graph with its pass; `inputs` are the names of leaves that are no parameters."""
        self._graph = graph
        self._inputs = frozenset(inputs)
        steps: dict[str, Step] = {step.node: step for step in trace.steps} if trace else {}
        sums = trace.leaf_grads if trace else {}
        gradients: list[float] = []
        values: list[float] = []
        nan = np.zeros(len(graph.nodes), np.bool_)
        infinite = np.zeros(len(graph.nodes), np.bool_)
        for place, node in enumerate(graph.nodes):
            step, total, value = steps.get(node.id), sums.get(node.id), node.value
            got = (total,) if total is not None else step.grad_outputs if step is not None else ()
            sent = step.grad_inputs if step is not None else ()
            norm = joint_norm(got)
            gradients.append(math.nan if norm is None else norm)
            norm = value.norm if value is not None else None
            values.append(math.nan if norm is None else norm)
            for tensor in (value, *got, *sent):
                if tensor is not None and not tensor.finite:
                    nan[place] |= _has_nan(tensor)
                    infinite[place] |= _has_infinite(tensor)
        self.gradient: Numbers = np.asarray(gradients)
        self.value: Numbers = np.asarray(values)
        self.nan: Flags = nan
        self.infinite: Flags = infinite

    @cached_property
    def parameters(self) -> Numbers:
        """Return for each group the number of elements of the parameters in it, and each leaf's.

        Shape (groups + nodes,).
        """
        nodes = self._graph.nodes
        counts = [
            float(math.prod(node.shape)) if self._is_parameter(place) else math.nan
            for place, node in enumerate(nodes)
        ]
        return self.with_groups(np.asarray(counts))

    @cached_property
    def gradients(self) -> Numbers:
        """Return the norm for each group of its parameters' gradients together, and each node's.

        Shape (groups + nodes,); infinite or NaN where one of them is, which `unsound` tells from
        one that is not known.
        """
        own = np.asarray([self._is_parameter(place) for place in range(len(self._graph.nodes))])
        with np.errstate(over="ignore"):
            squares = np.where(own, self.gradient**2, np.nan)
            sums = np.sqrt(self.with_groups(squares, emptiness=math.nan))
        sums[len(self._graph.groups) :] = self.gradient
        return sums

    @cached_property
    def total_gradient(self) -> float:
        """Return the norm of all parameters' gradients together; NaN where none is known."""
        own = np.asarray([self._is_parameter(place) for place in range(len(self._graph.nodes))])
        norms = self.gradient[own] if len(own) else self.gradient
        known = norms[~np.isnan(norms)]
        return math.hypot(*known.tolist()) if len(known) else math.nan

    @property
    def total_parameters(self) -> int:
        """Return the number of elements of all parameters."""
        counts = self.parameters[len(self._graph.groups) :]
        return int(np.nansum(counts))

    @property
    def any_unsound(self) -> bool:
        """Tell whether a number of the gradient of a parameter is not finite."""
        places = range(len(self._graph.nodes))
        return any(self._is_parameter(i) and (self.nan[i] or self.infinite[i]) for i in places)

    @cached_property
    def unsound(self) -> Flags:
        """Return for each group whether a number in it is not finite, and for each node.

        Shape (groups + nodes,).
        """
        return self.with_groups((self.nan | self.infinite).astype(np.float64)) > 0

    @cached_property
    def bytes(self) -> Numbers:
        """Return the bytes of each node's result, and for each group of all results in it.

        Shape (groups + nodes,).
        """
        sizes = [
            float(math.prod(node.shape) * element_bytes(node.dtype)) if node.dtype else math.nan
            for node in self._graph.nodes
        ]
        return self.with_groups(np.asarray(sizes))

    def with_groups(self, of_nodes: Numbers, emptiness: float = 0.0) -> Numbers:
        """Return the sums of all groups before the numbers of the nodes, where NaN counts nothing.

        A group without any number has `emptiness`. Shapes (nodes,) and (groups + nodes,).
        """
        grouping = self._graph.grouping
        count = len(grouping.groups)
        known = ~np.isnan(of_nodes)
        inside = np.asarray(grouping.group_of, np.intp)
        chosen = known & (inside != NO_GROUP)
        sums = np.bincount(inside[chosen], of_nodes[chosen], minlength=count).astype(np.float64)
        counts = np.bincount(inside[chosen], minlength=count).astype(np.int64)
        for place in range(count - 1, -1, -1):
            parent = grouping.groups[place].parent
            if parent != NO_GROUP:
                sums[parent] += sums[place]
                counts[parent] += counts[place]
        return np.concatenate([np.where(counts > 0, sums, emptiness), of_nodes])

    def _is_parameter(self, place: int) -> bool:
        node = self._graph.nodes[place]
        return node.kind == "leaf" and node.op not in self._inputs


@cache
def element_bytes(dtype: str) -> int:
    """Return the bytes of an element: 4 of `float32`, 1 of `bool` and `float8_e4m3fn`."""
    bits = _BITS.search(dtype)
    return max(1, int(bits[0]) // 8) if bits is not None else 1


def _has_nan(tensor: TensorSummary) -> bool:
    """Tell whether a tensor that is not finite has NaN: it has no norm then."""
    return tensor.norm is None or math.isnan(tensor.norm)


def _has_infinite(tensor: TensorSummary) -> bool:
    """Tell whether a tensor that is not finite is known to have an infinite element."""
    if tensor.values is not None:
        return any(map(math.isinf, tensor.values))
    return any(
        each is not None and math.isinf(each)
        for each in (tensor.norm, tensor.minimum, tensor.maximum)
    )
