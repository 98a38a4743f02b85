"""The canvas: the graph with its small bar, its hints, and the layouts that place it."""

from operator import is_not

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from gradviz.core.errors import GradvizError, LayoutError
from gradviz.core.findings.changes import Kept
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import OPPOSITE, TURNED, Direction, Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.language.saying import marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.layout.client import LayoutClient
from gradviz.render.picture import Picture
from gradviz.ui.actions import edit_menu, groups_actions, isolation_actions, view_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.canvas.dragging.drag_handle import DragHandle
from gradviz.ui.canvas.drawing import Arrangement, Drawing, DrawnGraph
from gradviz.ui.canvas.editing.value_editor import ValueEditor
from gradviz.ui.canvas.find_bar import FindBar
from gradviz.ui.canvas.following.awaited_layout import AwaitedLayout
from gradviz.ui.canvas.following.highlights import Highlights
from gradviz.ui.canvas.graph_keys import GraphKeys
from gradviz.ui.canvas.group_bars import DepthSlider
from gradviz.ui.canvas.layouter import Layouter
from gradviz.ui.canvas.lit_items import shown_item, shown_items
from gradviz.ui.canvas.minimap import Minimap
from gradviz.ui.canvas.overlays import Overlays
from gradviz.ui.canvas.pictures import Pictures
from gradviz.ui.canvas.pointing.graph_menus import GraphMenus
from gradviz.ui.canvas.pointing.mouse_choices import MouseChoices
from gradviz.ui.canvas.pointing.node_texts import NodeTexts
from gradviz.ui.canvas.readout import changes_text, readout_text
from gradviz.ui.canvas.view import Anchor, GraphView
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import EngineStatus, State
from gradviz.ui.widgets.background_work import Piecemeal
from gradviz.ui.widgets.theme import Theme

#: The hints in place of a graph, by the status of the engine.
_EMPTY: dict[EngineStatus, str] = {
    "starting": marked("Starting PyTorch…"),
    "ready": marked(
        "The autograd graph will be here. Type an expression above, or press F7 for a lesson."
    ),
    "ended": marked("The engine has ended. Model ▸ Restart engine starts it again."),
}
_TRY_AGAIN = marked("Model ▸ Rebuild tries again.")


