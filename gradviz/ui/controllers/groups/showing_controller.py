"""Opening and closing groups, going into one, and choosing a closed one."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.group_steps import step_outside
from gradviz.core.graphs.groups import NO_GROUP, Group, Grouping
from gradviz.core.graphs.outline import Showing, group_id, item_id
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.shown.opening import (
    collapse_others,
    depth,
    depths,
    opened_all,
    opened_for,
    with_folded,
    with_toggled,
)
from gradviz.core.graphs.shown.showing import Hidden
from gradviz.ui.controllers.walk_controller import WalkController
from gradviz.ui.state.shown_groups import ShownGroups, next_equal
from gradviz.ui.state.window_state import State


class ShowingController(QObject):
    """Writes the state's ShownGroups; a node that is chosen is always seen."""

    def __init__(self, state: State, walk: WalkController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._walk = walk
        self._groups: tuple[Group, ...] = ()
        state.model_built.connect(self._begin)
        state.recorded.connect(self._begin)
        state.selection_changed.connect(self._show_selected)
        state.cursor_moved.connect(self._forget_selected)

    # Choosing

    def select(self, item: str | None) -> None:
        """Choose a node, or the box or frame of a group, by its id in the picture."""
        group = item if item is not None and self._is_group(item) else ""
        before = self._shown.selected
        self._shown.selected = group
        node = None if group else item
        if node != self._state.selected:
            self._walk.select(node)
        elif group != before:
            self._state.selection_changed.emit()

    def find(self, item: str) -> None:
        """Choose a node, or the group of a box or frame, and open all groups that hide it."""
        group = group_id(item)
        if group is None or group not in self._grouping.index:
            self._walk.select(item)
            # It may have been chosen before, and its group closed since.
            self._show_selected()
            return
        if not self._is_group(item):
            self._show(self._looked_at, lambda graph, showing: opened_for(graph, showing, group))
        self.select(item)

    def find_shared(self) -> None:
        """Choose the parameter that the chosen box, frame or node shares with others."""
        graph, item = self._state.graph, self.item
        leaf = self._shown.shared_at(graph, item) if graph is not None and item else None
        if leaf is not None:
            self.find(leaf)

    def take(self, showing: Showing) -> None:
        """Show what was shown of a graph before; groups that it does not have are left out."""
        known = self._grouping.index

        def kept(ids: frozenset[str]) -> frozenset[str]:
            return frozenset(each for each in ids if not each or each in known)

        root = showing.root if showing.root in known else ""
        opened, unfolded, spread = map(kept, (showing.opened, showing.unfolded, showing.spread))
        changes = {"opened": opened, "unfolded": unfolded, "spread": spread, "root": root}
        self._set(msgspec.structs.replace(showing, **changes))

    # Opening and closing

    def open(self, item: str) -> None:
        """Open a closed group, or show the groups of a fold one by one."""
        graph = self._state.graph
        if graph is not None and self._is_closed(item):
            outline = self._shown.outline_of(graph)
            folded = outline.folds.get(item, ()) if outline is not None else ()
            # The first of a fold takes its place.
            becomes = item_id(folded[0]) if folded else item
            self._set(with_toggled(graph, self._shown.showing, item), item, becomes)

    def close(self, item: str) -> None:
        """Close the group of a frame, or the one around a node or a closed group."""
        frame = self._frame_at(item)
        if frame is not None:
            chosen = self._state.selected is not None or bool(self._shown.selected)
            self._show(frame, lambda graph, showing: with_toggled(graph, showing, frame))
            self.select(frame if chosen else None)

    def toggle(self, item: str) -> None:
        """Open a closed group, and close an open one."""
        if self._frame_at(item) == item:
            self.close(item)
        else:
            self.open(item)

    def expand_within(self, item: str) -> None:
        """Open a group with all groups within it."""
        group = self._group_at(item)
        if group is not None:
            self._show(item, lambda graph, showing: opened_all(graph, showing, group))

    def collapse_others(self, item: str) -> None:
        """Close all groups but those around a node or group, and itself."""
        wanted = group_id(item) or item
        self._show(item, lambda graph, showing: collapse_others(graph, showing, wanted))

    def expand_all(self) -> None:
        """Open every group."""
        self._show(self._looked_at, opened_all)

    def close_all(self) -> None:
        """Close every group."""
        self.show_depth(0)

    def show_depth(self, levels: int) -> None:
        """Open the groups of the first levels, and close all others."""
        self._show(self._looked_at, lambda graph, showing: depth(graph, levels, showing))

    def draw_parameters(self, drawn: bool) -> None:
        """Draw the parameters of modules as nodes, or leave them in the boxes of their modules."""
        change = {"parameters": drawn}
        self._show(self._looked_at, lambda _, showing: msgspec.structs.replace(showing, **change))

    def hide_views(self, hidden: bool) -> None:
        """Leave out the operations that change a shape alone, so that edges run through them."""
        change: dict[str, frozenset[Hidden]] = {
            "hidden": frozenset({"views"}) if hidden else frozenset()
        }
        self._show(self._looked_at, lambda _, showing: msgspec.structs.replace(showing, **change))

    def choose_names(self, names: NodeNames) -> None:
        """Name nodes by the operations of the forward pass, or as PyTorch's backward does."""
        shown = self._shown
        if names != shown.names:
            shown.use_names(names)
            shown.anchor = shown.anchor_becomes = self._looked_at
            shown.changed.emit()

    def fold(self, item: str) -> None:
        """Fold the groups that are equal to that of a box or frame, where they are in a row."""
        group = self._group_at(item)
        if group is not None:
            self._show("", lambda graph, showing: with_folded(graph, showing, group))

    def page(self, by: int) -> None:
        """Open the next (1) or the one before (-1) of equal groups in a row in place of one."""
        item = self.item
        here = self._group_at(item) if item is not None else None
        graph = self._state.graph
        there = next_equal(graph, here, by) if graph is not None and here is not None else None
        if graph is None or here is None or there is None:
            return
        showing = self._shown.showing
        opened = showing.opened - {here}
        turned = opened_for(graph, msgspec.structs.replace(showing, opened=opened), there)
        turned = msgspec.structs.replace(turned, opened=turned.opened | {there})
        frame = item_id(here)
        self._set(turned, frame if self._frame_at(frame) == frame else "", item_id(there))
        self.select(item_id(there))

    def enter(self, item: str) -> None:
        """Make a group the whole canvas."""
        group = group_id(item)
        if group is not None and group in self._grouping.index:
            self._shown.selected = ""
            showing = self._shown.showing
            opened = showing.opened | {group}
            self._set(msgspec.structs.replace(showing, root=group, opened=opened))

    def leave_to(self, root: str) -> None:
        """Make the group with that id the whole canvas, "" for the whole graph."""
        if root != self._shown.showing.root:
            self._set(msgspec.structs.replace(self._shown.showing, root=root))

    def leave(self) -> None:
        """Show the group around that which is the whole canvas."""
        around = self.root_path()
        if around:
            self.leave_to(around[-2].id if len(around) > 1 else "")

    # What there is

    @property
    def level(self) -> int:
        """Return how many levels of groups are open, as far as all groups of a level are."""
        opened, grouping = self._shown.showing.opened, self._grouping
        closed = (
            level - 1
            for group, level in zip(grouping.groups, grouping.levels, strict=True)
            if group.id not in opened
        )
        return min(closed, default=self.deepest)

    @property
    def deepest(self) -> int:
        """Return how many levels of groups there are."""
        graph = self._state.graph
        return depths(graph) if graph is not None else 0

    def root_path(self) -> tuple[Group, ...]:
        """Return the group that is the whole canvas with those around it, the outermost first."""
        grouping = self._grouping
        place = grouping.index.get(self._shown.showing.root, NO_GROUP)
        return tuple(grouping.groups[each] for each in grouping.around(place))

    @property
    def item(self) -> str | None:
        """Return the chosen box or frame, or what is drawn for the inspected node."""
        return self._state.inspected_item

    def open_chosen(self) -> None:
        """Open the chosen box, or that of the current step."""
        self._with_chosen(self.open)

    def close_chosen(self) -> None:
        """Close the chosen frame, or that around the chosen box or node."""
        self._with_chosen(self.close)

    def expand_chosen(self) -> None:
        """Open the chosen group with all within it."""
        self._with_chosen(self.expand_within)

    def fold_chosen(self) -> None:
        """Fold the groups that are equal to the chosen one."""
        self._with_chosen(self.fold)

    def collapse_others_than_chosen(self) -> None:
        """Close all groups but those around what is chosen."""
        self._with_chosen(self.collapse_others)

    def enter_chosen(self) -> None:
        """Make the chosen group the whole canvas."""
        self._with_chosen(self.enter)

    def _with_chosen(self, act: Callable[[str], None]) -> None:
        if self.item is not None:
            act(self.item)

    # Steps

    def step_over(self) -> None:
        """Go on until another box is worked on."""
        state, graph = self._state, self._state.graph
        node = state.current_node
        if graph is None or node is None:
            self._walk.move_cursor(state.cursor + 1)
            return
        outline = self._shown.outline_of(graph)
        if outline is None:
            self._walk.move_cursor(state.cursor + 1)
            return
        item_of = outline.item_of
        at = item_of.get(node)
        self._go_outside(lambda each: item_of.get(each) == at)

    def step_into(self) -> None:
        """Open the closed group that is worked on; else take one step, and open its group."""
        state = self._state
        item = self._closed_now()
        if item is None:
            self._walk.move_cursor(state.cursor + 1)
            item = self._closed_now()
        if item is not None:
            self.open(item)

    def step_out(self) -> None:
        """Go on until the pass has left the innermost group of the current node."""
        state, graph = self._state, self._state.graph
        node = state.current_node
        item = self._shown.item_of(graph, node) if graph is not None and node else None
        if graph is None or item is None:
            return
        frame = item if self._is_group(item) else self._frame_at(item)
        index = self._shown.index_of(graph)
        if frame is None or index is None:
            self._walk.move_cursor(state.cursor + 1)
        else:
            within = frozenset(index.members(frame))
            self._go_outside(lambda each: each in within)

    def _go_outside(self, is_inside: Callable[[str], bool]) -> None:
        trace, cursor = self._state.trace, self._state.cursor
        self._walk.move_cursor(step_outside(trace, cursor, is_inside))

    def _closed_now(self) -> str | None:
        """Return the closed group that hides the current node."""
        graph, node = self._state.graph, self._state.current_node
        item = self._shown.item_of(graph, node) if graph is not None and node else None
        return item if item is not None and self._is_closed(item) else None

    # Following the state

    def _begin(self) -> None:
        """Begin with the first picture where other groups than before have come."""
        groups = self._state.graph.groups if self._state.graph is not None else ()
        if groups is self._groups or groups == self._groups:
            return
        self._groups = groups
        self._shown.selected = ""
        graph = self._state.graph
        self._set(self._shown.first(graph) if graph is not None else Showing())

    def _show_selected(self) -> None:
        """Open all groups that hide the selected node."""
        state, graph = self._state, self._state.graph
        node = state.selected
        if node is None:
            return
        self._shown.selected = ""
        if graph is None or not graph.groups or node not in graph.node:
            return
        item = self._shown.item_of(graph, node)
        if item is None or self._is_closed(item):
            self._show(item or "", lambda graph, showing: opened_for(graph, showing, node))

    def _forget_selected(self) -> None:
        self._shown.selected = ""

    def _show(self, anchor: str, change: Callable[[Graph, Showing], Showing]) -> None:
        """Show more or less, while `anchor` stays where it is."""
        graph = self._state.graph
        if graph is not None:
            self._set(change(graph, self._shown.showing), anchor)

    def _set(self, showing: Showing, anchor: str = "", becomes: str = "") -> None:
        """Show another part of the graph; without an anchor it is fitted anew.

        Where the anchor `becomes` another item, that one is put in its place.
        """
        graph, shown = self._state.graph, self._shown
        if graph is None or showing == shown.showing:
            return
        node = self._first_node(graph, anchor)
        shown.showing = showing
        found = becomes or anchor
        if not (shown.is_group(graph, found) or found in shown.drawn(graph).node):
            found = shown.item_of(graph, node) or ""
        shown.anchor, shown.anchor_becomes = anchor, found
        shown.changed.emit()

    def _first_node(self, graph: Graph, item: str) -> str:
        """Return a node of a box or frame by its id, a node itself."""
        # Without an anchor no outline is to be made of what is shown no more.
        index = self._shown.index_of(graph) if item else None
        if index is None or not self._shown.is_group(graph, item):
            return item
        return next(iter(index.members(item)), item)

    @property
    def _shown(self) -> ShownGroups:
        return self._state.shown

    @property
    def _grouping(self) -> Grouping:
        graph = self._state.graph
        return graph.grouping if graph is not None else Grouping((), ())

    @property
    def _looked_at(self) -> str:
        """Return the box that stays in place where nothing else is meant."""
        graph = self._state.graph
        return self.item or (self._shown.drawn(graph).output if graph is not None else "")

    def _frame_at(self, item: str) -> str | None:
        graph = self._state.graph
        return self._shown.frame_at(graph, item) if graph is not None else None

    def _is_closed(self, item: str) -> bool:
        graph = self._state.graph
        return graph is not None and self._shown.is_closed(graph, item)

    def _is_group(self, item: str) -> bool:
        graph = self._state.graph
        return graph is not None and self._shown.is_group(graph, item)

    def _group_at(self, item: str) -> str | None:
        graph = self._state.graph
        return self._shown.group_at(graph, item) if graph is not None else None
