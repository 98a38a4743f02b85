"""Health: the colouring of the graph, the thresholds for marks, and the marked nodes."""

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.findings.beginnings import Beginning, beginning_text
from gradviz.core.findings.health import Colouring, Health, NodeHealth, Thresholds
from gradviz.core.findings.source import Sources, made_text
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_names import name_around
from gradviz.core.number_text import counted
from gradviz.protocol.questions import MissingGradients
from gradviz.render.shades import TITLES, number_text
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.places_list import ListedNode, PlacesList
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import NumberBox
from gradviz.ui.widgets.power_spin import PowerSpin
from gradviz.ui.widgets.theme import Theme

#: In the order of the list; each is an action of the View menu too.
COLOURINGS: tuple[Colouring, ...] = ("off", "gradient", "ratio", "zeros", "time")
#: More marked places than this are only counted: nobody reads them.
_MOST_LISTED = 200
_EMPTY = (
    "Where gradients vanish, explode, are dead or not finite will be here. "
    "Type an expression, or choose a model."
)
#: More layers than this scroll.
_LAYERS_SEEN = 4
_USUAL = Thresholds()
#: The list of colours is whole in a narrow column too; the legend has all of a title.
_SHORT_TITLES: dict[Colouring, str] = {"zeros": "Zeros", "time": "Time"}


