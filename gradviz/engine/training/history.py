"""The history of a training: its losses, and moments from which any step is computed again."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.choices.settings import Training
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.engine.data.targets import Data, ForgottenData
from gradviz.engine.optim.losses import Loss

#: The memory of the whole history, in bytes.
BUDGET: Final = 64 * 2**20
#: A tensor takes so much beside its data: measured over 200,000 of one element.
_TENSOR_BYTES: Final = 540
#: Containers, numbers and names of one moment; settings of one change.
_MOMENT_BYTES, _ITEM_BYTES, _CHANGE_BYTES = 1200, 90, 600
#: Losses are kept in pieces of so many.
_CHUNK: Final = 4096

Floats = npt.NDArray[np.float64]


class Moment(NamedTuple):
    """The state that the next steps follow from, after `step` steps.

    Attributes:
        memory: The optimizer's state; None where it begins without one.
        data: The data that the model is fitted to.
        model: The state of the model besides its parameters.
        changes: The number of changes of the settings before it.
    """

    step: int
    parameters: list[torch.Tensor]
    training: Training
    memory: Any
    learning_rate: float
    loss: Loss
    data: Data | ForgottenData | None = None
    model: Any = None
    changes: int = 0


class FailedPass(NamedTuple):
    """The weights whose loss is not finite, and the update that made them."""

    moment: Moment
    explained: OptimizerStep | None


class SettingChange(NamedTuple):
    """Other settings from `step` on: a training, a learning rate alone, or other data."""

    step: int
    settings: Training | float | Data | ForgottenData

    @property
    def nbytes(self) -> int:
        """Return the memory that it takes."""
        return _CHANGE_BYTES + (self.settings.nbytes if isinstance(self.settings, Data) else 0)


class StoredTraining(NamedTuple):
    """So much of a training that it goes on from there, and back from there.

    Attributes:
        moments: The first moment, some on the way, and the newest.
        changes: The changes of the settings, in their order.
        losses: Shape (n,): the losses that are kept, of every `stride`-th step.
    """

    moments: list[Moment]
    changes: list[SettingChange]
    losses: np.ndarray[Any, np.dtype[np.float64]]
    stride: int


class Losses:
    """The loss before each step; beyond `limit` of them every second, then every fourth, ...

    The others can be computed again.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._stride = 1
        self._steps = 0
        self._chunks: list[Floats] = []
        self._kept = 0

    def __len__(self) -> int:
        return self._steps

    @property
    def nbytes(self) -> int:
        """Return the memory that is taken."""
        return len(self._chunks) * _CHUNK * np.dtype(np.float64).itemsize

    def extend(self, losses: Sequence[float]) -> None:
        """Append the losses of the next steps."""
        first = -self._steps % self._stride
        self._put(np.array(losses[first :: self._stride], dtype=np.float64))
        self._steps += len(losses)
        while self._kept > self._limit:
            self._thin()

    def at(self, step: int) -> float | None:
        """Return the loss before the step after `step` steps; None where it is not kept."""
        if not 0 <= step < self._steps or step % self._stride:
            return None
        index = step // self._stride
        return float(self._chunks[index // _CHUNK][index % _CHUNK])

    @property
    def grew(self) -> bool:
        """Tell whether the last loss that is kept is larger than the first."""
        first = self.at(0)
        last = self.at((self._kept - 1) * self._stride)
        return first is not None and last is not None and last > first

    def cut(self, steps: int) -> None:
        """Forget the losses after `steps` steps."""
        if steps < self._steps:
            self._steps = steps
            self._kept = -(-steps // self._stride)
            del self._chunks[-(-self._kept // _CHUNK) :]

    def kept(self) -> tuple[Floats, int]:
        """Return the losses that are kept, shape (n,), and which steps they are of: each n-th."""
        return np.concatenate([np.empty(0), *self._chunks])[: self._kept].copy(), self._stride

    def take(self, kept: Floats, stride: int, steps: int) -> None:
        """Begin with other losses, as `kept` gives them, of the first `steps` steps."""
        self._chunks, self._kept = [], 0
        self._stride, self._steps = stride, steps
        self._put(kept)

    def _put(self, values: Floats) -> None:
        while len(values):
            place = self._kept % _CHUNK
            if place == 0:
                self._chunks.append(np.empty(_CHUNK))
            part = values[: _CHUNK - place]
            self._chunks[-1][place : place + len(part)] = part
            self._kept += len(part)
            values = values[len(part) :]

    def _thin(self) -> None:
        kept = [chunk[::2].copy() for chunk in self._chunks]
        count = -(-self._kept // 2)
        self._stride *= 2
        self._chunks, self._kept = [], 0
        for values in kept:
            self._put(values[: count - self._kept])


class History:
    """The losses, the changes of the settings, and moments that thin out as the run grows.

    The first moment stays: Reset needs it anyway, and it counts no memory.
    """

    def __init__(self, first: Moment, budget: int = BUDGET) -> None:
        self._budget = budget
        self.begin(first)

    @property
    def nbytes(self) -> int:
        """Return the memory that is taken, without the first moment."""
        return self._moment_bytes + self.losses.nbytes + self._change_bytes

    @property
    def steps(self) -> tuple[int, ...]:
        """Return the steps after which there is a moment."""
        return tuple(moment.step for moment in self._moments)

    @property
    def moments(self) -> Sequence[Moment]:
        """Return the moments that are kept, in their order."""
        return tuple(self._moments)

    @property
    def changes(self) -> int:
        """Return how many changes of the settings there were."""
        return len(self._changes)

    @property
    def data_steps(self) -> tuple[int, ...]:
        """Return the steps after which the data were changed, in order, the first step excepted."""
        changed = {
            change.step
            for change in self._changes
            if change.step and isinstance(change.settings, Data | ForgottenData)
        }
        return tuple(sorted(changed))

    def begin(self, first: Moment) -> None:
        """Forget everything, and begin with `first` at step 0."""
        # Half of the memory is for moments, however many losses there are.
        limit = self._budget // 2 // np.dtype(np.float64).itemsize
        self.losses = Losses(max(_CHUNK, limit - 2 * _CHUNK))
        self._moments = [first]
        self._sizes = [0]
        self._moment_bytes = 0
        self._spacing = 0
        self._changes: list[SettingChange] = []
        self._change_bytes = 0

    def take(
        self,
        moments: Sequence[Moment],
        changes: Sequence[SettingChange],
        losses: Floats,
        stride: int,
        steps: int,
    ) -> None:
        """Begin with the history of another training; the losses are as `Losses.kept` gives."""
        self.begin(moments[0])
        self.losses.take(losses, stride, steps)
        for change in changes:
            self.note(change)
        for moment in moments[1:]:
            self.keep(moment)

    def keep(self, moment: Moment) -> None:
        """Keep `moment`, which comes after all others, where moments are that dense."""
        last = self._moments[-1].step
        size = size_of(moment)
        if moment.step <= max(0, last) or moment.step - last < self._spacing:
            return
        if size > self._budget // 2:
            return
        self._moments.append(moment)
        self._sizes.append(size)
        self._moment_bytes += size
        if self.nbytes > self._budget:
            self._thin()

    def note(self, change: SettingChange) -> None:
        """Keep a change of the settings, which comes after all others."""
        self._changes.append(change)
        self._change_bytes += change.nbytes
        while self.nbytes > self._budget and self._forget_data():
            pass

    def nearest(self, step: int) -> Moment:
        """Return the last moment at or before `step`."""
        return self._moments[bisect_right(self._moments, step, key=lambda each: each.step) - 1]

    def changes_from(self, done: int) -> Sequence[SettingChange]:
        """Return the changes after the first `done`."""
        return self._changes[done:]

    def cut(self, step: int, changes: int) -> None:
        """Forget all losses, moments and changes after `step` steps and `changes` changes."""
        self.losses.cut(step)
        del self._changes[changes:]
        self._change_bytes = sum(change.nbytes for change in self._changes)
        while self._moments[-1].step > step or self._moments[-1].changes > changes:
            self._moments.pop()
            self._moment_bytes -= self._sizes.pop()

    def _forget_data(self) -> bool:
        """Keep only settings and fingerprint of the oldest data but the last; False if none was."""
        for place, change in enumerate(self._changes[:-1]):
            if isinstance(change.settings, Data):
                data, forgotten = change.settings, ForgottenData.of(change.settings)
                self._changes[place] = change._replace(settings=forgotten)
                self._change_bytes -= data.nbytes
                self._moments = [
                    moment._replace(data=forgotten) if moment.data is data else moment
                    for moment in self._moments
                ]
                return True
        return False

    def _thin(self) -> None:
        """Leave moments ever further apart, until a quarter of the memory is free."""
        while self.nbytes > 3 * self._budget // 4 and len(self._moments) > 1:
            whole = self._moments[-1].step
            self._spacing = max(2 * self._spacing, -(-2 * whole // len(self._moments)), 1)
            places = list(self._far_enough())
            self._moments = [self._moments[place] for place in places]
            self._sizes = [self._sizes[place] for place in places]
            self._moment_bytes = sum(self._sizes)

    def _far_enough(self) -> Iterator[int]:
        last: int | None = None
        for place, moment in enumerate(self._moments):
            if last is None or moment.step - last >= self._spacing:
                last = moment.step
                yield place


def size_of(moment: Moment) -> int:
    """Return how many bytes a moment takes."""
    return _MOMENT_BYTES + sum(
        _bytes_of(part) for part in (moment.parameters, moment.memory, moment.model)
    )


def _bytes_of(value: Any) -> int:
    if isinstance(value, torch.Tensor):
        return _TENSOR_BYTES + value.numel() * value.element_size()
    if isinstance(value, Mapping):
        return _ITEM_BYTES + sum(_ITEM_BYTES + _bytes_of(each) for each in value.values())
    if isinstance(value, list | tuple):
        return _ITEM_BYTES + sum(_bytes_of(each) for each in value)
    return _ITEM_BYTES