class Canvas(QWidget):
    """Follows the state: lays out a new graph, repaints the changes of a known one."""

    #: A graph has been placed; carries the Placement.
    placed = Signal(object)

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        theme: Theme,
        layouts: LayoutClient | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._theme = theme
        self._direction: Direction = "TB"
        self._drawing = Drawing()
        self._pictures = Pictures(state, workbench.derivatives, Piecemeal(self))
        #: The box that stays in place, with the item behind it, while groups are opened or closed.
        self._anchor: Anchor | None = None
        #: The placement and marks that the view has: a change of values alone sets neither again.
        self._given: tuple[Placement, Marks] | None = None
        self.view = GraphView(theme.look, self)
        self.values = ValueEditor(self.view, state, workbench)
        self.layouter = Layouter(self, layouts)
        self._awaited = AwaitedLayout(self.layouter, self)
        self.find_bar = FindBar(workbench.finding, self)
        self.minimap = Minimap(self.view, theme.look, self)
        self.minimap.want(state.minimap)
        self._overlays = Overlays(
            actions, self, theme.look, state, workbench.showing, self.find_bar, self.minimap
        )
        graph_keys = (view_menu.MARK_NOTHING, edit_menu.COPY_SELECTION)
        keyed = (*groups_actions.VIEW, *graph_keys, *isolation_actions.ACTIONS)
        self._keys = GraphKeys(self.view, actions, keyed)
        workbench.derivatives.changed.connect(self._show_graph)
        self._highlights = Highlights(self.view, self._overlays, state, workbench)
        self._texts = NodeTexts(state, self._pictures)
        self._menus = GraphMenus(self, state, actions)
        MouseChoices(self.view, state, workbench, self._menus, self._texts)
        self._connect()
        self._overlays.show_hint(tr(_EMPTY["starting"]))

    def _connect(self) -> None:
        state = self._state
        self._awaited.placed.connect(self._on_placed)
        self._awaited.failed.connect(self._on_failed)
        self._awaited.slow.connect(self._show_progress)
        self.layouter.noticed.connect(state.noticed)
        self.layouter.withdrawn.connect(state.withdrawn)
        self._overlays.cancelled.connect(self.layouter.cancel)
        state.model_built.connect(self._on_model_built)
        state.recorded.connect(self._on_graph_changed)
        state.cursor_moved.connect(self._on_cursor_moved)
        state.shown.changed.connect(self._on_showing_changed)
        state.minimap_changed.connect(lambda: self.minimap.want(state.minimap))
        state.engine_changed.connect(self._on_engine_changed)
        state.language_changed.connect(self._say_again)
        self.find_bar.resized.connect(self._on_find_resized)
        self.find_bar.closed.connect(self.view.setFocus)
        self._workbench.changes.kept_changed.connect(self._on_kept_changed)
        self._workbench.changes.changed.connect(self._on_changes_changed)

    # The commands of actions

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

    def zoom_to_selection(self) -> None:
        """Show the marked nodes as large as fits, else what is chosen."""
        self.view.fit_items(self.selection)

    @property
    def selection(self) -> frozenset[str]:
        """Return the marked nodes and boxes as they are drawn, else what is chosen."""
        picked, item = self._state.picked, self._state.inspected_item
        return shown_items(self._state, picked) if picked else frozenset({item} if item else ())

    @property
    def direction(self) -> Direction:
        """Return the way of the edges."""
        return self._direction

    def turn_direction(self) -> None:
        """Let the edges run across the way that they run."""
        self.choose_direction(TURNED[self._direction])

    def mirror_direction(self) -> None:
        """Let the edges run the opposite way."""
        self.choose_direction(OPPOSITE[self._direction])

    def choose_direction(self, direction: Direction) -> None:
        """Lay the graph out downwards (TB), to the right (LR), upwards (BT) or to the left (RL)."""
        if direction != self._direction:
            self._direction = direction
            self._awaited.try_again()
            self._on_graph_changed()

    def select_neighbour(self, *, towards_output: bool) -> None:
        """Select the next node along the first edge; the output if none is chosen yet."""
        graph, item = self._drawn, self._state.inspected_item
        if graph is None:
            return
        select = self._workbench.showing.select
        if item is None or item not in graph.node:
            select(graph.output)
            return
        edges = graph.edges_out_of[item] if towards_output else graph.edges_into[item]
        if edges:
            select(edges[0].target if towards_output else edges[0].source)

    def copy_name(self) -> None:
        """Put the name of the inspected node into the clipboard: a leaf's own, or PyTorch's."""
        name = self._texts.name(self._state.inspected)
        if name is not None:
            QGuiApplication.clipboard().setText(name)

    def copy_values(self) -> None:
        """Put the value and the gradient of the inspected node into the clipboard."""
        text = self._texts.values(self._state.inspected)
        if text is not None:
            QGuiApplication.clipboard().setText(text)

    @property
    def depth_slider(self) -> DepthSlider:
        """Return the slider that opens groups level by level."""
        return self._overlays.depth

    @property
    def drag_handle(self) -> DragHandle:
        """Return the button by which the picture is dragged into another program."""
        return self._overlays.drag

    @property
    def readout(self) -> QLabel:
        """Return the label in the upper corner: y and its derivatives at a point."""
        return self._overlays.readout

    @property
    def changes(self) -> QLabel:
        """Return the label in the lower corner: the added and the removed nodes."""
        return self._overlays.changes

    @property
    def placement(self) -> Placement | None:
        """Return where the nodes lie, None while nothing has been placed."""
        return self.view.placement

    def menu_of(self, node: str | None) -> QMenu:
        """Return the menu of a node that is selected; None: that of the graph."""
        return self._menus.menu_of(node)

    def picture(self) -> Picture | None:
        """Return the picture of the graph at the cursor, None without a graph."""
        return self._pictures.now()

    def leave_above(self, height: int) -> None:
        """Move what stands over the graph down by `height`; the graph stays where it is."""
        self._overlays.leave_above(height)

    def present(self, theme: Theme, smallest_text: float) -> None:
        """Draw for a projector: no small bar, and no text of a fitted graph below so many pixels.

        0 is the usual picture again.
        """
        self.view.keep_texts_above(smallest_text)
        self._overlays.show_bar(not smallest_text)
        self.use_theme(theme)

    def close_layouts(self) -> None:
        """End the layout process."""
        self.layouter.close()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self.view.use_look(theme.look)
        self._overlays.legend.use_look(theme.look)
        self.minimap.use_look(theme.look)
        if self._state.graph is not None:
            self._show_changes(self._state.graph)

    def placement_of(self, graph: Graph) -> Placement | None:
        """Return where the nodes and groups of `graph` lie, None unless it has been laid out."""
        return self._drawing.placement_of(self._state.shown.drawn(graph))

    @property
    def _drawn(self) -> Graph | None:
        """Return the graph that is drawn: the nodes and closed groups that are shown."""
        graph = self._state.graph
        return None if graph is None else self._state.shown.drawn(graph)

    @property
    def marks(self) -> Marks:
        """Return the marks of changes since the graph's previous shape or the kept recording."""
        return self._drawing.marks

    # Following the state

    def _on_model_built(self) -> None:
        built, graph = self._state.built, self._state.graph
        self._awaited.try_again()
        if built is not None and graph is not None:
            self._begin_drawing()
        self._show_groups()
        self._on_graph_changed()

    def _show_groups(self) -> None:
        self._overlays.show_groups()
        self.view.cover(self._overlays.covered())

    def _begin_drawing(self) -> None:
        built, graph = self._state.built, self._state.graph
        if built is not None and graph is not None:
            self._drawing.begin([self._drawn_of(each) for each in (graph, *built.shapes)])

    def _drawn_of(self, graph: Graph) -> DrawnGraph:
        outline = self._state.shown.outline_of(graph)
        if outline is None:
            return DrawnGraph(self._state.shown.drawn(graph))
        return DrawnGraph(outline.graph, outline.frames, outline.frame_of)

    def _on_showing_changed(self) -> None:
        """Lay out another part of the graph, in which the looked at box stays where it is."""
        anchor, placement = self._state.shown.anchor, self.placement
        self._anchor = None
        if anchor and placement is not None:
            found = self.view.anchor_of(anchor)
            becomes = self._state.shown.anchor_becomes
            self._anchor = found._replace(item=becomes, was=anchor) if found is not None else None
        self._awaited.try_again()
        self._keep(self._workbench.changes.kept)
        self._begin_drawing()
        self._show_groups()
        self._on_graph_changed()
        self._highlights.show_marked()

    def _on_graph_changed(self) -> None:
        """Show the graph, and have it laid out where that has not been done."""
        graph, drawing = self._state.graph, self._drawing
        if graph is None:
            return
        drawing.take(self._drawn_of(graph))
        wanted = drawing.arrangement(self._direction)
        if wanted == drawing.placed:
            self._stop_waiting()
        else:
            self._awaited.want(wanted, drawing.union_layout, grouped=bool(graph.groups))
        self._show_graph()
        self._highlights.show_isolated()

    def _on_placed(self, arrangement: Arrangement, placement: Placement) -> None:
        self._overlays.hide_hint()
        kept = self._drawing.place(arrangement, placement)
        anchor, self._anchor = self._anchor, None
        self.placed.emit(placement)
        self._show_graph(another=not kept and anchor is None, anchor=anchor)
        self._highlights.show_selected()

    def _on_failed(self, error: GradvizError) -> None:
        self._overlays.hide_hint()
        if self._drawing.placed is None:
            told = (tr("This graph has no picture."), tr(_TRY_AGAIN))
            self._overlays.show_hint(sentences(told))
        self._workbench.report("layout", LayoutError(error.message, error.hint or tr(_TRY_AGAIN)))

    def _stop_waiting(self) -> None:
        """Wait for no layout any more: an answer that still comes is not shown."""
        self._awaited.stop()
        self._overlays.hide_hint()

    def _show_graph(self, *, another: bool = False, anchor: Anchor | None = None) -> None:
        self._show_picture(another=another, anchor=anchor)
        graph = self._state.graph
        if graph is not None and self.placement_of(graph) is not None:
            self._show_changes(graph)

    def _show_picture(self, *, another: bool = False, anchor: Anchor | None = None) -> None:
        graph = self._drawn
        placement = self._drawing.placement_of(graph) if graph is not None else None
        # Where nothing has been laid out yet, a picture would be made for nothing.
        shown = self.picture() if placement is not None else None
        if graph is not None and shown is not None and placement is not None:
            trace = self._state.trace
            self._drawing.show(graph, trace.at_step if trace else 0)
            given = (placement, self.marks)
            if another or self._given is None or any(map(is_not, given, self._given)):
                self._given = given
                self.view.show_graph(graph, shown, *given, another=another, anchor=anchor)
                self.minimap.follow()
                self._overlays.place()
            else:
                self.view.show_picture(graph, shown)
        self._show_readout()

    def _show_changes(self, graph: Graph) -> None:
        text = changes_text(self._state.shown.drawn(graph), self.marks, self._theme.look)
        self._overlays.show_changes(text, lasting=bool(self.marks.since))

    def _on_cursor_moved(self) -> None:
        self._show_picture()
        self._highlights.show_current()

    def show_current(self) -> None:
        """Scroll to the node of the current step where it is not in sight."""
        self._highlights.show_current()

    def _on_engine_changed(self) -> None:
        if self._drawing.placed is None and not self._awaited.waits:
            self._overlays.show_hint(tr(_EMPTY[self._state.engine]))

    def _on_kept_changed(self) -> None:
        """Lay out the graph of the kept recording together with the shown one."""
        self._keep(self._workbench.changes.kept)
        self._awaited.try_again()
        self._on_graph_changed()

    def _keep(self, kept: Kept | None) -> None:
        self._drawing.keep(kept, self._drawn_of(kept.graph) if kept is not None else None)

    def _on_changes_changed(self) -> None:
        changes = self._workbench.changes.changes
        nodes = changes.changed_nodes if changes is not None else ()
        items = (shown_item(self._state, node) for node in nodes)
        self._drawing.mark_changed(frozenset(item for item in items if item is not None))
        self._show_graph()

    def _say_again(self) -> None:
        """Say what is painted, or is made of parts, in another language."""
        self._pictures.forget()
        self._show_groups()
        self._show_graph()
        self.view.forget_painted()

    # Over the graph

    def _show_progress(self) -> None:
        count = len(self._drawing.union_layout.boxes)
        told = tr_n(
            "Laying out {shown} nodes…", "Laying out {shown} node…", count, shown=counted(count)
        )
        self._overlays.show_hint(told, cancellable=True)

    def _show_readout(self) -> None:
        self._overlays.show_readout(readout_text(self._state))
        self.view.cover(self._overlays.covered())

    def _on_find_resized(self) -> None:
        self._overlays.place()
        self.view.cover(self._overlays.covered())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlays.place()
        self.view.cover(self._overlays.covered())
        self.view.setGeometry(self.rect())