class HealthPanel(PanelWidget):
    """Follows the health controller; a click on a marked place selects its node."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._controller = context.workbench.health
        self._settings = context.settings
        self.colouring = named(QComboBox(), "colour_by", title="Colour the graph by")
        for colouring in COLOURINGS:
            title = TITLES.get(colouring, "Off")
            self.colouring.addItem(_SHORT_TITLES.get(colouring, title), colouring)
            self.colouring.setItemData(
                self.colouring.count() - 1, title, Qt.ItemDataRole.ToolTipRole
            )
        self._make_thresholds()
        self.note = named(QLabel(wordWrap=True), "secondary", title="About the colours")
        self.origin = named(QPushButton(), "origin", title="First node that is not finite")
        self.line = named(QLabel(wordWrap=True), "secondary", title="The line that made it")
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line.hide()
        self.summary = named(QLabel(wordWrap=True), "place", title="What is marked")
        self.missing = named(QPushButton(), "missing", title="Parameters without gradient")
        self.missing.setToolTip("Click to see why, in the Missing panel")
        self.beginnings = named(
            PlacesList(context.theme, _LAYERS_SEEN), "beginnings", title="Where it begins, by layer"
        )
        self.places = named(PlacesList(context.theme), "marked_places", title="Marked places")
        self._lay_out()
        self.colouring.activated.connect(self._on_colouring_chosen)
        for spin in (self.vanishing, self.exploding, self.dead):
            spin.valueChanged.connect(self._on_thresholds_chosen)
        self.reset.clicked.connect(self._reset)
        for places in (self.beginnings, self.places):
            places.chosen.connect(self._workbench.showing.find)
        self.origin.clicked.connect(self._select_origin)
        self.missing.clicked.connect(self._workbench.missing.wanted)
        self._controller.changed.connect(self._show)
        self._workbench.missing.changed.connect(self._show_missing)
        self._restore()
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        self._controller.watch(seen)
        for asker in (self._workbench.missing, self._workbench.sources):
            asker.watch(seen, self)

    def refresh(self) -> None:
        self._show()

    def use_theme(self, theme: Theme) -> None:
        for places in (self.beginnings, self.places):
            places.use_theme(theme)

    # Building

    def _make_thresholds(self) -> None:
        self.vanishing = named(
            PowerSpin(),
            title="Vanishing below",
            tip="A gradient whose norm is smaller is marked. At 1e−7 float32 tells 1 and "
            "1 + gradient no longer apart: not even a learning rate of 1 changes a weight of 1.",
        )
        self.exploding = named(
            PowerSpin(),
            title="Exploding above",
            tip="A gradient whose norm is larger is marked. At 1e7 even a learning rate of 1e−7 "
            "moves a weight by more than 1.",
        )
        self.dead = named(
            NumberBox(low=1, high=100, decimals=1),
            title="Dead from so many zeros",
            tip="A gradient with this share of zeros or more is marked. At 100 % nothing at all "
            "passes; pooling, indexing and embeddings rightly send on many zeros.",
        )
        self.dead.setSuffix(" %")
        self.reset = named(QPushButton("Usual thresholds"), tip="Use 1e−7, 1e7 and 100 % again")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in (self.vanishing, self.exploding, self.dead):
            # Its preferred width is more than that of the panel in a narrow window.
            field.setMinimumWidth(90)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        form.addRow("Colour by", self.colouring)
        form.addRow(self.note)
        form.addRow("Vanishing below", self.vanishing)
        form.addRow("Exploding above", self.exploding)
        form.addRow("Dead from", self.dead)
        form.addRow(self.reset)
        content = named(QWidget(), "inspector")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.origin)
        column.addWidget(self.line)
        column.addWidget(self.missing)
        column.addWidget(self.beginnings)
        column.addWidget(self.summary)
        column.addWidget(self.places, 1)
        area = named(QScrollArea(), title="Health")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # The user's actions

    def _on_colouring_chosen(self) -> None:
        self._controller.colour_by(self.colouring.currentData())

    def _on_thresholds_chosen(self) -> None:
        thresholds = Thresholds(
            vanishing=self.vanishing.value(),
            exploding=self.exploding.value(),
            dead=self.dead.value() / 100,
        )
        for name in _NAMES:
            self._settings.setValue(f"health/{name}", getattr(thresholds, name))
        self._controller.choose_thresholds(thresholds)

    def _reset(self) -> None:
        self._fill(_USUAL)

    def _fill(self, thresholds: Thresholds) -> None:
        self.vanishing.setValue(thresholds.vanishing)
        self.exploding.setValue(thresholds.exploding)
        self.dead.setValue(100 * thresholds.dead)

    def _restore(self) -> None:
        """Take the thresholds of the last session, and the usual one for an invalid number."""
        kept = {}
        for name in _NAMES:
            usual = getattr(_USUAL, name)
            kept[name] = _number(self._settings, f"health/{name}", usual)
        self._fill(Thresholds(**kept))
        self._on_thresholds_chosen()

    def _select_origin(self) -> None:
        health = self._controller.health
        if health is not None and health.origin is not None:
            self._workbench.showing.find(health.origin.node)

    # Following the controller

    def _show(self) -> None:
        controller = self._controller
        place = COLOURINGS.index(controller.colouring)
        if self.colouring.currentIndex() != place:
            self.colouring.setCurrentIndex(place)
        self.note.setText(controller.note)
        self.note.setVisible(bool(controller.note))
        if not self.seen:
            return
        self._show_origin(controller.health)
        self._show_missing()
        self._show_beginnings()
        self._show_places(controller.health)

    def _show_origin(self, health: Health | None) -> None:
        origin, graph = (health.origin if health else None), self._state.graph
        known = origin is not None and graph is not None and origin.node in graph.node
        self.origin.setVisible(known)
        if origin is not None and graph is not None and known:
            node = graph.node[origin.node]
            way = "forwards" if origin.forward else "backwards"
            self.origin.setText(f"First not finite: {node.op}, {way}")
            told = f"{origin.reason}. {origin.hint}" if origin.reason else ""
            self.origin.setToolTip(
                "\n".join(filter(None, (f"{node.name} {node.label}", told, "Click to select it.")))
            )
        self.line.setText(self._controller.line)
        self.line.setVisible(known and bool(self._controller.line))

    def _show_missing(self) -> None:
        if not self.seen:
            return
        found, graph = self._workbench.missing.found, self._state.graph
        text = _missing_text(found) if found and graph and graph.order == 1 else ""
        self.missing.setText(text)
        self.missing.setVisible(bool(text))

    def _show_beginnings(self) -> None:
        graph, sources = self._state.graph, self._workbench.sources.sources
        self.beginnings.list_places(
            tuple(
                _place_of(begins, graph, sources)
                for begins in self._controller.beginnings
                if graph is not None and begins.node in graph.node
            )
        )

    def _show_places(self, health: Health | None) -> None:
        graph = self._state.graph
        if health is None or graph is None:
            self.summary.setText(_EMPTY if graph is None else self._controller.note)
            self.places.list_places(())
            return
        marked = [node for node in health.marked() if node.node in graph.node]
        self.summary.setText(_summary(marked, len(graph.nodes)))
        self.places.list_places(
            tuple(
                ListedNode(node.node, node.verdict, _marked_text(graph, node))
                for node in marked[:_MOST_LISTED]
            )
        )


_NAMES = ("vanishing", "exploding", "dead")


def _number(settings: QSettings, key: str, usual: float) -> float:
    """Return the number under `key`, `usual` where that is no finite number above 0."""
    try:
        found = float(str(settings.value(key, usual)))
    except ValueError:
        return usual
    return found if 0 < found < float("inf") else usual


def _summary(marked: list[NodeHealth], nodes: int) -> str:
    if not marked:
        return f"No place is marked: {counted(nodes)} nodes are healthy or have no gradient."
    counts: dict[str, int] = {}
    for node in marked:
        counts[node.verdict] = counts.get(node.verdict, 0) + 1
    parts = ", ".join(f"{counted(count)} {verdict}" for verdict, count in counts.items())
    more = f" The first {_MOST_LISTED} are listed." if len(marked) > _MOST_LISTED else ""
    return f"Of {counted(nodes)} nodes: {parts}.{more}"


def _missing_text(found: MissingGradients) -> str:
    """Return how many parameters have no gradient or never train; empty where all do."""
    parts = []
    if found.without:
        parts.append(
            f"{counted(found.without)} of {counted(found.parameters)} parameters without gradient"
        )
    if found.untrained:
        parts.append(f"{counted(len(found.untrained))} never trained")
    return " · ".join(parts)


def _place_of(begins: Beginning, graph: Graph, sources: Sources | None) -> ListedNode:
    line = made_text(sources, begins.maker) if sources is not None else ""
    told = beginning_text(begins, lambda node: graph.node[node].op)
    layer = f" in {begins.layer}" if begins.layer else ""
    text = f"From {graph.node[begins.node].op}{layer}"
    return ListedNode(begins.node, begins.verdict, text, "\n".join(filter(None, (told, line))))


def _marked_text(graph: Graph, node: NodeHealth) -> str:
    group = name_around(graph, node.node)
    where = f" in {group}" if group else ""
    return f"{graph.node[node.node].op}{where}  {_told(node)}"


def _told(node: NodeHealth) -> str:
    """Return the verdict with the number behind it."""
    if node.verdict == "dead":
        share = 1.0 if node.zeros is None else node.zeros
        return f"{node.verdict}, {number_text(share, 'zeros')} zeros"
    if node.verdict == "non-finite":
        counts = node.counts
        if counts is None:
            return "not finite"
        nan, infinite = counts.nan + counts.value_nan, counts.infinite + counts.value_infinite
        return f"not finite: {counted(nan)} NaN, {counted(infinite)} infinite"
    return f"{node.verdict}, norm {number_text(node.gradient, 'gradient')}"
