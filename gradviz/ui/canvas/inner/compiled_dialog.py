"""The dialog with the forward and the backward graph of a compiled function."""

from PySide6.QtWidgets import QWidget

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import in_modules
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.opening import opened_all, opened_at_least
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.language.saying import tr
from gradviz.protocol.questions import CompiledShown
from gradviz.render.measure import measured
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.inner.graph_dialog import GivenGraph, GraphDialog


class CompiledDialog(GraphDialog):
    """Shows both graphs: small ones with all that is in them, large ones by their modules."""

    def __init__(self, parent: QWidget, look: Look, title: str, shown: CompiledShown) -> None:
        showing = Showing()
        if shown.graph is not None:
            showing = _first(shown.graph)
        given = GivenGraph(
            kind=tr("Compiled graph"),
            title=tr("Compiled graph of {title}", title=title),
            graph=shown.graph,
            showing=showing,
            note=shown.note,
            stem="compiled",
        )
        super().__init__(parent, look, given)


def _first(graph: Graph) -> Showing:
    if in_modules(graph.groups):
        return opened_at_least(graph, first_picture(graph, measured))
    return opened_all(graph, Showing(parameters=True))
