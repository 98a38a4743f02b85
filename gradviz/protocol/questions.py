"""Questions about a recording and their answers; `Ask` and `Answered` carry them.

A question is a command to nobody: it changes nothing. To add one, write its Struct and that of its
answer here, and a function marked `@answers(YourQuestion)` in a module of `engine/inspection/`.
"""

import msgspec

from gradviz.core.findings.changes import Changes
from gradviz.core.findings.checks import NodeCheck
from gradviz.core.findings.health import Counts, Times
from gradviz.core.findings.missing import MissingGradient
from gradviz.core.findings.rule import Rule
from gradviz.core.findings.source import Sources
from gradviz.core.findings.tensor_view import HeatMap, Histogram, Statistics, TensorMetadata
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Array
from gradviz.core.landscapes.landscape import CELLS, Landscape

# Rules


class FindRule(msgspec.Struct, frozen=True, tag=True):
    """By which rule does a node make gradients of gradients?"""

    node: str


class RuleFound(msgspec.Struct, frozen=True, tag=True):
    """The rule of one node."""

    node: str
    rule: Rule


class FindRules(msgspec.Struct, frozen=True, tag=True):
    """By which rules do all nodes make gradients of gradients?"""


class RulesFound(msgspec.Struct, frozen=True, tag=True):
    """The rules of all nodes, by the nodes' ids."""

    rules: dict[str, Rule]


# Health


class CountElements(msgspec.Struct, frozen=True, tag=True):
    """How many zeros and non-finite numbers does each node have?"""


class ElementsCounted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The counts of each node that has a tensor.

    `line` is the line that made the first node with a non-finite number, `net.py:12: y = x.log()`;
    empty where all numbers are finite, or the line is not known.
    """

    counts: tuple[Counts, ...]
    line: str = ""


class TimePass(msgspec.Struct, frozen=True, tag=True):
    """How long does each node take, in a pass of its own with clocks?"""


class PassTimed(msgspec.Struct, frozen=True, tag=True):
    """The times of each node, in microseconds."""

    times: Times


class CountFlops(msgspec.Struct, frozen=True, tag=True):
    """How many floating-point operations does each group take? The forward pass runs once more."""


class FlopsCounted(msgspec.Struct, frozen=True, tag=True):
    """The operations of the forward pass within each group, in the order of the graph's groups.

    They are those of matrix products, convolutions and attention, a product and a sum counted as
    two, as `torch.utils.flop_counter` counts; others are few beside them. Where nothing could be
    counted, `note` says why.
    """

    groups: tuple[int, ...] = ()
    note: str = ""


# Compiled functions


class ShowCompiled(msgspec.Struct, frozen=True, tag=True):
    """Which operations did PyTorch's compiler make of the compiled function of a node?"""

    node: str


