"""The emphasis on parts of a graph: rings, marks, shades, and the rest that is painted faintly."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtGui import QPainter

from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.union_layout import Marks
from gradviz.render.layers.sight import Drawn
from gradviz.render.parts import Part
from gradviz.render.picture import EdgeView
from gradviz.render.shades import NO_SHADES, Shades

#: How much is seen of the nodes and edges that are not on the ways of an isolated node.
_FADED = 0.2
_NO_MARKS: Final = Marks()


@dataclass(frozen=True)
class Emphasis:
    """How nodes and edges differ from others of their kind.

    Attributes:
        rings: The ids of the selected and the hovered node, which get a ring.
        marked: The ids of those that get a broken ring.
        marks: The changes of the graph.
        shades: Its health.
        isolated: All but these nodes and edges are painted faintly.
        linked: The ids of nodes that share a parameter, whose marks are lit.
    """

    rings: tuple[str | None, str | None] = (None, None)
    marked: Collection[str] = ()
    marks: Marks = _NO_MARKS
    shades: Shades = NO_SHADES
    isolated: Isolation | None = None
    linked: Collection[str] = ()

    @property
    def signed(self) -> set[str]:
        """Return the ids of all nodes with a ring or a sign."""
        ringed = (each for each in (*self.rings, *self.marked) if each is not None)
        return {*ringed, *self.marks.came, *self.marks.changed, *self.shades.verdicts}

    def by_opacity(
        self, nodes: Sequence[Drawn], edges: Sequence[EdgeView]
    ) -> Iterator[tuple[float, Sequence[Drawn], Sequence[EdgeView]]]:
        """Yield the nodes and edges by their opacity, the faint ones first.

        They are all in one part where no node is isolated.
        """
        isolated = self.isolated
        if isolated is None:
            yield 1.0, nodes, edges
            return
        for kept, opacity in ((False, _FADED), (True, 1.0)):
            yield (
                opacity,
                [each for each in nodes if (each[0].id in isolated.nodes) == kept],
                [each for each in edges if (each.id in isolated.edges) == kept],
            )


NO_EMPHASIS: Final = Emphasis()


def at_opacity(opacity: float, part: Part) -> Part:
    """Return the part painted with an opacity."""
    return part if opacity == 1.0 else partial(_painted_at, opacity, part)


def _painted_at(opacity: float, part: Part, painter: QPainter) -> None:
    painter.setOpacity(opacity)
    part(painter)
    painter.setOpacity(1.0)
