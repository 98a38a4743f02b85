"""The lines of a change in place that a backward pass does not allow, seen in a forward pass."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch
from torch.autograd.graph import saved_tensors_hooks

from gradviz.core.findings.missing import CodePlace
from gradviz.engine.gradient_flow.code_lines import running_line
from gradviz.engine.gradient_flow.dependence import changed_in_place
from gradviz.engine.torch_internals.dispatch import DispatchListener, name_of
from gradviz.engine.torch_internals.tensor_memory import storage_id, version_of


class ChangeInPlace(NamedTuple):
    """A value that was changed after it had been kept for the backward pass.

    Attributes:
        needed: The line whose backward needs it.
        changed: The line that changed it, by the function `call`.
    """

    needed: CodePlace | None
    changed: CodePlace | None
    call: str


class _Kept(NamedTuple):
    tensor: torch.Tensor
    version: int
    place: CodePlace | None
    changes_before: int


class ChangesInPlace(DispatchListener):
    """Follows, within `listening`, the tensors that nodes keep and the changes in place."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[_Kept] = []
        self._changes: list[tuple[torch.Tensor, CodePlace | None, str]] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Follow a forward pass within the context."""
        with saved_tensors_hooks(self._keep, lambda tensor: tensor), self:
            yield

    def __torch_dispatch__(
        self,
        func: Any,
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and note the tensors that it changes in place."""
        named = kwargs or {}
        result = self.call(func, args, named)
        for tensor in changed_in_place(func, args, named):
            call = name_of(func)
            self._changes.append((tensor, running_line(), call))
        return result

    def found(self) -> list[ChangeInPlace]:
        """Return the changes of values that were kept before them."""
        found = []
        for kept in self._kept:
            if version_of(kept.tensor) == kept.version:
                continue
            storage = storage_id(kept.tensor)
            for tensor, place, call in self._changes[kept.changes_before :]:
                if storage_id(tensor) == storage:
                    found.append(ChangeInPlace(kept.place, place, call))
                    break
        return list(dict.fromkeys(found))

    def _keep(self, tensor: torch.Tensor) -> torch.Tensor:
        version, before = version_of(tensor), len(self._changes)
        self._kept.append(_Kept(tensor, version, running_line(), before))
        return tensor
