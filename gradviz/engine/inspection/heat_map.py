"""Two dimensions of a tensor drawn small: each cell the mean and the extreme of its elements."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.findings.tensor_view import MAP_CELLS, HeatMap, edges
from gradviz.core.graphs.tensors import Array
from gradviz.engine.inspection.cooperative_tasks import Answers
from gradviz.engine.inspection.tensor_pages import component_at, plane
from gradviz.engine.recording.recording import Recording
from gradviz.engine.tensors.components import CHUNK, as_numpy, real
from gradviz.protocol.tensor_questions import AskHeatMap, HeatMapDrawn


def drawn_in_pieces(question: AskHeatMap, recording: Recording) -> Answers:
    """Yield nothing while cells are computed, and at last the map; one row for one dimension."""
    shown = plane(component_at(recording, question.place, question.component), question.fixed)
    if not shown.numel():
        return
    cells = Cells(*shown.shape)
    for rows, columns in cells.tiles():
        cells.add(rows, columns, shown)
        yield None
    yield HeatMapDrawn(
        run=question.run,
        recording=question.recording,
        place=question.place,
        component=question.component,
        fixed=question.fixed,
        map=cells.map,
    )


class Cells:
    """The cells of a map over `rows` by `columns` elements."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._down = edges(rows, min(rows, MAP_CELLS))
        self._across = edges(columns, min(columns, MAP_CELLS))
        shape = len(self._down) - 1, len(self._across) - 1
        self._mean = np.full(shape, np.nan)
        self._extreme = np.full(shape, np.nan)
        self._bad = np.zeros(shape, np.bool_)

    @property
    def map(self) -> HeatMap:
        """Return what has been computed."""
        return HeatMap(
            rows=self._rows,
            columns=self._columns,
            mean=Array.of(self._mean),
            extreme=Array.of(self._extreme),
            bad=Array.of(self._bad),
        )

    def tiles(self) -> Iterator[tuple[range, range]]:
        """Yield rows and columns of cells that have about a million elements together."""
        down, across = len(self._down) - 1, len(self._across) - 1
        tall, wide = -(-self._rows // down), -(-self._columns // across)
        many = max(1, min(across, CHUNK // (tall * wide)))
        deep = max(1, min(down, CHUNK // (tall * self._columns))) if many == across else 1
        for top in range(0, down, deep):
            for left in range(0, across, many):
                yield range(top, min(down, top + deep)), range(left, min(across, left + many))

    def add(self, rows: range, columns: range, plane: torch.Tensor) -> None:
        """Compute the cells in `rows` and `columns`; `plane` has two dimensions."""
        down = np.array([self._down[place] for place in (*rows, rows.stop)])
        across = np.array([self._across[place] for place in (*columns, columns.stop)])
        values = real(as_numpy(plane[down[0] : down[-1], across[0] : across[-1]]))
        starts = down[:-1] - down[0], across[:-1] - across[0]
        here = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        finite = np.isfinite(values)
        count = _reduced(np.add, finite.astype(np.int64), starts)
        self._bad[here] = count < np.outer(np.diff(down), np.diff(across))
        with np.errstate(all="ignore"):
            total = _reduced(np.add, np.where(finite, values, 0.0), starts)
            self._mean[here] = total / count
            high = _reduced(np.maximum, np.where(finite, values, -np.inf), starts)
            low = _reduced(np.minimum, np.where(finite, values, np.inf), starts)
        extreme = np.where(high >= -low, high, low)
        self._extreme[here] = np.where(count > 0, extreme, np.nan)


def _reduced(
    how: np.ufunc,
    values: npt.NDArray[np.generic],
    starts: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
) -> npt.NDArray[np.float64]:
    down, across = starts
    reduced: npt.NDArray[np.float64] = how.reduceat(how.reduceat(values, down, axis=0), across, 1)
    return reduced
