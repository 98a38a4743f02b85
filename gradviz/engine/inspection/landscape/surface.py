"""The loss, or the output at a point, where one or two numbers of the model have other values."""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

import numpy as np
import torch
from torch import nn
from torch.func import functional_call, vmap

from gradviz.core.errors import GradvizError, RecordingError
from gradviz.core.landscapes.entries import ModelNumber
from gradviz.core.language.saying import tr
from gradviz.engine.models.single_numbers import number_at
from gradviz.engine.optim.losses import Loss, sum_of_squared_errors
from gradviz.engine.runs.replay import Replay

#: So many elements of one result at once. Those of tensors that are spread stay in the processor's
#: cache and with one thread: to share out so little costs more than it gains.
_SPREAD, _BATCHED = 32_000, 1 << 20
#: The value of a batch and the one that is computed by itself differ by rounding alone.
_ROUNDING: Final = 1e-3
#: Rows and columns of a grid, and the values there.
GridPart: TypeAlias = tuple[slice, slice, torch.Tensor]


class Surface:
    """Computes the values of a grid by torch itself, without a graph.

    Three ways lead to them, of which the model allows at least the last: operations on tensors that
    are spread over the grid; torch.func, which runs a module on a batch of parameters; and one
    forward pass after the other. None of them writes to a tensor of the model.
    """

    def __init__(
        self, replay: Replay, at_step: int, numbers: tuple[ModelNumber, ...], largest: int
    ) -> None:
        """Take one or two numbers; the largest result of a pass has `largest` elements."""
        self._replay = replay
        self._at_step = at_step
        self._entries = numbers
        self._largest = max(1, largest)
        self._leaves = {"x": replay.x, **replay.inputs, **replay.parameters}
        self._loss = _loss_of(replay)
        self._spreads = True

    @property
    def point(self) -> tuple[float, ...]:
        """Return the present values of the numbers."""
        return tuple(float(number_at(each, self._leaves).item()) for each in self._entries)

    def values_of(self, place: int, low: float, high: float, count: int) -> torch.Tensor:
        """Return `count` values of one of the numbers, shape (count,), as its precision has them.

        Those of a number that is not there are one zero.
        """
        if place >= len(self._entries):
            return torch.zeros(1)
        like = self._leaves[self._entries[place].leaf]
        return torch.linspace(low, high, count, dtype=torch.float64).to(like.device, like.dtype)

    def blocks(self, x: torch.Tensor, y: torch.Tensor) -> Iterator[GridPart]:
        """Yield the values of the grid of `x` across and `y` up, part by part."""
        if not self._allows_blocks(x, y):
            yield from self._singles(x, y)
            return
        many = max(1, (_SPREAD if self._spreads else _BATCHED) // self._largest)
        wide = min(len(x), many)
        deep = max(1, many // wide)
        for top in range(0, len(y), deep):
            for left in range(0, len(x), wide):
                rows, columns = slice(top, top + deep), slice(left, left + wide)
                yield rows, columns, self._block(x[columns], y[rows])

    def _allows_blocks(self, x: torch.Tensor, y: torch.Tensor) -> bool:
        """Tell whether many values can be computed at once: the first one is, and is right."""
        if self._replay.by_hand is not None:
            return True
        alone = self._alone(x[0], y[0])
        for self._spreads in (True, False):
            try:
                found = self._block(x[:1].repeat(2), y[:1])
            except Exception:  # noqa: BLE001, S112 - a module may refuse a batch in any way
                continue
            if all(_alike(value, alone) for value in found.ravel().tolist()):
                return True
        return False

    def _singles(self, x: torch.Tensor, y: torch.Tensor) -> Iterator[GridPart]:
        for row, other in enumerate(y):
            for column, one in enumerate(x):
                value = torch.tensor(self._alone(one, other), dtype=torch.float64)
                yield slice(row, row + 1), slice(column, column + 1), value.view(1, 1)

    def _block(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the values of a part of the grid, of shape (rows, columns)."""
        if self._spreads:
            return self._spread(x, y)
        with self.undisturbed():
            return self._batch(x, y)

    def _spread(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        points = self._replay.x.shape
        ones = (1,) * len(points)
        instead = dict(
            zip(
                (each.name for each in self._entries),
                (x.view(-1, *ones), y.view(-1, 1, *ones)),
                strict=False,
            )
        )
        found = self._replay.spread(instead)
        if found is None:
            raise NotImplementedError
        found = found.expand(len(y), len(x), *points)
        loss, target = self._loss, self._replay.target
        if loss is None or target is None:
            return found
        if loss is sum_of_squared_errors:
            # The same operations row by row, without the time that it takes to make a batch.
            return (found - target).pow(2).flatten(2).sum(2)
        losses: torch.Tensor = vmap(loss, (0, None))(found.reshape(-1, *points), target)
        return losses.view(len(y), len(x))

    def _batch(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        module = self._replay.module
        if module is None:
            raise NotImplementedError
        whole = _Whole(self._replay, module)
        names = {id(each): f"module.{name}" for name, each in module.named_parameters()}
        places = {each.leaf: names[id(self._leaves[each.leaf])] for each in self._entries}

        def value(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
            changed: dict[str, torch.Tensor] = {}
            for entry, number in zip(self._entries, (one, other), strict=False):
                leaf = changed.get(places[entry.leaf], self._leaves[entry.leaf].detach())
                index = torch.tensor([entry.index], device=leaf.device)
                filled = leaf.reshape(-1).index_put((index,), number.view(1))
                changed[places[entry.leaf]] = filled.view(leaf.shape)
            result: torch.Tensor = functional_call(whole, changed, ())
            return result.reshape(())

        rows, columns = torch.meshgrid(y, x, indexing="ij")
        found: torch.Tensor = vmap(value)(columns.reshape(-1), rows.reshape(-1))
        return found.view(len(y), len(x))

    def _alone(self, one: torch.Tensor, other: torch.Tensor) -> float:
        """Return one value by a forward pass of its own; NaN where the loss does not take it."""
        kept = {each.leaf: self._leaves[each.leaf].data for each in self._entries}
        # Filled before they stand in for the leaves, which are not marked as changed then.
        others = {leaf: data.clone() for leaf, data in kept.items()}
        for entry, value in zip(self._entries, (one, other), strict=False):
            number_at(entry, others).fill_(value)
        try:
            for leaf, data in others.items():
                self._leaves[leaf].data = data
            with self.undisturbed():
                output = self._replay.output()
        except RecordingError:
            raise
        except GradvizError:
            return math.nan
        finally:
            for leaf, data in kept.items():
                self._leaves[leaf].data = data
        if output.numel() != 1:
            raise RecordingError(
                tr("The output is not one number, and has no landscape."),
                tr("Give the model a loss."),
            )
        return float(output.item())

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Compute without a graph within the context, and leave the model as it is."""
        with (
            self._replay.undisturbed(self._at_step),
            torch.no_grad(),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            # Some operations are run one by one in a batch, which only takes longer.
            warnings.simplefilter("ignore")
            yield


class _Whole(nn.Module):
    """A pass from the module's parameters to the loss, as one module."""

    def __init__(self, replay: Replay, module: nn.Module) -> None:
        super().__init__()
        self.module = module
        self._replay = replay

    def forward(self) -> torch.Tensor:
        return self._replay.output()


def _loss_of(replay: Replay) -> Loss | None:
    """Return the loss as torch computes it; None where the output itself is looked at."""
    if replay.target is None:
        return None
    return replay.loss if replay.by_hand is None else sum_of_squared_errors


def _alike(one: float, other: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return one == other or (math.isnan(one) and math.isnan(other))
    return math.isclose(one, other, rel_tol=_ROUNDING, abs_tol=1e-12)
