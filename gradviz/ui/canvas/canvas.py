"""The canvas: the graph with its small bar, its hints, and the layouts that place it."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QToolTip, QWidget

from gradviz.core.errors import GradvizError
from gradviz.core.graph import Graph
from gradviz.core.placement import Direction, Placement
from gradviz.render.measure import boxes, links
from gradviz.render.picture import Picture, picture
from gradviz.ui.actions import edit, view
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.canvas.layouter import Layouter
from gradviz.ui.canvas.readout import hover_text, readout_text
from gradviz.ui.canvas.view import GraphView
from gradviz.ui.naming import named
from gradviz.ui.state import State
from gradviz.ui.theme import Theme
from gradviz.ui.workbench import Workbench

#: A wait longer than this shows what is going on, and Cancel.
_PATIENCE_MS = 500
_MARGIN = 12


class Canvas(QWidget):
    """Follows the state: lays out what is new, repaints what has changed."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._direction: Direction = "TB"
        self._job = 0
        self._waiting: Graph | None = None
        self._placed: object = None
        self.view = GraphView(theme.look, self)
        self.layouter = Layouter(self)
        self._bar = _bar(actions, self)
        self.readout = named(QLabel(self, textFormat=Qt.TextFormat.RichText), "readout")
        self._hint = named(QLabel("Starting PyTorch…", self, wordWrap=True), "empty")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.clicked.connect(self.layouter.cancel)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)
        self._connect()
        self._show_hint(self._hint.text())
        self._cancel.hide()
        self.readout.hide()

    def _connect(self) -> None:
        state = self._state
        self.layouter.placed.connect(self._on_placed)
        self.layouter.failed.connect(self._on_failed)
        self.view.node_clicked.connect(self._workbench.select)
        self.view.node_hovered.connect(self._on_node_hovered)
        state.model_built.connect(self._on_graph_changed)
        state.recorded.connect(self._on_graph_changed)
        state.cursor_moved.connect(self._on_cursor_moved)
        state.selection_changed.connect(self._on_selection_changed)
        state.engine_changed.connect(self._on_engine_changed)

    # What actions ask for

    def fit(self) -> None:
        """Show the whole graph."""
        self.view.fit()

    def zoom_in(self) -> None:
        """Make the graph larger."""
        self.view.zoom_in()

    def zoom_out(self) -> None:
        """Make the graph smaller."""
        self.view.zoom_out()

    def actual_size(self) -> None:
        """Show the graph at its own size."""
        self.view.actual_size()

    def turn_direction(self) -> None:
        """Lay the graph out downwards or to the right."""
        self._direction = "LR" if self._direction == "TB" else "TB"
        self._placed = None
        self._on_graph_changed()

    def select_neighbour(self, *, towards_output: bool) -> None:
        """Select the next node along the first edge; the output if none is chosen yet."""
        graph, node = self._state.graph, self._state.inspected
        if graph is None:
            return
        if node is None or node not in graph.node:
            self._workbench.select(graph.output)
            return
        edges = graph.edges_out_of[node] if towards_output else graph.edges_into[node]
        if edges:
            self._workbench.select(edges[0].target if towards_output else edges[0].source)

    @property
    def placement(self) -> Placement | None:
        """Return where the nodes lie, None while nothing has been placed."""
        return self.view.placement

    def picture(self) -> Picture | None:
        """Return what the graph shows at the moment."""
        state = self._state
        return picture(state.graph, state.trace, state.cursor) if state.graph else None

    def close_layouts(self) -> None:
        """End the layout process."""
        self.layouter.close()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self.view.use_look(theme.look)

    # Following the state

    def _on_graph_changed(self) -> None:
        graph = self._state.graph
        if graph is None:
            return
        key = _layout_key(graph)
        if key == self._placed:
            self._show_picture()
            return
        if self._waiting is None or _layout_key(self._waiting) != key:
            self._job = self.layouter.place(boxes(graph), links(graph), self._direction)
            self._patience.start()
        self._waiting = graph

    def _on_placed(self, job: int, placement: Placement) -> None:
        graph, shown = self._state.graph, self.picture()
        if job != self._job or graph is None or shown is None:
            return
        self._stop_waiting()
        self._placed = _layout_key(graph)
        self.view.show_graph(graph, shown, placement)
        self._on_selection_changed()
        self._show_readout()

    def _on_failed(self, job: int, error: GradvizError) -> None:
        if job == self._job:
            self._stop_waiting()
            self._workbench.report("layout", error)

    def _stop_waiting(self) -> None:
        self._waiting = None
        self._patience.stop()
        self._cancel.hide()
        self._hint.hide()

    def _show_picture(self) -> None:
        graph, shown = self._state.graph, self.picture()
        if graph is not None and shown is not None and _layout_key(graph) == self._placed:
            self.view.show_picture(graph, shown)
        self._show_readout()

    def _on_cursor_moved(self) -> None:
        self._show_picture()
        self.view.show_selected(self._state.selected)
        step = self._state.current_step
        if step is not None:
            self.view.make_visible(step.node)

    def _on_selection_changed(self) -> None:
        self.view.show_selected(self._state.selected)
        if self._state.selected is not None:
            self.view.make_visible(self._state.selected)

    def _on_engine_changed(self) -> None:
        if self._state.engine == "starting" and self._placed is None:
            self._show_hint("Starting PyTorch…")
        elif self._state.engine == "ended" and self._placed is None:
            self._show_hint("The engine has ended. Model ▸ Restart engine starts it again.")
        elif self._state.engine == "ready" and self._placed is None:
            self._show_hint("The autograd graph will be here. Type an expression above.")

    def _on_node_hovered(self, node: str | None) -> None:
        graph = self._state.graph
        if node is None or graph is None or node not in graph.node:
            QToolTip.hideText()
            return
        reached = self._state.steps[: self._state.cursor]
        QToolTip.showText(QCursor.pos(), hover_text(graph, reached, node), self.view)

    # Over the graph

    def _show_progress(self) -> None:
        count = len(self._waiting.nodes) if self._waiting else 0
        self._show_hint(f"Laying out {count:,} nodes…")
        self._cancel.show()

    def _show_hint(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.show()
        self._place_overlays()

    def _show_readout(self) -> None:
        text = readout_text(self._state)
        self.readout.setText(text)
        self.readout.setVisible(bool(text))
        self.readout.adjustSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())
        self._place_overlays()

    def _place_overlays(self) -> None:
        self._bar.adjustSize()
        self._bar.move(self.width() - self._bar.width() - _MARGIN, _MARGIN)
        self.readout.move(_MARGIN, _MARGIN)
        middle = self.rect().center()
        self._hint.resize(QSize(min(420, self.width()), 60))
        self._hint.move(middle.x() - self._hint.width() // 2, middle.y() - 30)
        self._cancel.adjustSize()
        self._cancel.move(middle.x() - self._cancel.width() // 2, middle.y() + 34)


def _bar(actions: ActionRegistry, parent: QWidget) -> QWidget:
    bar = named(QWidget(parent), "canvas_bar")
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for action in (view.FIT, edit.FIND, view.DIRECTION):
        button = QToolButton()
        button.setDefaultAction(actions[action])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(action.title)
        row.addWidget(button)
    return bar


def _layout_key(graph: Graph) -> object:
    """Return what a placement depends on: values may change without a new layout."""
    return (
        tuple((node.id, node.kind, node.op, node.label, node.shape) for node in graph.nodes),
        tuple(edge.id for edge in graph.edges),
    )
