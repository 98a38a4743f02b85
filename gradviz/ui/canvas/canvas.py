"""The canvas: the graph with its small bar, its hints, and the layouts that place it."""

from operator import is_not

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolTip, QWidget

from gradviz.core.errors import GradvizError, LayoutError
from gradviz.core.findings.changes import Kept
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import isolation_of, shown_isolation
from gradviz.core.graphs.placement import Direction, Placement
from gradviz.core.graphs.trace import Step
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.graphs.walk import still_to_come
from gradviz.core.number_text import counted
from gradviz.render.picture import Picture
from gradviz.ui.actions import edit_menu, groups_actions, isolation_actions, view_menu
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.item_actions import actions_on, menu_with
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.canvas.drawing import Arrangement, Drawing, DrawnGraph
from gradviz.ui.canvas.find_bar import FindBar
from gradviz.ui.canvas.graph_keys import GraphKeys
from gradviz.ui.canvas.group_bars import DepthSlider
from gradviz.ui.canvas.layouter import Layouter
from gradviz.ui.canvas.lit_items import shown_items
from gradviz.ui.canvas.minimap import Minimap
from gradviz.ui.canvas.overlays import Overlays
from gradviz.ui.canvas.pictures import Pictures
from gradviz.ui.canvas.readout import (
    changes_text,
    facts_text,
    hover_text,
    readout_text,
    shared_text,
)
from gradviz.ui.canvas.view import Anchor, GraphView
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import EngineStatus, State
from gradviz.ui.widgets.background_work import Piecemeal
from gradviz.ui.widgets.theme import Theme

