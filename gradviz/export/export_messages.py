"""Requests to the export process and its answers.

A large figure comes in parts: to pack it holds the interpreter's lock, and the window must be able
to go on between two of them.
"""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from gradviz.core.graphs.graph import Edge, Node
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import spoken_language
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import Film

#: "preparing" until the first part is drawn, for a format that draws.
Phase = Literal["preparing", "drawing", "writing"]


#: To pack so many nodes takes about a millisecond.
_PART: Final = 500


class FigurePart(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The next nodes, edges and steps of the figure that will be asked for."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    steps: tuple[Step, ...] = ()


class ExportRequest(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Make a file of `figure` in the format of `suffix`, and write it to `path`.

    Where there is no path, the bytes come with the answer, and with them those of the same figure
    in the further formats of `beside`. The parts that came before belong to it.
    `font` is the interface font that the nodes were measured with, as QFont describes it. A figure
    of a format that draws is laid out with edges in `direction` where it has no placement, with so
    many seconds for it where they are given. With a `film` it is a moving picture, whose moments
    are asked for by `MomentWanted`. The process speaks the `language` of whoever asks.
    """

    suffix: str
    font: str = ""
    figure: GraphFigure
    path: str | None = None
    direction: Direction = "TB"
    layout_s: float | None = None
    beside: tuple[str, ...] = ()
    film: Film | None = None
    language: str = msgspec.field(default_factory=spoken_language)


class FilmMoment(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The moment of the next frame, as `moments.packed` made it, or why there is none."""

    content: bytes = b""
    message: str = ""
    hint: str = ""


ExportMessage = FigurePart | ExportRequest | FilmMoment


class ExportProgressed(msgspec.Struct, frozen=True, tag=True):
    """How far it is: in a drawing, `done` of `total` parts are drawn."""

    phase: Phase
    done: int = 0
    total: int = 0


class MomentWanted(msgspec.Struct, frozen=True, tag=True):
    """The moment after `step` steps of the training is wanted for a frame, in this order."""

    step: int


class Exported(msgspec.Struct, frozen=True, tag=True):
    """The file is written, or its bytes are here; `remark` tells of a picture made smaller.

    `beside` has the bytes in the further formats that were asked for, by their suffixes.
    """

    content: bytes = b""
    remark: str = ""
    beside: dict[str, bytes] = {}


class ExportFailed(msgspec.Struct, frozen=True, tag=True):
    """There is no file, or the one that was there before."""

    message: str
    hint: str = ""
    details: str = ""


ExportAnswer = ExportProgressed | MomentWanted | Exported | ExportFailed


def messages_of(request: ExportRequest) -> Iterator[ExportMessage]:
    """Yield the messages that a request is sent as."""
    figure = request.figure
    graph, trace = figure.graph, figure.trace
    steps = trace.steps if trace is not None else ()
    for start in range(0, max(len(graph.nodes), len(graph.edges), len(steps)), _PART):
        part = slice(start, start + _PART)
        yield FigurePart(nodes=graph.nodes[part], edges=graph.edges[part], steps=steps[part])
    rest = replace(
        _sendable(figure),
        graph=replace(graph, nodes=(), edges=()),
        trace=replace(trace, steps=()) if trace is not None else None,
    )
    yield replace(request, figure=rest)


class WholeRequest:
    """Puts the parts of a request together again."""

    def __init__(self) -> None:
        self._parts: list[FigurePart] = []

    def take(self, message: ExportMessage) -> ExportRequest | None:
        """Return the whole request with its last message, None before."""
        if isinstance(message, FigurePart):
            self._parts.append(message)
            return None
        if isinstance(message, FilmMoment):
            # It comes late: the film that it is of could not be made.
            return None
        parts, self._parts = self._parts, []
        figure, trace = message.figure, message.figure.trace
        graph = replace(
            figure.graph,
            nodes=tuple(node for part in parts for node in part.nodes),
            edges=tuple(edge for part in parts for edge in part.edges),
        )
        if trace is not None:
            trace = replace(trace, steps=tuple(step for part in parts for step in part.steps))
        return replace(message, figure=replace(figure, graph=graph, trace=trace))


def _sendable(figure: GraphFigure) -> GraphFigure:
    """Return `figure` with plain mappings, as messages carry no others."""
    shades, theme = figure.shades, figure.theme
    return replace(
        figure,
        shades=replace(shades, fills=dict(shades.fills), verdicts=dict(shades.verdicts)),
        theme=replace(theme, kinds=dict(theme.kinds)),
        local=dict(figure.local),
    )
