"""All elements of a tensor counted and measured, a million at a time."""

import math
import time
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.findings.tensor_view import Histogram, Statistics
from gradviz.engine.inspection.answers import Inspected, Parts, answers
from gradviz.engine.inspection.tensor_pages import component_at
from gradviz.engine.tensors.components import CHUNK, chunks, real
from gradviz.protocol.questions import MeasureTensor, TensorMeasured

_BINS: Final = 64
#: The progress is reported at most so often.
_TELLING_S: Final = 0.1
_Floats = npt.NDArray[np.float64]


class Measure:
    """The statistics of the elements added so far (Chan, Golub and LeVeque, 1979)."""

    def __init__(self) -> None:
        self.elements = self.zeros = self.nan = self.infinite = 0
        self.low, self.high = math.inf, -math.inf
        self._mean = self._squares = self._norm = 0.0

    def add(self, array: _Floats) -> None:
        """Take in `array`, shape (n,)."""
        self.elements += array.size
        finite = array[np.isfinite(array)]
        bad = array.size - finite.size
        if bad:
            nan = int(np.count_nonzero(np.isnan(array)))
            self.nan += nan
            self.infinite += bad - nan
        if finite.size:
            self._add_finite(finite)

    @property
    def statistics(self) -> Statistics:
        """Return the statistics of the elements added so far."""
        count = self.elements - self.nan - self.infinite
        if not count:
            return Statistics(
                elements=self.elements, zeros=self.zeros, nan=self.nan, infinite=self.infinite
            )
        return Statistics(
            elements=self.elements,
            zeros=self.zeros,
            nan=self.nan,
            infinite=self.infinite,
            minimum=self.low,
            maximum=self.high,
            mean=_unless_bad(self._mean),
            std=_unless_bad(math.sqrt(self._squares / (count - 1))) if count > 1 else None,
            norm=_unless_bad(self._norm),
        )

    def _add_finite(self, finite: _Floats) -> None:
        before = self.elements - self.nan - self.infinite - finite.size
        self.zeros += finite.size - int(np.count_nonzero(finite))
        self.low = min(self.low, float(finite.min()))
        self.high = max(self.high, float(finite.max()))
        with np.errstate(over="ignore", invalid="ignore"):
            mean = float(finite.mean())
            from_mean = finite - mean
            squares = float(np.dot(from_mean, from_mean))
            apart = mean - self._mean
            all_ = before + finite.size
            self._squares += squares + apart * apart * before * finite.size / all_
            self._mean += apart * finite.size / all_
            self._norm = math.hypot(self._norm, _norm(finite))


@answers(MeasureTensor)
def measured(question: MeasureTensor, inspected: Inspected) -> Parts:
    """Yield the progress of the counting, and return the statistics with the histogram."""
    tensor = component_at(inspected.recording, question.place, question.component)
    return _parts(tensor)


def _parts(tensor: torch.Tensor) -> Parts:
    measure, total = Measure(), tensor.numel()
    told = time.perf_counter()
    for place, array in enumerate(chunks(tensor)):
        measure.add(real(array).reshape(-1))
        if time.perf_counter() - told > _TELLING_S:
            told = time.perf_counter()
            # Half of the work is the histogram, which needs the extremes first.
            yield TensorMeasured(done=min(total, (place + 1) * CHUNK), of=2 * total)
        else:
            yield None
    statistics = measure.statistics
    yield TensorMeasured(done=total, of=2 * total, statistics=statistics)
    bins = Bins(measure.low, measure.high)
    for place, array in enumerate(chunks(tensor)):
        bins.add(real(array).reshape(-1))
        if time.perf_counter() - told > _TELLING_S:
            told = time.perf_counter()
            done = total + min(total, (place + 1) * CHUNK)
            yield TensorMeasured(done=done, of=2 * total, statistics=statistics)
        else:
            yield None
    return TensorMeasured(
        done=2 * total,
        of=2 * total,
        statistics=statistics,
        histogram=bins.histogram if statistics.finite else None,
    )


class Bins:
    """Counts in equal bins; a range without width is one bin."""

    def __init__(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._counts = np.zeros(_BINS if low < high else 1, np.int64)

    def add(self, array: _Floats) -> None:
        """Count the finite elements of `array`, shape (n,)."""
        finite = array[np.isfinite(array)]
        if len(self._counts) == 1:
            self._counts += finite.size
        elif finite.size:
            low, high = self._low, self._high
            if math.isinf(high - low):
                # Halves have a difference that is not too large for a float.
                finite, low, high = finite / 2, low / 2, high / 2
            scaled = (finite - low) / (high - low)
            places = np.minimum((scaled * _BINS).astype(np.int64), _BINS - 1)
            self._counts += np.bincount(places, minlength=_BINS)

    @property
    def histogram(self) -> Histogram:
        """Return the counts so far."""
        return Histogram(self._low, self._high, tuple(self._counts.tolist()))


def _norm(array: _Floats) -> float:
    """Return the 2-norm, also where the squares are too large or too small for a float."""
    largest = float(np.abs(array).max())
    if not largest:
        return 0.0
    if 1e-140 < largest < 1e140:
        return math.sqrt(float(np.dot(array, array)))
    return largest * float(np.linalg.norm(array / largest))


def _unless_bad(value: float) -> float | None:
    return value if math.isfinite(value) else None
