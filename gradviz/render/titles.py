"""The titles of nodes that are wider than a node may be, shortened so that they stay apart."""

from collections.abc import Mapping

from gradviz.core.graphs.graph import Graph
from gradviz.core.short_names import shortened
from gradviz.render.characters import visible
from gradviz.render.fonts import Face, fonts
from gradviz.render.style import METRICS

_KEPT = 4
#: The latest graphs with their short titles: a step of the walk asks again and again.
_recent: list[tuple[Graph, Face, Mapping[str, str]]] = []


def short_titles(graph: Graph) -> Mapping[str, str]:
    """Return by its whole text each title that has no room in a node, as it is drawn."""
    face = fonts().title
    for known, its_face, titles in _recent:
        if known is graph and its_face is face:
            return titles
    names = {visible(node.op) for node in graph.nodes}
    long = tuple(sorted(name for name in names if face.width(name) > METRICS.longest_title))
    found = _shortened(long, face)
    _recent.insert(0, (graph, face, found))
    del _recent[_KEPT:]
    return found


def _shortened(long: tuple[str, ...], face: Face) -> Mapping[str, str]:
    """Return the short texts; another recording of the same graph has the same long names."""
    for _, its_face, titles in _recent:
        if its_face is face and tuple(titles) == long:
            return titles
    return shortened(long, lambda text: face.width(text) <= METRICS.longest_title)
