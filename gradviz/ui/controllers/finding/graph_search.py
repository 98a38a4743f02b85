"""Queries to the graph that is shown, answered off the window's thread where it is large."""

from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from gradviz.core.errors import SettingError
from gradviz.core.graphs.search import SearchIndex
from gradviz.core.graphs.search_query import Query, read_query
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Background

#: A smaller graph is searched within a few milliseconds, its preparation included.
_AT_ONCE: Final = 1_000


class FoundItems(NamedTuple):
    """The answer to a text: the items that are found, best first, or why it is no query."""

    text: str
    items: tuple[str, ...] = ()
    error: str = ""


class GraphSearch(QObject):
    """Looks for one text at a time; while it is busy the newest text waits."""

    #: The FoundItems of the text that was asked for last.
    found = Signal(object)

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._index: SearchIndex | None = None
        self._working = False
        self._wanted: tuple[str, Query] | None = None
        self._done: tuple[SearchIndex, FoundItems] | None = None

    @property
    def busy(self) -> bool:
        """Tell whether an answer is to come."""
        return self._wanted is not None

    def look_for(self, text: str) -> None:
        """Answer by `found`: at once for a small graph, a wrong text or an empty one."""
        try:
            query = read_query(text)
        except SettingError as error:
            self._wanted = None
            self.found.emit(FoundItems(text, error=str(error)))
            return
        if self._state.graph is None or not query.terms:
            self._wanted = None
            self.found.emit(FoundItems(text))
            return
        self._wanted = (text, query)
        if not self._working:
            self._begin()

    def _begin(self) -> None:
        graph, wanted = self._state.graph, self._wanted
        if graph is None or wanted is None:
            return
        text, query = wanted
        index = self._current_index()
        if len(graph.nodes) <= _AT_ONCE:
            self._wanted = None
            self.found.emit(FoundItems(text, index.find(query)))
            return

        def work() -> None:
            self._done = (index, FoundItems(text, index.find(query)))

        self._working = True
        Background(work, self._on_done)

    def _current_index(self) -> SearchIndex:
        """Return the index of the graph and pass that are shown, made once for each."""
        state, index = self._state, self._index
        graph = state.graph
        if graph is None:
            raise AssertionError("there is no graph to search")
        if index is None or index.is_of_another(graph, state.trace):
            inputs = state.built.inputs if state.built is not None else {}
            index = self._index = SearchIndex(graph, state.trace, inputs.keys())
        return index

    def _on_done(self, error: Exception | None) -> None:
        self._working = False
        done, self._done = self._done, None
        if error is not None:
            self._wanted = None
            raise error
        wanted, state = self._wanted, self._state
        if wanted is None or done is None or state.graph is None:
            return
        index, found = done
        if found.text == wanted[0] and not index.is_of_another(state.graph, state.trace):
            self._wanted = None
            self.found.emit(found)
        else:
            self._begin()
