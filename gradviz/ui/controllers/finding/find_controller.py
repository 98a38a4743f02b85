"""Find: the items for which a query holds, lit on the canvas and visited one after the other."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import group_id
from gradviz.core.language.saying import said_again, tr
from gradviz.core.number_text import counted
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.finding.graph_search import FoundItems, GraphSearch
from gradviz.ui.controllers.groups.showing_controller import ShowingController
from gradviz.ui.state.window_state import State

#: Other recordings are searched when they have rested for so long.
_REST_MS: Final = 150


class FindController(QObject):
    """Keeps the text that was looked for last, its hits and the one that is visited.

    Attributes:
        text: The query as it was typed.
        error: Why it is none, in a sentence.
        hits: The ids of the found items, best first.
        place: The place of the visited hit among them; None before the first.
        active: Whether the bar is open, so that hits are lit.
    """

    changed = Signal()
    #: Other items are to be lit, or none.
    lit_changed = Signal()
    #: The bar is to be opened.
    wanted = Signal()

    def __init__(self, state: State, showing: ShowingController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._showing = showing
        self._search = GraphSearch(state, self)
        self._search.found.connect(self._on_found)
        self.text = self.error = ""
        self.hits: tuple[str, ...] = ()
        self.place: int | None = None
        self.active = False
        self._told_lit: tuple[str, ...] = ()
        #: The move that was asked for before the hits were there.
        self._waiting = 0
        self._again = DebouncedQuestion(
            _REST_MS, lambda: self.active and bool(self.text), self._look_again, self
        )
        state.recorded.connect(self._again.ask_after_rest)
        state.model_built.connect(self._on_model_built)
        state.language_changed.connect(self._say_again)

    @property
    def lit(self) -> tuple[str, ...]:
        """Return the hits that are to be lit: all of them while the bar is open."""
        return self.hits if self.active else ()

    @property
    def visited(self) -> str | None:
        """Return the visited hit."""
        return self.hits[self.place] if self.place is not None else None

    @property
    def count_text(self) -> str:
        """Return how many hits there are, and which of them is visited: `3 of 12`."""
        if not self.text.strip() or self.error:
            return ""
        if self._search.busy:
            return tr("Searching…")
        if not self.hits:
            return tr("Nothing found")
        if self.place is None:
            return tr("{count} found", count=counted(len(self.hits)))
        part, total = counted(self.place + 1), counted(len(self.hits))
        return tr("{part} of {total}", part=part, total=total)

    @property
    def visited_text(self) -> str:
        """Return the name of the visited hit, with the group that it is in."""
        graph, item = self._state.graph, self.visited
        return "" if graph is None or item is None else item_text(graph, item)

    def open(self) -> None:
        """Open the bar, and light the hits of the last text."""
        self.active = True
        self.wanted.emit()
        self._tell_lit()
        if self.text:
            self._look_again()
        self.changed.emit()

    def close(self) -> None:
        """Close the bar; the text is kept for the next time."""
        self.active = False
        self._tell_lit()
        self.changed.emit()

    def look_for(self, text: str) -> None:
        """Look for another text, without going to a hit."""
        self.text, self.place, self._waiting = text, None, 0
        self._search.look_for(text)
        self.changed.emit()

    def go(self, by: int) -> None:
        """Go to the next hit, or to the one before for -1; the last is followed by the first."""
        if not self.active:
            self.open()
        if self._search.busy:
            self._waiting = by
        elif self.hits:
            first = 0 if by > 0 else len(self.hits) - 1
            self.place = first if self.place is None else (self.place + by) % len(self.hits)
            self._showing.find(self.hits[self.place])
            self.changed.emit()

    def _tell_lit(self) -> None:
        if self.lit != self._told_lit:
            self._told_lit = self.lit
            self.lit_changed.emit()

    def _look_again(self) -> None:
        self._search.look_for(self.text)

    def _on_model_built(self) -> None:
        """Forget the hits in another graph."""
        self.hits, self.place = (), None
        self._tell_lit()
        self._again.ask_after_rest()
        self.changed.emit()

    def _say_again(self) -> None:
        """Tell the hits, or the fault of the text, in another language."""
        self.error = said_again(self.error)
        self.changed.emit()

    def _on_found(self, found: FoundItems) -> None:
        visited = self.visited
        self.hits, self.error = found.items, found.error
        # A recording may have brought others; the visited hit stays the same.
        self.place = self.hits.index(visited) if visited in self.hits else None
        self._tell_lit()
        waiting, self._waiting = self._waiting, 0
        if waiting:
            self.go(waiting)
        self.changed.emit()


def item_text(graph: Graph, item: str) -> str:
    """Return the name of a node or group, with the module or group that it is in."""
    group = group_id(item)
    grouping = graph.grouping
    if group is not None:
        place = grouping.index.get(group, NO_GROUP)
        return "" if place == NO_GROUP else f"{group}  {grouping.groups[place].type_name}".strip()
    node = graph.node.get(item)
    if node is None:
        return ""
    around = grouping.group_of[graph.place[item]]
    inside = tr("in {group}", group=grouping.groups[around].id) if around != NO_GROUP else ""
    return "  ".join(part for part in (node.op, node.label, inside) if part)
