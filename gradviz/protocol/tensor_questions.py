"""What is asked about one tensor of a recording, of any size, and what is answered."""

import msgspec

from gradviz.core.findings.tensor_view import HeatMap, Histogram, Statistics, TensorMetadata
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Array


class AskTensorPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say what a tensor is, and send a window of its values.

    Attributes:
        component: One of `TensorMetadata.components`; the first where it is empty.
        fixed: An index for each dimension before the last two.
        row, rows, column, columns: The window in the last two dimensions; a tensor of one
            dimension is one row.
    """

    run: int
    recording: int
    place: TensorPlace
    component: str = ""
    fixed: tuple[int, ...] = ()
    row: int = 0
    rows: int = 64
    column: int = 0
    columns: int = 32


class AskTensorChunk(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Send `count` elements of a component in C order, from element `start` on."""

    run: int
    recording: int
    place: TensorPlace
    component: str = ""
    start: int = 0
    count: int = 1 << 18


class AskTensorStatistics(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Count and measure all elements of a component; answered in pieces."""

    run: int
    recording: int
    place: TensorPlace
    component: str = ""


class AskHeatMap(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Draw two dimensions of a component small; answered when it is done."""

    run: int
    recording: int
    place: TensorPlace
    component: str = ""
    fixed: tuple[int, ...] = ()


class LimitRecording(msgspec.Struct, frozen=True, tag=True):
    """Keep the tensors of a recording up to `recording_mb` from here on, and record again."""

    run: int
    recording_mb: int


class TensorPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """What a tensor is, and the window that was asked for, cut where the tensor ends.

    Attributes:
        values: Shape (rows, columns), as NumPy has them; None where there is nothing to show,
            for the reason that the notes of `head` give, or because the tensor is empty.
    """

    run: int
    recording: int
    place: TensorPlace
    component: str
    fixed: tuple[int, ...]
    row: int
    column: int
    head: TensorMetadata
    values: Array | None = None


class TensorChunk(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Elements of a component in C order; fewer than asked for where it ends."""

    run: int
    recording: int
    place: TensorPlace
    component: str
    start: int
    values: Array


class TensorMeasured(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How far the counting has come, `done` of `of`, and what is known by then."""

    run: int
    recording: int
    place: TensorPlace
    component: str
    done: int
    of: int
    statistics: Statistics | None = None
    histogram: Histogram | None = None


class HeatMapDrawn(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The map that was asked for."""

    run: int
    recording: int
    place: TensorPlace
    component: str
    fixed: tuple[int, ...]
    map: HeatMap


#: Answered at once.
TensorLook = AskTensorPage | AskTensorChunk
#: Answered in pieces, unless another question of the same kind comes first.
TensorStudy = AskTensorStatistics | AskHeatMap
TensorAnswer = TensorPage | TensorChunk | TensorMeasured | HeatMapDrawn
