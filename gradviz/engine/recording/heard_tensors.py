"""The tensors of a forward pass, as they were when a recorder heard of them."""

from collections.abc import Iterable
from typing import Any

import torch

from gradviz.engine.recording import node_limit
from gradviz.engine.recording.terms import Term
from gradviz.engine.torch_internals.tensor_memory import storage_id, version_of


class HeardTensor:
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


class HeardTensors:
    """Keeps tensors alive, by themselves and by the nodes that they are results of."""

    def __init__(self) -> None:
        self._by_id: dict[int, HeardTensor] = {}
        self._of_node: dict[tuple[Any, int], HeardTensor] = {}

    def __del__(self) -> None:
        """Let go of the newest tensor first: PyTorch frees a long graph all at once by recursion.

        That ends the process where the stack does not suffice.
        """
        self._of_node.clear()
        while self._by_id:
            self._by_id.popitem()

    def keep(self, tensor: torch.Tensor, term: Term | None) -> HeardTensor:
        """Keep `tensor` as it is now; raises ModelError where the graph becomes too large."""
        heard = self._by_id[id(tensor)] = HeardTensor(tensor, term)
        if heard.node is not None:
            self._of_node[(heard.node, tensor.output_nr)] = heard
            if len(self._of_node) > node_limit.MOST_NODES:
                raise node_limit.too_many_nodes(tensor)
        return heard

    def known(self, tensor: torch.Tensor) -> HeardTensor | None:
        """Return the entry of `tensor`, None where it has become another result since."""
        heard = self._by_id.get(id(tensor))
        # A custom Function's result was kept inside it, before it got its grad_fn.
        if heard and heard.version == version_of(tensor) and heard.node is tensor.grad_fn:
            return heard
        return None

    def latest(self, tensor: torch.Tensor) -> HeardTensor | None:
        """Return the latest entry of `tensor`, also where it has become another result since."""
        return self._by_id.get(id(tensor))

    def result_of(self, node: Any, output: int = 0) -> HeardTensor | None:
        """Return a result of the grad_fn `node`, None where none was heard."""
        return self._of_node.get((node, output))

    def nodes(self) -> set[Any]:
        """Return the grad_fns of all tensors that were heard."""
        return {node for node, _ in self._of_node}

    def save(self, tensors: Iterable[torch.Tensor]) -> None:
        """Copy tensors that are about to be changed in place, and every view of their memory."""
        for tensor in tensors:
            memory = _memory_of(tensor)
            for heard in self._of_node.values():
                if heard.before is not None or heard.changed:
                    continue
                if _memory_of(heard.tensor) == memory:
                    heard.before = heard.tensor.detach().clone()


def _memory_of(tensor: torch.Tensor) -> int:
    """Return the identity of a tensor's storage; its own where it has no storage."""
    return storage_id(tensor) or id(tensor)
