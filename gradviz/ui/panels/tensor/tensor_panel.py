"""The tensor panel: the values of any tensor of the recorded pass, counted, and as pictures."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.findings.tensor_view import TensorMetadata
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.language.saying import marked, tr
from gradviz.ui.controllers.tensor_choices import TensorChoice, choices_of
from gradviz.ui.controllers.tensor_controller import TensorController
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.tensor.tensor_plots import HeatMapPlot, HistogramPlot
from gradviz.ui.panels.tensor.tensor_saving import TensorTaking, text_button
from gradviz.ui.panels.tensor.tensor_slices import SliceBar, Strip
from gradviz.ui.panels.tensor.tensor_text import head_text, statistics_text
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.theme import Theme

_EMPTY = marked(
    "The values of a tensor will be here. Click a node of the graph, "
    "or double-click a tensor in the inspector."
)
_FOLLOW_MS = 200
_WHICH = marked("Which tensor of the node is shown")
#: While the training goes on, larger tensors are not counted anew for every recording.
_COUNTED_WHILE_TRAINING = 1 << 20
_ROW_PIXELS = 22
_COLUMN_PIXELS = 86
#: The last two are one map in which a cell may stand for several values.
_VIEWS = (marked("Values"), marked("Histogram"), marked("Heat map"), marked("Extremes"))
_MAPS = _VIEWS[2:]
_VIEW_TIPS = (
    marked("A table of the values"),
    marked("How many values there are of each size"),
    marked("The last two dimensions in colours; where cells are joined, by their mean"),
    marked("The last two dimensions in colours; where cells are joined, by the largest magnitude"),
)


class TensorPanel(PanelWidget):
    """Follows the node that is inspected, unless it is pinned to one."""

    room = 330

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state, self._workbench = context.state, context.workbench
        self._context = context
        self.look = TensorController(context.workbench.inspection, self)
        self.choices: tuple[TensorChoice, ...] = ()
        self._node: str | None = None
        self._numbers = ""
        self._make_controls(context.theme)
        self._arrange()
        self._connect()

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def use_theme(self, theme: Theme) -> None:
        self.histogram.use_theme(theme)
        self.heat_map.use_theme(theme)

    # The parts of the panel

    def _make_controls(self, theme: Theme) -> None:
        self.chooser = named(QComboBox(), "tensor", title=tr("Tensor"), tip=tr(_WHICH))
        self.chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.chooser.setMinimumContentsLength(3)
        self.component = named(
            QComboBox(), "component", title=tr("Component"), tip=tr("What the tensor consists of")
        )
        self.component.hide()
        self.pin = text_button(
            tr("Pin"), tr("Stay with this node, whichever is selected"), checkable=True
        )
        self.view = named(QComboBox(), "view", title=tr("View"), tip=tr("How the tensor is shown"))
        self.view.addItems([tr(each) for each in _VIEWS])
        for place, tip in enumerate(_VIEW_TIPS):
            self.view.setItemData(place, tr(tip), Qt.ItemDataRole.ToolTipRole)
        self.about = named(
            QLabel(wordWrap=True), "hint", title=tr("What the tensor is, and statistics")
        )
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slices = SliceBar()
        self.table = _table_view(self.look)
        self.taking = TensorTaking(self.look, self.table, self.chooser, self._context)
        self.go_to = named(
            WholeBox(),
            "row",
            title=tr("First row"),
            tip=tr("Where the part begins that is shown"),
        )
        self.go_across = named(
            WholeBox(),
            "column",
            title=tr("First column"),
            tip=tr("Where the part begins that is shown"),
        )
        self.histogram = HistogramPlot(theme)
        self.heat_map = HeatMapPlot(theme)
        self.nothing = named(QLabel(wordWrap=True), "empty")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.chooser, 1)
        tools.addWidget(self.component)
        for widget in (self.view, self.pin, self.taking.button, self.taking.cancel):
            tools.addWidget(widget)
        self._parts = QWidget()
        parts = QHBoxLayout(self._parts)
        parts.setContentsMargins(0, 0, 0, 0)
        for text, box in (
            (tr("from row"), self.go_to),
            (tr("from column"), self.go_across),
        ):
            label = QLabel(text)
            label.setBuddy(box)
            parts.addWidget(label)
            parts.addWidget(box)
        parts.addStretch(1)
        self._strip = Strip(self.slices, self._parts)
        content = QWidget()
        self._content = QStackedLayout(content)
        shown: tuple[QWidget, ...] = (self.table, self.histogram, self.heat_map, self.nothing)
        for content_page in shown:
            self._content.addWidget(content_page)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(3)
        column.addLayout(tools)
        column.addWidget(self.about)
        column.addWidget(self._strip)
        column.addWidget(content, 1)
        empty = named(QLabel(tr(_EMPTY), wordWrap=True), "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty)
        self._pages.addWidget(page)

    def _connect(self) -> None:
        state, look = self._state, self.look
        for signal in (state.selection_changed, state.cursor_moved, state.model_built):
            signal.connect(self._on_node_changed)
        self._following = Pace(_FOLLOW_MS, self._on_recorded, self)
        for signal in (state.recorded, state.step_explained):
            signal.connect(self._following.request)
        state.progressed.connect(self._on_progressed)
        self._workbench.inspection.tensor_wanted.connect(self.show_tensor)
        self.chooser.activated.connect(self._on_chosen)
        self.component.activated.connect(self._on_component_chosen)
        self.pin.toggled.connect(self._on_pin_toggled)
        self.view.activated.connect(self._on_view_chosen)
        self.slices.chosen.connect(self._on_slice_chosen)
        for box in (self.go_to, self.go_across):
            box.valueChanged.connect(self._on_moved)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.taking.copy_selection)
        look.opened.connect(self._on_opened)
        look.measured.connect(self._on_measured)
        look.drawn.connect(self._show_map)

    # The choice of a tensor

    def refresh(self) -> None:
        self._on_node_changed()
        if self.look.place is not None:
            self.look.renew()

    def show_tensor(self, place: TensorPlace) -> None:
        """Show the tensor at `place`, and bring the panel to the front."""
        self.come_to_front()
        self._look_at(place.node, place)

    def _on_node_changed(self) -> None:
        graph, node = self._state.graph, self._state.inspected
        if not self.seen or graph is None:
            return
        if node not in graph.node or (self.pin.isChecked() and self._node in graph.node):
            node = self._node
        self._look_at(node if node in graph.node else None, self.look.place)

    def _look_at(self, node: str | None, wanted: TensorPlace | None) -> None:
        """Offer the tensors of `node`, and show the one most like `wanted`."""
        graph = self._state.graph
        self._node = node
        explained = self._state.progress.explained
        self.choices = (
            choices_of(graph, self._state.trace, node, explained, self._state.let_go)
            if graph is not None and node is not None
            else ()
        )
        name = "" if graph is None or node is None else graph.node[node].op
        self._pages.setCurrentIndex(1 if self.choices else 0)
        titles = [f"{name}: {choice.title}" for choice in self.choices]
        if titles != [self.chooser.itemText(i) for i in range(self.chooser.count())]:
            self.chooser.clear()
            self.chooser.addItems(titles)
        chosen = _nearest(self.choices, wanted)
        self.chooser.setCurrentIndex(-1 if chosen is None else chosen)
        # In a narrow panel the end of its text is cut.
        self.chooser.setToolTip(self.chooser.currentText() or tr(_WHICH))
        place = None if chosen is None else self.choices[chosen].place
        if place != self.look.place:
            self._open(place)

    def _open(self, place: TensorPlace | None, component: str = "") -> None:
        self._numbers = ""
        self.table.clearSelection()
        self.look.open(place, component)
        self._show_place()

    def _on_chosen(self, place: int) -> None:
        self._open(self.choices[place].place)

    def _on_component_chosen(self, place: int) -> None:
        self._open(self.look.place, self.component.itemData(place))

    def _on_pin_toggled(self, pinned: bool) -> None:
        if not pinned:
            self._on_node_changed()

    def _on_recorded(self) -> None:
        if self.seen:
            self._on_node_changed()
            if self.look.place is not None:
                self.look.renew()

    def _on_progressed(self) -> None:
        """Count a large tensor that was not counted while the training went on."""
        if self.seen and not self._state.progress.running:
            self._ask_further()

    # The views of the tensor

    def _on_opened(self) -> None:
        head, part = self.look.head, self.look.part
        if head is None:
            self.about.setText("")
            self._show_place()
            return
        self._tell()
        names = [each.name for each in head.components]
        if names != [self.component.itemData(i) for i in range(self.component.count())]:
            self.component.clear()
            for name in names:
                self.component.addItem(name, name)
        self.component.setVisible(len(names) > 1)
        if part is not None:
            self.component.setCurrentIndex(self.component.findData(part.name))
        self.taking.offer()
        self.slices.show_sizes(self.look.slices if part and part.size else (), self.look.fixed)
        self._show_place()
        self._ask_further()

    def _tell(self) -> None:
        """Show the tensor's metadata, with its statistics as far as they are known."""
        head = self.look.head
        if head is not None:
            what = head_text(head, self.look.part)
            line = f"{what} · {self._numbers}" if self._numbers else what
            self.about.setText("\n".join((line, *map(tr, head.notes))))

    def _ask_further(self) -> None:
        part = self.look.part
        if part is None or not part.size:
            return
        if self._state.progress.running and part.size > _COUNTED_WHILE_TRAINING:
            self._numbers = tr("counted when training is paused")
            self._tell()
            return
        self.look.want_statistics()
        if self._view in _MAPS and len(part.shape) >= 2:
            self.look.want_map()

    @property
    def _view(self) -> str:
        return _VIEWS[self.view.currentIndex()]

    def _on_view_chosen(self) -> None:
        self._show_place()
        self._ask_further()
        self._on_measured()
        self._show_map()

    def _show_place(self) -> None:
        """Show the view that is chosen, or why there is nothing to see in it."""
        reason = self._why_nothing(self.look.head)
        self.nothing.setText(reason)
        self._content.setCurrentIndex(3 if reason else min(self.view.currentIndex(), 2))
        table = self.look.table
        rows = table.all_rows > table.rowCount() and table.rowCount() > 0
        columns = table.all_columns > table.columnCount() and table.columnCount() > 0
        _offer(self.go_to, table.all_rows, table.first_row, shown=rows)
        _offer(self.go_across, table.all_columns, table.first_column, shown=columns)
        self._parts.setVisible(self._view == "Values" and (rows or columns) and not reason)

    def _why_nothing(self, head: TensorMetadata | None) -> str:
        if self.look.refusal:
            return self.look.refusal
        if head is None:
            return "…"
        part = self.look.part
        if part is None:
            return tr("There are no values to show.")
        if not part.size:
            return tr("It has no elements.")
        if self._view in _MAPS and len(part.shape) < 2:
            return tr("A heat map needs two dimensions.")
        if self._view == "Histogram" and self.look.histogram is None:
            statistics = self.look.statistics
            none = statistics is not None and not statistics.finite
            return tr("No value is finite.") if none else tr("Counting…")
        if self._view in _MAPS and self.look.heat_map is None:
            return tr("Drawing…")
        return ""

    def _on_measured(self) -> None:
        look = self.look
        text = statistics_text(look.statistics) if look.statistics else ""
        counting = tr("Counting… {part:.0%}", part=look.done) if look.done < 1 else ""
        if look.part is not None and look.part.size and (text or look.done):
            self._numbers = "   ".join(each for each in (text, counting) if each)
            self._tell()
        if self._view == "Histogram" and look.histogram is not None:
            self.histogram.show_histogram(look.histogram)
        self._show_place()

    def _show_map(self) -> None:
        if self._view in _MAPS and self.look.heat_map is not None:
            self.heat_map.show_map(self.look.heat_map, extremes=self._view == "Extremes")
        self._show_place()

    def _on_slice_chosen(self, fixed: tuple[int, ...]) -> None:
        self.look.choose_slice(fixed)

    def _on_moved(self) -> None:
        self.look.table.move_to(self.go_to.value(), self.go_across.value())


def _table_view(look: TensorController) -> QTableView:
    view = named(QTableView(), "values", title=tr("Values"))
    view.setModel(look.table)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
    view.setWordWrap(False)
    view.verticalHeader().setDefaultSectionSize(_ROW_PIXELS)
    view.horizontalHeader().setDefaultSectionSize(_COLUMN_PIXELS)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return view


def _offer(box: WholeBox, count: int, value: int, *, shown: bool) -> None:
    """Offer the places where a part may begin, without saying that the user chose one."""

    def show() -> None:
        box.setRange(0, min(max(0, count - 1), 2**31 - 1))
        box.setValue(value)

    show_in(box, show)
    box.setEnabled(shown or value > 0)


def _nearest(choices: tuple[TensorChoice, ...], wanted: TensorPlace | None) -> int | None:
    """Return the index of the tensor at `wanted`, else one of the same part, else the first."""
    if not choices:
        return None
    if wanted is not None:
        for index, choice in enumerate(choices):
            if choice.place == wanted:
                return index
        for index, choice in enumerate(choices):
            if choice.place.part == wanted.part:
                return index
    return 0