#: A layout that takes longer than this shows a hint and Cancel.
_PATIENCE_MS = 500
#: The hints in place of a graph, by the status of the engine.
_EMPTY: dict[EngineStatus, str] = {
    "starting": "Starting PyTorch…",
    "ready": "The autograd graph will be here. Type an expression above.",
    "ended": "The engine has ended. Model ▸ Restart engine starts it again.",
}
#: The menu of the graph itself.
_OF_THE_GRAPH = (view_menu.FIT, view_menu.DIRECTION, edit_menu.FIND, isolation_actions.SHOW_ALL)
_OF_ALL_GROUPS = (groups_actions.EXPAND_ALL, groups_actions.CLOSE_ALL, groups_actions.LEAVE)
_TRY_AGAIN = "Model ▸ Rebuild tries again."


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._actions = actions
        self._theme = theme
        self._direction: Direction = "TB"
        #: The number of the layout job in progress, and the arrangement that it will place.
        self._job = 0
        self._waiting: Arrangement | None = None
        #: An arrangement whose layout was cancelled is not laid out again by itself.
        self._given_up: Arrangement | None = None
        self._drawing = Drawing()
        self._pictures = Pictures(state, Piecemeal(self))
        #: The box that stays in place, with the item behind it, while groups are opened or closed.
        self._anchor: Anchor | None = None
        #: The placement and marks that the view has: a change of values alone sets neither again.
        self._given: tuple[Placement, Marks] | None = None
        self.view = GraphView(theme.look, self)
        self.layouter = Layouter(self)
        self.find_bar = FindBar(workbench.finding, self)
        self.minimap = Minimap(self.view, theme.look, self)
        self.minimap.want(state.minimap)
        self._overlays = Overlays(
            actions, self, theme.look, state, workbench.showing, self.find_bar, self.minimap
        )
        keyed = (*groups_actions.VIEW, view_menu.MARK_NOTHING, *isolation_actions.ACTIONS)
        self._keys = GraphKeys(self.view, actions, keyed)
        self._watchdog = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._watchdog.timeout.connect(self._show_progress)
        self._connect()
        self._overlays.show_hint(_EMPTY["starting"])

    def _connect(self) -> None:
        state = self._state
        self.layouter.placed.connect(self._on_placed)
        self.layouter.failed.connect(self._on_failed)
        self.layouter.noticed.connect(state.noticed)
        self.layouter.withdrawn.connect(state.withdrawn)
        self._overlays.cancelled.connect(self.layouter.cancel)
        self.view.node_clicked.connect(self._choose)
        self.view.banded.connect(self._mark_items)
        self.view.way_wanted.connect(self._show_way_to)
        self.view.node_activated.connect(self._workbench.showing.toggle)
        self.view.node_hovered.connect(self._on_node_hovered)
        self.view.menu_wanted.connect(self._open_menu)
        state.model_built.connect(self._on_model_built)
        state.recorded.connect(self._on_graph_changed)
        state.cursor_moved.connect(self._on_cursor_moved)
        state.selection_changed.connect(self._on_selection_changed)
        state.isolation_changed.connect(self._on_isolation_changed)
        state.way_begun.connect(self._on_marked_changed)
        state.picked_changed.connect(self._on_marked_changed)
        state.shown.changed.connect(self._on_showing_changed)
        state.minimap_changed.connect(lambda: self.minimap.want(state.minimap))
        state.engine_changed.connect(self._on_engine_changed)
        self._workbench.health.changed.connect(self._on_health_changed)
        self._workbench.sources.marked_changed.connect(self._on_marked_changed)
        self._workbench.finding.lit_changed.connect(self._on_marked_changed)
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
        picked, item = self._state.picked, self._state.inspected_item
        items = shown_items(self._state, picked) if picked else {item} if item else frozenset()
        self.view.fit_items(items)

    def turn_direction(self) -> None:
        """Lay the graph out downwards or to the right."""
        self._direction = "LR" if self._direction == "TB" else "TB"
        self._given_up = None
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
        graph, node = self._state.graph, self._state.inspected
        if graph is not None and node is not None and node in graph.node:
            found = graph.node[node]
            name = found.op if found.kind == "leaf" else found.name
            QGuiApplication.clipboard().setText(name)

    def copy_values(self) -> None:
        """Put the value and the gradient of the inspected node into the clipboard."""
        graph, node = self._state.graph, self._state.inspected
        if graph is not None and node is not None and node in graph.node:
            reached, coming = self._reached(node)
            text = facts_text(graph, reached, node, coming=coming)
            QGuiApplication.clipboard().setText(text)

    @property
    def depth_slider(self) -> DepthSlider:
        """Return the slider that opens groups level by level."""
        return self._overlays.depth

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

    def picture(self) -> Picture | None:
        """Return the picture of the graph at the cursor, None without a graph."""
        return self._pictures.now()

    def leave_above(self, height: int) -> None:
        """Move what stands over the graph down by `height`; the graph stays where it is."""
        self._overlays.leave_above(height)

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
        self._given_up = None
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
        self._given_up = None
        self._keep(self._workbench.changes.kept)
        self._begin_drawing()
        self._show_groups()
        self._on_graph_changed()
        self._on_marked_changed()

    def _on_graph_changed(self) -> None:
        """Show the graph, and have it laid out where that has not been done."""
        graph, drawing = self._state.graph, self._drawing
        if graph is None:
            return
        drawing.take(self._drawn_of(graph))
        wanted = drawing.arrangement(self._direction)
        if wanted == drawing.placed:
            self._stop_waiting()
        elif wanted not in (self._waiting, self._given_up):
            self._waiting = wanted
            union_layout = drawing.union_layout
            self._job = self.layouter.place(
                union_layout.boxes,
                union_layout.links,
                self._direction,
                frames=wanted.frames if graph.groups else None,
                frame_of=union_layout.frame_of,
            )
            self._watchdog.start()
        self._show_graph()
        self._on_isolation_changed()

    def _on_placed(self, job: int, placement: Placement) -> None:
        arrangement = self._waiting
        if job != self._job or arrangement is None:
            return
        self._stop_waiting()
        kept = self._drawing.place(arrangement, placement)
        anchor, self._anchor = self._anchor, None
        self.placed.emit(placement)
        self._show_graph(another=not kept and anchor is None, anchor=anchor)
        self._on_selection_changed()

    def _on_failed(self, job: int, error: GradvizError) -> None:
        if job != self._job:
            return
        self._given_up = self._waiting
        self._stop_waiting()
        if self._drawing.placed is None:
            self._overlays.show_hint(f"This graph has no picture. {_TRY_AGAIN}")
        self._workbench.report("layout", LayoutError(error.message, error.hint or _TRY_AGAIN))

    def _stop_waiting(self) -> None:
        """Wait for no layout any more: an answer that still comes is not shown."""
        self._job, self._waiting = 0, None
        self._watchdog.stop()
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
        self.view.show_selected(self._selected_item)
        item = self._item_of(self._state.current_node)
        if item is not None:
            self.view.make_visible(item)

    def _on_selection_changed(self) -> None:
        item = self._selected_item
        self.view.show_selected(item)
        if item is not None:
            self.view.make_visible(item)

    @property
    def _selected_item(self) -> str | None:
        """Return the chosen node, box or frame."""
        return self._state.shown.selected or self._item_of(self._state.selected)

    def _item_of(self, node: str | None) -> str | None:
        graph = self._state.graph
        if node is None or graph is None:
            return None
        return self._state.shown.item_of(graph, node)

    def _on_engine_changed(self) -> None:
        if self._drawing.placed is None and self._waiting is None:
            self._overlays.show_hint(_EMPTY[self._state.engine])

    def _on_health_changed(self) -> None:
        shades = self._workbench.health.shades
        self.view.show_shades(shades)
        self._overlays.show_legend(shades.legend)
        self.view.cover(self._overlays.covered())

    def _on_marked_changed(self) -> None:
        """Light what was found or the chosen source line made, and what the user has marked."""
        marked = self._workbench.finding.lit or self._workbench.sources.marked
        begins = self._state.way_begins
        ends = begins.nodes if begins is not None else frozenset()
        picked = self._state.picked
        self.view.show_marked(shown_items(self._state, {*marked, *ends, *picked}))

    def _on_kept_changed(self) -> None:
        """Lay out the graph of the kept recording together with the shown one."""
        self._keep(self._workbench.changes.kept)
        self._given_up = None
        self._on_graph_changed()

    def _keep(self, kept: Kept | None) -> None:
        self._drawing.keep(kept, self._drawn_of(kept.graph) if kept is not None else None)

    def _on_changes_changed(self) -> None:
        changes = self._workbench.changes.changes
        nodes = changes.changed_nodes if changes is not None else ()
        items = (self._item_of(node) for node in nodes)
        self._drawing.mark_changed(frozenset(item for item in items if item is not None))
        self._show_graph()

    def _on_node_hovered(self, node: str | None) -> None:
        graph = self._state.graph
        about = self._pictures.group_text(node) if node is not None else ""
        shared = self._shared_text(node)
        if about:
            QToolTip.showText(QCursor.pos(), "<br>".join(filter(None, (about, shared))), self.view)
            return
        if node is None or graph is None or node not in self._state.shown.drawn(graph).node:
            QToolTip.hideText()
            return
        reached, coming = self._reached(node)
        text = hover_text(self._state.shown.drawn(graph), reached, node, coming=coming)
        QToolTip.showText(QCursor.pos(), "<br>".join(filter(None, (text, shared))), self.view)

    def _shared_text(self, item: str | None) -> str:
        graph = self._state.graph
        index = self._state.shown.index_of(graph) if graph is not None else None
        if graph is None or index is None or item is None:
            return ""
        return shared_text(graph, index.shared, item)

    def _reached(self, node: str) -> tuple[tuple[Step, ...], bool]:
        """Return the backward steps so far, and whether the node has no value yet."""
        state = self._state
        return state.steps[: max(0, state.cursor)], node in still_to_come(state.trace, state.cursor)

    def _open_menu(self, node: str | None, at: QPoint) -> None:
        """Open the menu of a node, which is selected by that, or of the graph."""
        if self._state.graph is None:
            return
        if node is not None:
            self._workbench.showing.select(node)
        menu = self.menu_of(node)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu_of(self, node: str | None) -> QMenu:
        """Return the menu of a node that is selected; None: that of the graph."""
        return menu_with(self._actions_on(node), self._actions, self)

    def _actions_on(self, item: str | None) -> tuple[Action | None, ...]:
        graph = self._state.graph
        if item is None or graph is None:
            grouped = graph is not None and bool(graph.groups)
            return (*_OF_THE_GRAPH, SEPARATOR, *_OF_ALL_GROUPS) if grouped else _OF_THE_GRAPH
        return actions_on(self._state, item)

    def _choose(self, item: str | None) -> None:
        """Choose what was clicked; a click on the ground takes the marks away too."""
        self._workbench.showing.select(item)
        if item is None:
            self._workbench.pick(frozenset())

    def _mark_items(self, items: frozenset[str]) -> None:
        """Mark all nodes behind the boxes in a rectangle."""
        graph, shown = self._state.graph, self._state.shown
        if graph is not None:
            nodes = (shown.nodes_of(graph, item) for item in items)
            self._workbench.pick(frozenset().union(*nodes))

    def _show_way_to(self, item: str) -> None:
        """Show the way from what is chosen to another node or group; the first one is chosen."""
        if not self._workbench.isolation.way_to(item):
            self._workbench.showing.select(item)

    def _on_isolation_changed(self) -> None:
        graph, isolated = self._state.graph, self._state.isolated
        shown = None
        if graph is not None and isolated is not None:
            outline = self._state.shown.outline_of(graph)
            shown = shown_isolation(isolation_of(graph, isolated), outline)
        self.view.show_isolated(shown)
        self._overlays.show_isolated(shown is not None)
        self.view.cover(self._overlays.covered())

    # Over the graph

    def _show_progress(self) -> None:
        count = len(self._drawing.union_layout.boxes)
        self._overlays.show_hint(f"Laying out {counted(count)} nodes…", cancellable=True)

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
