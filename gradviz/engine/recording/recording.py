"""One recorded pass with its true tensors, of which summaries are shown first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never

import torch

from gradviz.core.errors import RecordingError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.engine.torch_internals.compiled_graphs import CompiledNode
from gradviz.engine.torch_internals.tensor_memory import version_of

#: The gradients that one node's backward got or sent on, in PyTorch's order.
Gradients = tuple[torch.Tensor | None, ...]


@dataclass
class Tensors:
    """The tensors themselves, by the ids of the graph's nodes.

    Attributes:
        values: The first result of each node, and each leaf's value.
        saved: The saved tensors of each node, by PyTorch's names.
        grad_outputs, grad_inputs: The upstream gradients of each node, and those it sent on.
        gradients: The sum at each leaf that got one.
        fetch: Finds again a tensor that was too large to be kept, and is here without data.
        versions: How often each tensor had been changed in place, by its id.
        buffers: The optimizer's state for a leaf, by name; it is that of this moment.
    """

    values: dict[str, torch.Tensor] = field(default_factory=dict)
    saved: Mapping[str, Mapping[str, torch.Tensor]] = field(default_factory=dict)
    grad_outputs: dict[str, Gradients] = field(default_factory=dict)
    grad_inputs: dict[str, Gradients] = field(default_factory=dict)
    gradients: dict[str, torch.Tensor] = field(default_factory=dict)
    fetch: Callable[[TensorPlace], torch.Tensor | None] | None = None
    buffers: Callable[[str], Mapping[str, Any]] | None = None
    versions: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which of the tensors may change in place: those that the model goes on to use."""
        if not self.versions:
            kept = (tensor for each in self.saved.values() for tensor in each.values())
            for tensor in (*self.values.values(), *kept):
                self.versions[id(tensor)] = version_of(tensor)

    def let_go(self, place: TensorPlace) -> bool:
        """Tell whether the tensor at `place` was too large to be kept."""
        stands_in = self._find(place) if self.fetch is not None else None
        return stands_in is not None and stands_in.device.type == "meta"

    def changed(self, place: TensorPlace) -> bool:
        """Tell whether the tensor at `place` was changed in place since the pass."""
        tensor = self._find(place)
        before = self.versions.get(id(tensor))
        return tensor is not None and before is not None and version_of(tensor) != before

    def at(self, place: TensorPlace) -> torch.Tensor:
        """Return the tensor of any shape at `place`.

        Raises:
            RecordingError: there is none.
        """
        found = self.fetch(place) if self.fetch is not None else None
        if found is None:
            found = self._find(place)
        if found is None:
            raise RecordingError(
                tr("This tensor is not there any more, or never was."),
                tr("Record the pass again."),
            )
        return found

    def _find(self, place: TensorPlace) -> torch.Tensor | None:
        match place.part:
            case "value":
                return self.values.get(place.node)
            case "gradient":
                return self.gradients.get(place.node)
            case "saved":
                return self.saved.get(place.node, {}).get(place.name)
            case "grad_output":
                return _element(self.grad_outputs.get(place.node, ()), place.index)
            case "grad_input":
                return _element(self.grad_inputs.get(place.node, ()), place.index)
            case "buffer":
                buffer = self.buffers(place.node).get(place.name) if self.buffers else None
                return buffer if isinstance(buffer, torch.Tensor) else None
            case _:
                assert_never(place.part)


@dataclass(frozen=True)
class Recording:
    """A graph, one backward pass through it, and the tensors of both.

    `compiled` has the nodes of compiled functions, by their ids.
    """

    graph: Graph
    trace: Trace
    tensors: Tensors
    compiled: Mapping[str, CompiledNode] = field(default_factory=dict)


def _element(gradients: Gradients, index: int) -> torch.Tensor | None:
    return gradients[index] if 0 <= index < len(gradients) else None