class CompiledShown(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The forward and the backward graph of a compiled function, as two groups of one graph.

    Saved tensors lead from the one to the other. `graph` is None where there is none, and `note`
    says why; else it says where the graph comes from, or which part was not kept.
    """

    graph: Graph | None = None
    note: str = ""


# Missing gradients


class ExplainMissing(msgspec.Struct, frozen=True, tag=True):
    """Why do leaves have no gradient? The forward pass runs once more for the answer."""


class MissingGradients(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The reasons, those of one leaf in the order of the forward pass.

    Attributes:
        leaves: The number of parameters and inputs.
        missing: Empty where each of them has a gradient.
        untrained: The leaves with a gradient that are in no parameters(), so that they never train.
        inputs: The names of the inputs, which need no gradient to train.
    """

    leaves: int
    missing: tuple[MissingGradient, ...]
    untrained: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()

    @property
    def of_parameters(self) -> tuple[MissingGradient, ...]:
        """Return the reasons of parameters."""
        return tuple(each for each in self.missing if each.name not in self.inputs)

    @property
    def parameters(self) -> int:
        """Return the number of parameters."""
        return self.leaves - len(self.inputs)

    @property
    def without(self) -> int:
        """Return the number of parameters without a gradient."""
        return len({each.name for each in self.of_parameters})


class MissingSearched(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """`done` of at most `total` forward passes have been searched for the reasons."""

    done: int
    total: int


# Source lines


class FindSources(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Which line of Python made each node? `libraries` asks for the text of libraries too."""

    libraries: bool = False


class SourcesFound(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The line of each node."""

    libraries: bool
    sources: Sources


# One tensor of any size


class ReadTensorPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A question for the metadata of a tensor, and for the values in one window of it.

    Attributes:
        component: One of `TensorMetadata.components`; the first where it is empty.
        fixed: An index for each dimension before the last two.
        row, rows, column, columns: The window in the last two dimensions; a tensor of one
            dimension is one row.
    """

    place: TensorPlace
    component: str = ""
    fixed: tuple[int, ...] = ()
    row: int = 0
    rows: int = 64
    column: int = 0
    columns: int = 32


class TensorPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The metadata, and the window that was asked for, cut where the tensor ends.

    Attributes:
        row, column: Where the window begins.
        values: Shape (rows, columns), as NumPy has them; None where there is nothing to show,
            for the reason that the notes of `head` give, or because the tensor is empty.
    """

    row: int
    column: int
    head: TensorMetadata
    values: Array | None = None


class ReadTensorChunk(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A question for `count` elements of a component in C order, from element `start` on."""

    place: TensorPlace
    component: str = ""
    start: int = 0
    count: int = 1 << 18


class TensorChunk(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Elements of a component in C order; fewer than asked for where it ends."""

    start: int
    values: Array


class MeasureTensor(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A question for the statistics and the histogram of all elements, answered in parts."""

    place: TensorPlace
    component: str = ""


class TensorMeasured(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """`done` of `of` elements have been counted, with the statistics known by then."""

    done: int
    of: int
    statistics: Statistics | None = None
    histogram: Histogram | None = None


class DrawHeatMap(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How do two dimensions of a component look when they are drawn small?"""

    place: TensorPlace
    component: str = ""
    fixed: tuple[int, ...] = ()


class HeatMapDrawn(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The heat map of the dimensions that were asked for; None of a tensor without elements."""

    map: HeatMap | None


# Checks


class CheckGradients(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Do the gradients of some nodes, or of every leaf, agree with everything that can tell?

    That takes a while and is answered in several parts; it ends where the training begins.

    Attributes:
        limit_s: After so many seconds the leaves that are left are not moved one by one any more,
            and are told to be unchecked where they cannot be checked together; None for no limit.
    """

    nodes: tuple[str, ...] = ()
    limit_s: float | None = 20.0


class GradientsChecked(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The progress of the checks, with the nodes that are new.

    Attributes:
        done, total: The number of nodes that are done, of all.
        passes: The number of cooperative tasks so far, mostly forward passes.
        told: How the limit of time is kept; empty where it does not matter.
    """

    checks: tuple[NodeCheck, ...]
    done: int
    total: int
    passes: int = 0
    told: str = ""


# The loss over the numbers of a model


class MapLandscape(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How does the loss, or the output at a point, change with one or two numbers of the model?

    All others stay as they are. Where it takes long, it is answered in several parts.

    Attributes:
        across, up: Names of numbers; without the second one a curve is asked for.
        columns, rows: The values of each number, equally far apart over its range.
        across_range, up_range: From where to where.
    """

    across: str
    up: str = ""
    columns: int = CELLS
    rows: int = CELLS
    across_range: tuple[float, float]
    up_range: tuple[float, float] = (0.0, 0.0)


class LandscapeMapped(msgspec.Struct, frozen=True, tag=True):
    """The values over the whole grid."""

    landscape: Landscape


class LandscapeAdvanced(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """`done` of `total` values are computed."""

    done: int
    total: int


# The recording that is kept


class CompareWithKept(msgspec.Struct, frozen=True, tag=True):
    """How does the recording differ from the kept one? That takes a while."""


class ComparisonAdvanced(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The number of nodes compared so far; told of comparisons that take long."""

    done: int
    total: int


class RecordingsCompared(msgspec.Struct, frozen=True, tag=True):
    """The differences between the recording and the kept one."""

    changes: Changes


Question = (
    CheckGradients
    | CompareWithKept
    | CountElements
    | CountFlops
    | DrawHeatMap
    | ExplainMissing
    | FindRule
    | FindRules
    | FindSources
    | MapLandscape
    | MeasureTensor
    | ReadTensorChunk
    | ReadTensorPage
    | ShowCompiled
    | TimePass
)

Answer = (
    ComparisonAdvanced
    | CompiledShown
    | ElementsCounted
    | FlopsCounted
    | GradientsChecked
    | HeatMapDrawn
    | LandscapeAdvanced
    | LandscapeMapped
    | MissingGradients
    | MissingSearched
    | PassTimed
    | RecordingsCompared
    | RuleFound
    | RulesFound
    | SourcesFound
    | TensorChunk
    | TensorMeasured
    | TensorPage
)
