"""The highlights on the graph: of choices, marks, finds, an isolated part, and of health."""

from PySide6.QtCore import QObject

from gradviz.core.graphs.isolation import isolation_of, shown_isolation
from gradviz.ui.canvas.lit_items import shown_item, shown_items
from gradviz.ui.canvas.overlays import Overlays
from gradviz.ui.canvas.view import GraphView
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State


class Highlights(QObject):
    """Follows the state with the highlights of `view` and with the bars that belong to them."""

    def __init__(
        self, view: GraphView, overlays: Overlays, state: State, workbench: Workbench
    ) -> None:
        super().__init__(view)
        self._view = view
        self._overlays = overlays
        self._state = state
        self._workbench = workbench
        state.selection_changed.connect(self.show_selected)
        state.isolation_changed.connect(self.show_isolated)
        state.way_begun.connect(self.show_marked)
        state.picked_changed.connect(self.show_marked)
        workbench.health.changed.connect(self._show_health)
        state.language_changed.connect(self._show_health)
        workbench.sources.marked_changed.connect(self.show_marked)
        workbench.finding.lit_changed.connect(self.show_marked)

    def show_selected(self) -> None:
        """Show which node, box or frame is chosen, and bring it into sight."""
        item = self._selected
        self._view.show_selected(item)
        if item is not None:
            self._view.make_visible(item)

    def show_current(self) -> None:
        """Bring the node of the current step into sight."""
        self._view.show_selected(self._selected)
        item = shown_item(self._state, self._state.current_node)
        self._overlays.keep_clear(item)
        if item is not None:
            self._view.make_visible(item)

    def show_marked(self) -> None:
        """Light what was found or the chosen source line made, and what the user has marked."""
        marked = self._workbench.finding.lit or self._workbench.sources.marked
        begins = self._state.way_begins
        ends = begins.nodes if begins is not None else frozenset()
        picked = self._state.picked
        self._view.show_marked(shown_items(self._state, {*marked, *ends, *picked}))

    def show_isolated(self) -> None:
        """Show the isolated part alone in full, everything where there is none."""
        graph, isolated = self._state.graph, self._state.isolated
        shown = None
        if graph is not None and isolated is not None:
            outline = self._state.shown.outline_of(graph)
            shown = shown_isolation(isolation_of(graph, isolated), outline)
        self._view.show_isolated(shown)
        self._overlays.show_isolated(shown is not None)
        self._view.cover(self._overlays.covered())

    def _show_health(self) -> None:
        shades = self._workbench.health.shades
        self._view.show_shades(shades)
        self._overlays.show_legend(shades.legend)
        self._view.cover(self._overlays.covered())

    @property
    def _selected(self) -> str | None:
        """Return the chosen node, box or frame."""
        return self._state.shown.selected or shown_item(self._state, self._state.selected)
