"""The picture of the state's graph at the cursor, of all its nodes or of groups."""

from collections.abc import Iterator

from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.trace import Trace
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.picture import FrameView, GroupView, Picture
from gradviz.render.picture_cache import PictureCache
from gradviz.ui.canvas.readout import group_text
from gradviz.ui.controllers.rules.local_derivatives import LocalDerivatives
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Piecemeal


class Pictures:
    """Keeps the pictures of the pass that is shown, each made from the one before it."""

    def __init__(self, state: State, derivatives: LocalDerivatives, preparing: Piecemeal) -> None:
        self._state = state
        self._derivatives = derivatives
        self._preparing = preparing
        self._plain: PictureCache | None = None
        self._outlined: OutlinePictures | None = None
        self._places: tuple[Trace | None, RecordedPlaces] | None = None

    def now(self) -> Picture | None:
        """Return the picture at the cursor, None without a graph."""
        graph, trace, cursor = self._state.graph, self._state.trace, self._state.cursor
        if graph is None:
            return None
        index, local = self._state.shown.index_of(graph), self._derivatives.shown
        if index is None:
            plain, drawn = self._plain, self._state.shown.drawn(graph)
            if (
                plain is None
                or plain.graph is not drawn
                or plain.trace is not trace
                or plain.local is not local
            ):
                plain = self._plain = PictureCache(drawn, trace, local)
                self._prepare(plain.preparation())
            return plain.at(cursor)
        outlined = self._outlined
        if (
            outlined is None
            or outlined.index is not index
            or outlined.trace is not trace
            or outlined.local is not local
        ):
            places = self._places_of(trace)
            outlined = self._outlined = OutlinePictures(index, trace, local, places)
            self._prepare(outlined.preparation())
        return outlined.at(cursor)

    def forget(self) -> None:
        """Make the pictures anew: their words are to be those of another language."""
        self._plain = self._outlined = None

    def _places_of(self, trace: Trace | None) -> RecordedPlaces:
        """Return the places in the pass, which are the same however much of the graph is shown."""
        if self._places is None or self._places[0] is not trace:
            self._places = trace, RecordedPlaces(trace)
        return self._places[1]

    def _prepare(self, preparation: Iterator[None]) -> None:
        """Look up between events what the first step through a graph has to know."""
        if not self._state.progress.running:
            self._preparing.begin(preparation)

    def group_text(self, item: str) -> str:
        """Return the essentials of a box or frame as rich text; empty for a node."""
        shown = self.now()
        if shown is None:
            return ""
        view = shown.frames.get(item) or shown.nodes.get(item)
        return group_text(view) if isinstance(view, GroupView | FrameView) else ""
