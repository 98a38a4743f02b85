"""Opening and closing groups, going into one, and choosing a closed one."""

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QObject

from gradviz.core.graphs.group_steps import step_outside
from gradviz.core.graphs.groups import NO_GROUP, Group, Grouping
from gradviz.core.graphs.outline import Showing, group_id
from gradviz.ui.controllers.walk_controller import WalkController
from gradviz.ui.state.shown_groups import ShownGroups
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

    def reveal(self, item: str) -> None:
        """Choose a node or a group, however deep, with all groups open that hide it."""
        grouping, shown = self._grouping, self._shown.showing
        place = grouping.index.get(group_id(item) or "")
        if place is not None:
            around = {grouping.groups[each].id for each in grouping.around(place)[:-1]}
            root = shown.root if shown.root in around else ""
            self._show(self._looked_at, opened=shown.opened | around, root=root)
        self.select(item)

    # Opening and closing

    def open(self, item: str) -> None:
        """Open a closed group."""
        group = group_id(item)
        if group is not None:
            self._show(item, opened=self._shown.showing.opened | {group})

    def close(self, item: str) -> None:
        """Close the group of a frame, or the one around a node or a closed group."""
        frame = self.frame_at(item)
        if frame is not None:
            chosen = self._state.selected is not None or bool(self._shown.selected)
            self._show(frame, opened=self._shown.showing.opened - {group_id(frame) or ""})
            self.select(frame if chosen else None)

    def toggle(self, item: str) -> None:
        """Open a closed group, and close an open one."""
        if item in self._frames:
            self.close(item)
        else:
            self.open(item)

    def expand_within(self, item: str) -> None:
        """Open a group with all groups within it."""
        grouping, place = self._grouping, self._place(item)
        if place is not None:
            within = {grouping.groups[each].id for each in _below(grouping, place)}
            self._show(item, opened=self._shown.showing.opened | within)

    def collapse_others(self, item: str) -> None:
        """Close all groups but those around a node or group, and itself."""
        grouping, place = self._grouping, self._place(item)
        if place is not None:
            kept = {grouping.groups[each].id for each in grouping.around(place)}
            self._show(item, opened=self._shown.showing.opened & kept)

    def expand_all(self) -> None:
        """Open every group."""
        self._show(self._looked_at, opened=frozenset(each.id for each in self._grouping.groups))

    def close_all(self) -> None:
        """Close every group."""
        self._show(self._looked_at, opened=frozenset())

    def show_depth(self, depth: int) -> None:
        """Open all groups that have fewer than `depth` others around them."""
        depths = depths_of(self._grouping)
        groups = self._grouping.groups
        opened = {each.id for each, deep in zip(groups, depths, strict=True) if deep < depth}
        self._show(self._looked_at, opened=frozenset(opened))

    def enter(self, item: str) -> None:
        """Make a group the whole canvas."""
        group = group_id(item)
        if group is not None and group in self._grouping.index:
            self._shown.selected = ""
            opened = self._shown.showing.opened | {group}
            self._show("", root=group, opened=opened)

    def leave_to(self, root: str) -> None:
        """Make the group with that id the whole canvas, "" for the whole graph."""
        if root != self._shown.showing.root:
            self._show("", root=root)

    def leave(self) -> None:
        """Show the group around that which is the whole canvas."""
        around = self.root_path()
        if around:
            self.leave_to(around[-2].id if len(around) > 1 else "")

    # What there is

    @property
    def depth(self) -> int:
        """Return how many levels of groups are open, as far as all groups of a level are."""
        opened, groups = self._shown.showing.opened, self._grouping.groups
        depths = depths_of(self._grouping)
        closed = [deep for each, deep in zip(groups, depths, strict=True) if each.id not in opened]
        return min(closed, default=self.deepest)

    @property
    def deepest(self) -> int:
        """Return how many levels of groups there are."""
        return max(depths_of(self._grouping), default=-1) + 1

    def root_path(self) -> tuple[Group, ...]:
        """Return the group that is the whole canvas with those around it, the outermost first."""
        grouping = self._grouping
        place = grouping.index.get(self._shown.showing.root, NO_GROUP)
        return tuple(grouping.groups[each] for each in grouping.around(place))

    @property
    def item(self) -> str | None:
        """Return the chosen box or frame, or what is drawn for the inspected node."""
        return self._state.inspected_item

    def frame_at(self, item: str) -> str | None:
        """Return the frame that this is, or that is around it; None where there is none."""
        if item in self._frames:
            return item
        graph = self._state.graph
        outline = self._shown.outline_of(graph) if graph is not None else None
        return (outline.frame_of.get(item) or None) if outline is not None else None

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
        frame = item if self._is_group(item) else self.frame_at(item)
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
        self._shown.selected = self._shown.anchor = ""
        self._shown.showing = Showing()
        self._shown.changed.emit()

    def _show_selected(self) -> None:
        """Open all groups that hide the selected node."""
        state, graph = self._state, self._state.graph
        if state.selected is None:
            return
        self._shown.selected = ""
        if graph is None or not graph.groups or state.selected not in graph.node:
            return
        item = self._shown.item_of(graph, state.selected)
        if item is None or self._is_closed(item):
            grouping = graph.grouping
            place = {node.id: place for place, node in enumerate(graph.nodes)}[state.selected]
            around = {
                grouping.groups[each].id for each in grouping.around(grouping.group_of[place])
            }
            root = self._shown.showing.root if item is not None else ""
            self._show(item or "", opened=self._shown.showing.opened | around, root=root)

    def _forget_selected(self) -> None:
        self._shown.selected = ""

    def _show(self, anchor: str, **changes: object) -> None:
        """Show more or less, while `anchor` stays where it is."""
        showing = msgspec.structs.replace(self._shown.showing, **changes)
        if showing != self._shown.showing:
            self._shown.anchor = anchor
            self._shown.showing = showing
            self._shown.changed.emit()

    @property
    def _shown(self) -> ShownGroups:
        return self._state.shown

    @property
    def _grouping(self) -> Grouping:
        graph = self._state.graph
        return graph.grouping if graph is not None else Grouping((), ())

    @property
    def _frames(self) -> frozenset[str]:
        graph = self._state.graph
        outline = self._shown.outline_of(graph) if graph is not None else None
        return (
            frozenset(frame.id for frame in outline.frames) if outline is not None else frozenset()
        )

    @property
    def _looked_at(self) -> str:
        """Return the box that stays in place where nothing else is meant."""
        graph = self._state.graph
        return self.item or (self._shown.drawn(graph).output if graph is not None else "")

    def _is_closed(self, item: str) -> bool:
        graph = self._state.graph
        node = self._shown.drawn(graph).node.get(item) if graph is not None else None
        return node is not None and node.kind == "group"

    def _is_group(self, item: str) -> bool:
        return self._is_closed(item) or item in self._frames

    def _place(self, item: str) -> int | None:
        """Return the index of a group, or of the innermost one around a node."""
        found = group_id(item)
        if found is None:
            frame = self.frame_at(item)
            found = group_id(frame) if frame is not None else None
        return None if found is None else self._grouping.index.get(found)


def depths_of(grouping: Grouping) -> tuple[int, ...]:
    """Return for each group how many are around it."""
    found: list[int] = []
    for group in grouping.groups:
        found.append(0 if group.parent == NO_GROUP else found[group.parent] + 1)
    return tuple(found)


def _below(grouping: Grouping, place: int) -> Iterable[int]:
    """Yield a group and all groups within it."""
    waiting = [place]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(grouping.children[each])
