"""The source panel: the code that made the graph, and for a node the line that made it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.findings.source import Line, SourceFrame, Sources, module_text, place_text
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.code_view import CodeView, Spot
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.theme import Theme
from gradviz.ui.widgets.whole_label import ElidedLabel

_FOLLOW_MS = 40
_LIBRARIES = marked("Show the lines of libraries too, such as torch.nn")
_NO_LINE = marked("No line of the model itself made this node: tick Libraries to see which did.")
_LIBRARIES_ALONE = marked("Lines of libraries made all nodes: tick Libraries to see them.")
_NO_GROUP_LINE = marked("No line of the model itself made this group: its nodes are of libraries.")
_LEAF = marked("A leaf is not computed: it is there before the model runs.")
_BACKWARD = marked("made by its backward")


class SourcePanel(PanelWidget):
    """Follows the walk and the selection; a click on a line marks the nodes that it made."""

    room = 230

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._controller = context.workbench.sources
        self._filling = False
        #: The lines that made the chosen group.
        self._lines: tuple[Line, ...] = ()
        self.files = named(QComboBox(), title=tr("File"), tip=tr("The file whose lines are shown"))
        self.files.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.files.setMinimumContentsLength(12)
        self.module = named(ElidedLabel(), "secondary")
        self.libraries = named(
            QCheckBox(tr("Libraries")), title=tr("Libraries"), tip=tr(_LIBRARIES)
        )
        self.code = named(CodeView(context.theme), title=tr("The code that made the graph"))
        self.stack = named(
            QListWidget(),
            title=tr("Lines that were running"),
            tip=tr("The lines that were running when the node was made, the innermost first"),
        )
        self.stack.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.empty = named(QLabel(wordWrap=True), "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.cancel = named(QPushButton(tr("Cancel")), "cancel_source")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 110)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.files)
        row.addWidget(self.module, 1)
        row.addWidget(self.libraries)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(True)
        both.addWidget(self.code)
        both.addWidget(self.stack)
        both.setSizes([300, 110])
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 0)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(both, 1)
        self._pages.addWidget(shown)
        waiting = QWidget()
        beneath = QVBoxLayout(waiting)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.empty)
        beneath.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        beneath.addStretch(1)
        self._pages.addWidget(waiting)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        state, controller = self._state, self._controller
        self._following = Pace(_FOLLOW_MS, self._follow, self)
        for signal in (state.cursor_moved, state.selection_changed):
            signal.connect(self._following.request)
        for signal in (controller.changed, state.training_changed, state.engine_changed):
            signal.connect(self._on_changed)
        controller.marked_changed.connect(self._show_marked)
        controller.wanted.connect(self._come_to_front)
        self.files.currentIndexChanged.connect(lambda _: self._show_file())
        self.libraries.toggled.connect(controller.show_libraries)
        self.stack.currentItemChanged.connect(lambda item, _: self._on_frame_chosen(item))
        self.cancel.clicked.connect(self._on_cancel)
        self.code.line_chosen.connect(self._on_line_chosen)

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        self._controller.watch(seen)

    def refresh(self) -> None:
        self._show()

    def use_theme(self, theme: Theme) -> None:
        self.code.use_theme(theme)

    def _on_changed(self) -> None:
        if self.seen:
            self._show()

    def _show(self) -> None:
        """Offer the files that are known, and show the one that was shown or the first."""
        sources = self._controller.sources
        known = sources is not None and bool(sources.files)
        self._pages.setCurrentIndex(0 if known else 1)
        self.empty.setText(self._controller.note)
        self._offer_to_cancel()
        if sources is None or not known:
            return
        offered = [
            (place, file.title)
            for place, file in enumerate(sources.files)
            if file.own or self._controller.libraries
        ]
        self.code.setPlaceholderText("" if offered else tr(_LIBRARIES_ALONE))
        if not offered:
            self.code.show_code("", {})
        shown = self.files.currentText()
        self._filling = True
        self.files.clear()
        for place, title in offered:
            self.files.addItem(title, place)
        index = max(0, self.files.findText(shown))
        self.files.setCurrentIndex(index)
        self._filling = False
        self._show_file()
        self._follow()

    def _offer_to_cancel(self) -> None:
        awaited = self._controller.awaited
        self.cancel.setVisible(awaited.long or awaited.given_up)
        self.cancel.setText(tr("Search again") if awaited.given_up else tr("Cancel"))
        self.cancel.setToolTip(
            tr("Run the model once more for its lines")
            if awaited.given_up
            else tr("Search for no lines of this graph")
        )

    def _on_cancel(self) -> None:
        awaited = self._controller.awaited
        if awaited.given_up:
            awaited.want_again()
        else:
            awaited.give_up()

    def _show_file(self) -> None:
        sources, file = self._controller.sources, self._file
        if self._filling or sources is None or file is None:
            return
        self.files.setToolTip(sources.files[file].path or tr("What was typed"))
        self.code.show_code(sources.files[file].text, sources.counts_in(file))
        self._show_spot()
        self._show_marked()

    def _follow(self) -> None:
        """Show the line that made the inspected node, and those that called it."""
        sources, node = self._controller.sources, self._known()
        if not self.seen or sources is None:
            return
        self._lines = self._lines_of_group(sources)
        if self._state.shown.selected:
            self._show_lines_of_group(sources)
            return
        self.code.show_lines(())
        frames = self._controller.frames_of(node) if node is not None else ()
        self._filling = True
        self.stack.clear()
        for frame in frames:
            self.stack.addItem(_item(sources, frame))
        self._filling = False
        # One line is marked in the code itself.
        self.stack.setVisible(len(frames) > 1)
        self.module.show_text(self._said_of(sources, node, bool(frames)))
        if frames:
            self.stack.setCurrentRow(0)
        else:
            self.code.show_spot(None)

    def _lines_of_group(self, sources: Sources) -> tuple[Line, ...]:
        """Return the lines that made the chosen group, in the order of the forward pass."""
        state = self._state
        index = state.shown.index_of(state.graph) if state.graph is not None else None
        item = state.shown.selected
        if index is None or state.graph is None or not state.shown.is_group(state.graph, item):
            return ()
        # The nodes of a graph are ordered from the output back.
        return sources.lines_of(reversed(index.members(item)))

    def _show_lines_of_group(self, sources: Sources) -> None:
        self._filling = True
        self.stack.clear()
        self._filling = False
        self.stack.hide()
        lines = self._lines
        self.module.show_text(_said_of_lines(sources, lines))
        index = self.files.findData(lines[0].file) if lines else -1
        if index >= 0 and index != self.files.currentIndex():
            self.files.setCurrentIndex(index)
        self._show_spot()

    def _said_of(self, sources: Sources, node: str | None, made: bool) -> str:
        """Return the module of a node, with a note on the line that made it or on its lack."""
        graph = self._state.graph
        if node is None or graph is None:
            return tr("Select a node to see its line, or click a line to mark its nodes.")
        origin = sources.origins.get(node)
        module = module_text(origin) if origin is not None else ""
        if graph.node[node].kind == "leaf":
            return tr("of {module}", module=module) if module else tr(_LEAF)
        if not made:
            return " · ".join(part for part in (module, tr(_NO_LINE)) if part)
        backward = tr(_BACKWARD) if origin is not None and origin.backward else ""
        return " · ".join(part for part in (module, backward) if part)

    def _on_frame_chosen(self, item: QListWidgetItem | None) -> None:
        sources = self._controller.sources
        if self._filling or item is None or sources is None:
            return
        frame: SourceFrame = item.data(Qt.ItemDataRole.UserRole)
        index = self.files.findData(frame.file)
        if index >= 0 and index != self.files.currentIndex():
            self.files.setCurrentIndex(index)
        self._show_spot()

    def _show_spot(self) -> None:
        """Mark the chosen one of the lines that were running, where it is in the file shown.

        Of a chosen group all lines that made it are marked.
        """
        here_of_group = [each.number for each in self._lines if each.file == self._file]
        self.code.show_lines(here_of_group)
        if self._lines:
            first = min(here_of_group, default=0)
            self.code.show_spot(Spot(first, 0, 0) if first else None)
            return
        item = self.stack.currentItem()
        frame: SourceFrame | None = (
            item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        )
        here = frame is not None and frame.file == self._file
        spot = Spot(frame.line, frame.start, frame.end) if frame is not None and here else None
        self.code.show_spot(spot)

    def _on_line_chosen(self, number: int, column: int) -> None:
        sources, file = self._controller.sources, self._file
        if sources is None or file is None:
            return
        # An expression is one line: there, the part of it is meant that was clicked.
        part = column if not sources.files[file].path and column >= 0 else None
        self._controller.choose_line(Line(file, number), part)

    def _show_marked(self) -> None:
        line = self._controller.line
        here = line is not None and line.file == self._file
        self.code.show_chosen(line.number if line is not None and here else 0)

    @property
    def _file(self) -> int | None:
        """Return the place of the file that is shown; None where there is none."""
        place: int | None = self.files.currentData()
        return place

    def _known(self) -> str | None:
        node, graph = self._state.inspected, self._state.graph
        return node if graph is not None and node is not None and node in graph.node else None

    def _come_to_front(self) -> None:
        self.come_to_front()
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _said_of_lines(sources: Sources, lines: tuple[Line, ...]) -> str:
    """Return how many lines made a group, and in how many files they are."""
    if not lines:
        return tr(_NO_GROUP_LINE)
    files = {line.file for line in lines}
    many = tr_n("{shown} lines", "{shown} line", len(lines), shown=counted(len(lines)))
    if len(files) > 1:
        count = tr_n("{shown} files", "{shown} file", len(files), shown=counted(len(files)))
        return tr("{lines} in {files} made this group", lines=many, files=count)
    title = sources.files[lines[0].file].title
    return tr("{lines} of {file} made this group", lines=many, file=title)


def _item(sources: Sources, frame: SourceFrame) -> QListWidgetItem:
    # The number is first: it is seen also where there is little room.
    file, name = sources.files[frame.file], frame.function.rpartition(".")[2]
    text = f"{frame.line}  {name}  {file.title}" if name else place_text(sources, frame)
    item = QListWidgetItem(text)
    item.setData(Qt.ItemDataRole.UserRole, frame)
    item.setToolTip(
        tr("{function} in {file}", function=frame.function, file=file.path)
        if file.path
        else tr("What was typed")
    )
    return item
