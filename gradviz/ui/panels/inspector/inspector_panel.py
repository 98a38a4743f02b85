"""The inspector: everything about the chosen node, or about the node of the current step."""

from typing import TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.findings.group_times import times_of_groups
from gradviz.core.findings.health import Times
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import marked, said_again, tr
from gradviz.ui.actions.conditions import has_compiled_node
from gradviz.ui.actions.inspect_menu import COMPILED
from gradviz.ui.panels.inspector.accumulation_table import AccumulationCard
from gradviz.ui.panels.inspector.group_costs import Costs
from gradviz.ui.panels.inspector.group_facts import inspect_group, parameters_of
from gradviz.ui.panels.inspector.inspector_card import Card
from gradviz.ui.panels.inspector.inspector_title import TitleLine
from gradviz.ui.panels.inspector.node_facts import Inspection, Section, inspect
from gradviz.ui.panels.inspector.parameter_table import ParameterCard
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.pace import Pace

#: The microseconds of each group, forwards and backwards.
GroupTimes: TypeAlias = tuple[tuple[float | None, float | None], ...]

_FOLLOW_MS = 40
_EMPTY = marked(
    "Names, shapes, gradients and saved tensors of a node will be here. "
    "Click a node of the graph, or press → to take the first step."
)


class InspectorPanel(PanelWidget):
    """Fills its cards when the walk, the selection or the recording changes."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._wanted = context.workbench.inspection.tensor_wanted.emit
        self._sources = context.workbench.sources
        self._health, self._flops = context.workbench.health, context.workbench.flops
        self._places: tuple[Trace | None, RecordedPlaces] | None = None
        self._times: tuple[Graph, Times, GroupTimes] | None = None
        self.title = TitleLine()
        self.place = named(QLabel(wordWrap=True), "secondary")
        self._empty = named(QLabel(tr(_EMPTY), wordWrap=True), "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._cards: list[Card] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(12, 8, 12, 12)
        self._column.setSpacing(10)
        for widget in (self._empty, self.title, self.place):
            self._column.addWidget(widget)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(10)
        self._column.addLayout(self._sections)
        self.measure = named(QPushButton(tr("Measure times")), "measure_group")
        self.measure.clicked.connect(self._health.measure_times)
        self.compiled = named(
            QPushButton(tr(COMPILED.title)), "show_compiled", tip=tr(COMPILED.tip)
        )
        self.compiled.clicked.connect(context.actions[COMPILED].trigger)
        self.parameters = ParameterCard(self._wanted)
        self.accumulation = AccumulationCard()
        self._column.addWidget(self.measure)
        self._column.addWidget(self.compiled)
        self._column.addWidget(self.parameters)
        self._column.addWidget(self.accumulation)
        self._column.addStretch(1)
        self._scroll()
        state = context.state
        changes = (state.selection_changed, state.model_built, state.shown.changed)
        for signal in (state.cursor_moved, *changes):
            signal.connect(self._show)
        # A recording changes the graph too; the numbers beside it follow in a frame of their own.
        self._following = Pace(_FOLLOW_MS, self._show, self)
        state.recorded.connect(self._following.request)
        self._sources.changed.connect(self._following.request)
        for signal in (self._flops.changed, self._health.changed, state.training_changed):
            signal.connect(self._on_costs_changed)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        if not seen:
            self._watch_group(False)

    def refresh(self) -> None:
        self._show()

    def _on_costs_changed(self) -> None:
        if self.seen and self._state.shown.selected:
            self._following.request()

    def _watch_group(self, watched: bool) -> None:
        """Have the figures of groups counted that take another pass or all elements."""
        self._flops.watch(watched)
        self._health.watch_zeros(watched)

    def _scroll(self) -> None:
        content = named(QWidget(), "inspector")
        content.setLayout(self._column)
        area = named(QScrollArea(), title=tr("Inspector"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its room is always reserved: the cards keep their width when there is less to scroll.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _show(self) -> None:
        if not self.seen:
            return
        state = self._state
        group = self._show_group()
        self._watch_group(group)
        self.compiled.setVisible(not group and has_compiled_node(state))
        if group:
            return
        self.measure.hide()
        self.parameters.hide()
        node = state.inspected
        known = node is not None and state.graph is not None and node in state.graph.node
        self._empty.setVisible(not known)
        self.title.setVisible(known)
        self.place.setVisible(known)
        if node is None or state.graph is None or not known:
            self._show_sections(())
            self.accumulation.hide()
            return
        self.accumulation.show_node(state.graph, state.trace, state.cursor, node)
        sources = self._sources.sources
        self._show_inspection(inspect(state.graph, state.trace, state.cursor, node, sources))

    def _show_group(self) -> bool:
        """Show the chosen group, if there is one; tell whether there is."""
        state, item = self._state, self._state.shown.selected
        index = state.shown.index_of(state.graph) if state.graph is not None else None
        if index is None or state.graph is None or not state.shown.is_group(state.graph, item):
            return False
        if self._places is None or self._places[0] is not state.trace:
            self._places = state.trace, RecordedPlaces(state.trace)
        self._empty.hide()
        self.title.show()
        self.place.show()
        self.accumulation.hide()
        places, costs = self._places[1], self._costs(state.graph)
        shown = inspect_group(state.graph, index, places, state.cursor, item, costs)
        self._show_inspection(shown)
        zeros = self._health.zeros
        self.parameters.show_parameters(parameters_of(state.graph, index, state.trace, item, zeros))
        self._offer_to_measure()
        return True

    def _costs(self, graph: Graph) -> Costs:
        """Return the operations and times of all groups, or why they are not known."""
        health, flops, times = self._health, self._flops, self._health.times
        note = health.timing_failure or tr("not measured")
        if health.timing:
            note = tr("being measured")
        if times is not None and not times.nodes:
            note = said_again(times.note)
        return Costs(
            flops=flops.of_groups,
            flops_note=flops.note,
            times=self._times_of(graph, times) if times is not None and times.nodes else (),
            times_note=note,
        )

    def _times_of(self, graph: Graph, times: Times) -> GroupTimes:
        known = self._times
        if known is None or known[0] is not graph or known[1] is not times:
            known = self._times = graph, times, times_of_groups(graph, times)
        return known[2]

    def _offer_to_measure(self) -> None:
        """Offer to measure the times where that was not done."""
        running = self._state.progress.running
        self.measure.setVisible(self._health.times is None and not self._health.timing)
        self.measure.setEnabled(not running and self._state.trace is not None)
        self.measure.setToolTip(
            tr("Pause the training first")
            if running
            else tr("Measure how long each node takes, in a pass of its own")
        )

    def _show_inspection(self, inspection: Inspection) -> None:
        self.title.show_names(inspection.title, inspection.name)
        moment = self._state.recorded_moment
        place = " · ".join(filter(None, (inspection.place, moment)))
        if self.place.text() != place:
            self.place.setText(place)
        self._show_sections(inspection.sections)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        while len(self._cards) < len(sections):
            card = Card(self._wanted)
            self._sections.addWidget(card)
            self._cards.append(card)
        for index, card in enumerate(self._cards):
            if index < len(sections):
                card.show_section(sections[index])
            if card.isHidden() == (index < len(sections)):
                card.setVisible(index < len(sections))
