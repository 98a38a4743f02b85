"""A dialog with a graph that has no recording: looked at, opened and closed, and exported."""

from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from gradviz.core.errors import GradvizError
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Outline, Showing, group_id, outline_of
from gradviz.core.graphs.placement import FrameBox, Placement
from gradviz.core.graphs.shown.opening import with_toggled
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.export.export_messages import Exported, ExportFailed
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.origin import Origin
from gradviz.export.running_export import ExportOutcome
from gradviz.render.groups.frame_painter import title_width
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.measure import boxes, links
from gradviz.render.numbers import tensor_text
from gradviz.render.picture import Picture
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.layouter import Layouter
from gradviz.ui.canvas.view import Anchor, GraphView
from gradviz.ui.controllers.exporting import Exporting
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.widgets.naming import named

_HINT: Final = marked(
    "Click a box to read what it is; a double click on a frame closes and opens it."
)
_LAYING_OUT: Final = marked("The graph is being laid out…")
#: Room that is left around it where the window is small.
_ROOM: Final = 80


class GivenGraph(NamedTuple):
    """The graph of a dialog, None where there is none, and how it is shown at first.

    Attributes:
        kind: The kind of graph in words.
        title: The title of the window.
        note: A remark above the graph.
        stem: The name of a file of it, without its suffix.
        origin: The model, for the metadata of files.
    """

    kind: str
    title: str
    graph: Graph | None
    showing: Showing
    note: str
    stem: str
    origin: Origin = Origin()


