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
from gradviz.core.findings.health import Colouring, Diagnosis, Health, NodeHealth, Thresholds
from gradviz.core.findings.source import Sources, made_text
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_names import name_around
from gradviz.core.language.saying import listed, marked, said_again, sentences, tr, tr_n
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
_EMPTY = marked(
    "Where gradients vanish, explode, are dead or not finite will be here. "
    "Type an expression, or choose a model."
)
#: More layers than this scroll.
_LAYERS_SEEN = 4
_USUAL = Thresholds()
#: The list of colours is whole in a narrow column too; the legend has all of a title.
_SHORT_TITLES: dict[Colouring, str] = {"zeros": marked("Zeros"), "time": marked("Time")}


class HealthPanel(PanelWidget):
    """Follows the health controller; a click on a marked place selects its node."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._controller = context.workbench.health
        self._settings = context.settings
        self.colouring = named(QComboBox(), "colour_by", title=tr("Colour the graph by"))
        for colouring in COLOURINGS:
            title = TITLES.get(colouring, marked("Off"))
            self.colouring.addItem(tr(_SHORT_TITLES.get(colouring, title)), colouring)
            self.colouring.setItemData(
                self.colouring.count() - 1, tr(title), Qt.ItemDataRole.ToolTipRole
            )
        self._make_thresholds()
        self.note = named(QLabel(wordWrap=True), "secondary", title=tr("About the colours"))
        self.origin = named(QPushButton(), "origin", title=tr("First node that is not finite"))
        self.line = named(QLabel(wordWrap=True), "secondary", title=tr("The line that made it"))
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line.hide()
        self.summary = named(QLabel(wordWrap=True), "place", title=tr("What is marked"))
        self.missing = named(QPushButton(), "missing", title=tr("Parameters without gradient"))
        self.missing.setToolTip(tr("Click to see why, in the Missing panel"))
        self.beginnings = named(
            PlacesList(context.theme, _LAYERS_SEEN),
            "beginnings",
            title=tr("Where it begins, by layer"),
        )
        self.places = named(PlacesList(context.theme), "marked_places", title=tr("Marked places"))
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
            title=tr("Vanishing below"),
            tip=tr(
                "A gradient whose norm is smaller is marked. At 1e−7 float32 tells 1 and "
                "1 + gradient no longer apart: not even a learning rate of 1 changes a weight of 1."
            ),
        )
        self.exploding = named(
            PowerSpin(),
            title=tr("Exploding above"),
            tip=tr(
                "A gradient whose norm is larger is marked. At 1e7 even a learning rate of 1e−7 "
                "moves a weight by more than 1."
            ),
        )
        self.dead = named(
            NumberBox(low=1, high=100, decimals=1),
            title=tr("Dead from so many zeros"),
            tip=tr(
                "A gradient with this share of zeros or more is marked. At 100 % nothing at all "
                "passes; pooling, indexing and embeddings rightly send on many zeros."
            ),
        )
        self.dead.setSuffix(" %")
        self.reset = named(
            QPushButton(tr("Usual thresholds")), tip=tr("Use 1e−7, 1e7 and 100 % again")
        )

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
        form.addRow(tr("Colour by"), self.colouring)
        form.addRow(self.note)
        form.addRow(tr("Vanishing below"), self.vanishing)
        form.addRow(tr("Exploding above"), self.exploding)
        form.addRow(tr("Dead from"), self.dead)
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
        area = named(QScrollArea(), title=tr("Health"))
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
            self.origin.setText(
                tr("First not finite: {node}, forwards", node=node.op)
                if origin.forward
                else tr("First not finite: {node}, backwards", node=node.op)
            )
            told = ""
            if origin.reason:
                told = sentences([tr("{reason}.", reason=said_again(origin.reason)), origin.hint])
            tip = (f"{node.shown_name} {node.label}", told, tr("Click to select it."))
            self.origin.setToolTip("\n".join(filter(None, tip)))
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
            self.summary.setText(tr(_EMPTY) if graph is None else self._controller.note)
            self.places.list_places(())
            return
        places = [node for node in health.marked() if node.node in graph.node]
        self.summary.setText(_summary(places, len(graph.nodes)))
        self.places.list_places(
            tuple(
                ListedNode(node.node, node.verdict, _marked_text(graph, node))
                for node in places[:_MOST_LISTED]
            )
        )


_NAMES = ("vanishing", "exploding", "dead")
_VERDICTS: dict[Diagnosis, str] = {
    "non-finite": marked("{count} non-finite"),
    "exploding": marked("{count} exploding"),
    "dead": marked("{count} dead"),
    "vanishing": marked("{count} vanishing"),
}


def _number(settings: QSettings, key: str, usual: float) -> float:
    """Return the number under `key`, `usual` where that is no finite number above 0."""
    try:
        found = float(str(settings.value(key, usual)))
    except ValueError:
        return usual
    return found if 0 < found < float("inf") else usual


def _summary(places: list[NodeHealth], nodes: int) -> str:
    if not places:
        return tr_n(
            "No place is marked: {shown} nodes are healthy or have no gradient.",
            "No place is marked: {shown} node is healthy or has no gradient.",
            nodes,
            shown=counted(nodes),
        )
    counts: dict[Diagnosis, int] = {}
    for node in places:
        counts[node.verdict] = counts.get(node.verdict, 0) + 1
    parts = listed(
        tr(_VERDICTS[verdict], count=counted(count)) for verdict, count in counts.items()
    )
    found = tr_n(
        "Of {shown} nodes: {verdicts}.",
        "Of {shown} node: {verdicts}.",
        nodes,
        shown=counted(nodes),
        verdicts=parts,
    )
    cut = len(places) > _MOST_LISTED
    more = tr("The first {count} are listed.", count=_MOST_LISTED) if cut else ""
    return sentences([found, more])


def _missing_text(found: MissingGradients) -> str:
    """Return how many parameters have no gradient or never train; empty where all do."""
    parts = []
    if found.without:
        parts.append(
            tr_n(
                "{some} of {all} parameters without gradient",
                "{some} of {all} parameter without gradient",
                found.parameters,
                some=counted(found.without),
                all=counted(found.parameters),
            )
        )
    if found.untrained:
        parts.append(tr("{count} never trained", count=counted(len(found.untrained))))
    return " · ".join(parts)


def _place_of(begins: Beginning, graph: Graph, sources: Sources | None) -> ListedNode:
    line = made_text(sources, begins.maker) if sources is not None else ""
    told = beginning_text(begins, lambda node: graph.node[node].op)
    node = graph.node[begins.node].op
    text = (
        tr("From {node} in {layer}", node=node, layer=begins.layer)
        if begins.layer
        else tr("From {node}", node=node)
    )
    return ListedNode(begins.node, begins.verdict, text, "\n".join(filter(None, (told, line))))


def _marked_text(graph: Graph, node: NodeHealth) -> str:
    name, group = graph.node[node.node].op, name_around(graph, node.node)
    if group:
        name = tr("{node} in {group}", node=name, group=group)
    return f"{name}  {_told(node)}"


def _told(node: NodeHealth) -> str:
    """Return the verdict with the number behind it."""
    if node.verdict == "dead":
        share = 1.0 if node.zeros is None else node.zeros
        return tr("dead, {share} zeros", share=number_text(share, "zeros"))
    if node.verdict == "non-finite":
        counts = node.counts
        if counts is None:
            return tr("not finite")
        nan, infinite = counts.nan + counts.value_nan, counts.infinite + counts.value_infinite
        return tr(
            "not finite: {nan} NaN, {infinite} infinite",
            nan=counted(nan),
            infinite=counted(infinite),
        )
    norm = number_text(node.gradient, "gradient")
    if node.verdict == "exploding":
        return tr("exploding, norm {norm}", norm=norm)
    return tr("vanishing, norm {norm}", norm=norm)