class GraphDialog(QDialog):
    """Shows a graph; a group is opened and closed by a double click, as in the main graph."""

    #: A graph has been placed.
    placed = Signal()
    #: A file has been written, or has not.
    exported = Signal()

    def __init__(self, parent: QWidget, look: Look, given: GivenGraph) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(given.title)
        self.view = GraphView(look, self)
        named(self.view, "inner_graph", title=given.kind)
        self.note = named(QLabel(given.note, wordWrap=True), "secondary")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = named(
            QLabel(tr(_HINT), wordWrap=True), "secondary", title=tr("The chosen box")
        )
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self._graph = given.graph
        self._stem, self._origin = given.stem, given.origin
        self._showing = given.showing
        self._outline: Outline | None = None
        self._anchor: Anchor | None = None
        self._number = 0
        self._ended = False
        self._exporting: Exporting | None = None
        self._layouter = Layouter(self)
        self._layouter.placed.connect(self._on_placed)
        self._layouter.failed.connect(self._on_failed)
        self.view.node_clicked.connect(self._choose)
        self.view.node_activated.connect(self._toggle)
        self._arrange()
        self.resize(
            min(1200, parent.width() - _ROOM),
            min(780, parent.height() - _ROOM),
        )
        self._lay_out()

    @property
    def outline(self) -> Outline | None:
        """Return the part of the graph that is shown, None where there is no graph."""
        return self._outline

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self.view.use_look(look)

    def say_again(self) -> None:
        """Paint the graph anew, in the language that is spoken now."""
        picture = self._picture()
        if picture is not None and self._outline is not None and self.view.placement is not None:
            self.view.show_picture(self._outline.graph, picture)
            self.view.forget_painted()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._end()
        super().done(result)

    def _end(self) -> None:
        """End all that works for it; it is asked to once by each way to close it."""
        if self._ended:
            return
        self._ended = True
        if self._exporting is not None:
            self._exporting.cancel()
            self._exporting.wait()
        self._layouter.close()

    # Building

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        has_graph = self._graph is not None
        for title, tip, run in (
            (tr("Fit", "the graph into the canvas"), tr("Show the whole graph"), self.view.fit),
            ("−", tr("Make the graph smaller"), self.view.zoom_out),
            ("+", tr("Make the graph larger"), self.view.zoom_in),
        ):
            button = named(QPushButton(title), title=tip, tip=tip)
            button.setAutoDefault(False)
            button.setEnabled(has_graph)
            button.clicked.connect(run)
            row.addWidget(button)
        self.export = named(
            QPushButton(tr("Export")), "export_compiled", tip=tr("Write it to a file")
        )
        self.export.setAutoDefault(False)
        self.export.setEnabled(has_graph)
        self.export.setMenu(self._export_menu())
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        row.addWidget(self.export)
        row.addWidget(close)
        column = QVBoxLayout(self)
        if self.note.text():
            column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.view.setVisible(has_graph)
        self.facts.setVisible(has_graph)

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for suffix, exporter in EXPORTERS.items():
            title = tr("{title}…", title=tr(exporter.title))
            menu.addAction(title, partial(self._ask_export, suffix))
        return menu

    # The picture

    def _lay_out(self) -> None:
        if self._graph is None:
            return
        self._outline = outline_of(self._graph, self._showing)
        drawn = self._outline.graph
        frames = tuple(
            FrameBox(each.id, each.around, title_width(each.group)) for each in self._outline.frames
        )
        self._number = self._layouter.place(
            boxes(drawn), links(drawn), "TB", frames, self._outline.frame_of
        )
        self.export.setEnabled(False)
        self.facts.setText(tr(_LAYING_OUT))

    def _on_placed(self, number: int, placement: Placement) -> None:
        picture = self._picture()
        if number != self._number or self._outline is None or picture is None:
            return
        anchor, self._anchor = self._anchor, None
        self.view.show_graph(
            self._outline.graph,
            picture,
            placement,
            Marks(),
            another=anchor is None,
            anchor=anchor,
        )
        self.facts.setText(tr(_HINT))
        self.export.setEnabled(True)
        self.placed.emit()

    def _on_failed(self, number: int, error: GradvizError) -> None:
        if number == self._number:
            self.facts.setText(sentences((error.message, error.hint)))

    def _picture(self) -> Picture | None:
        if self._outline is None or self._graph is None:
            return None
        return OutlinePictures(OutlineIndex(self._outline, self._graph), None).at(0)

    def _toggle(self, item: str) -> None:
        if self._graph is None or group_id(item) is None:
            return
        self._anchor = self.view.anchor_of(item)
        self._showing = with_toggled(self._graph, self._showing, item)
        self._lay_out()

    def _choose(self, item: str | None) -> None:
        self.view.show_selected(item)
        graph = self._graph
        known = graph.node.get(item or "") if graph is not None else None
        self.facts.setText(tr(_HINT) if graph is None or known is None else _facts(graph, known))

    # Files

    def _ask_export(self, suffix: str) -> None:
        chosen = asked_path(
            self, tr("Export"), tr(EXPORTERS[suffix].title), f"{self._stem}{suffix}"
        )
        if chosen is None or self._graph is None:
            return
        figure = GraphFigure(
            graph=self._graph,
            showing=self._showing,
            placement=self.view.placement if EXPORTERS[suffix].needs_layout else None,
            names="forward",
            origin=self._origin,
        )
        self._exporting = Exporting(figure, suffix, chosen)
        self._exporting.ended.connect(self._on_exported)

    def _on_exported(self, outcome: ExportOutcome, _: QImage) -> None:
        exporting, self._exporting = self._exporting, None
        if isinstance(outcome, Exported) and exporting is not None:
            self.facts.setText(
                tr("Written: {path} {remark}", path=exporting.path, remark=outcome.remark)
                if outcome.remark
                else tr("Written: {path}", path=exporting.path)
            )
        elif isinstance(outcome, ExportFailed):
            self.facts.setText(sentences((outcome.message, outcome.hint)))
        self.exported.emit()


def _facts(graph: Graph, node: Node) -> str:
    """Return all that is known of a value in one line."""
    sources = ", ".join(graph.node[edge.source].op for edge in graph.edges_into[node.id])
    type_of = f"{node.dtype} {node.shape_shown} {node.device}".strip() if node.dtype else ""
    value = "" if node.value is None else tensor_text(node.value)
    parts = (node.op, node.shown_name, node.label, type_of, value, node.note)
    facts = " · ".join(part for part in parts if part)
    # One text with its end, so that all of it can be said again in another language.
    return tr("{facts} · from {sources}", facts=facts, sources=sources) if sources else facts
