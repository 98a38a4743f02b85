"""The view of the tree: open rows stay open, and Enter and a double click open a group."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView

from gradviz.core.graphs.rows.group_tree import ROOT
from gradviz.ui.panels.tree.tree_columns import COLUMNS, GRADIENT, NAME, PARAMETERS, TIME
from gradviz.ui.panels.tree.tree_model import TreeModel

_INDENT: Final = 14
#: The name takes what the two columns after it leave, so that a narrow panel has all three.
_WIDTHS: Final = {GRADIENT: 76, PARAMETERS: 84}
_OTHER_WIDTH: Final = 96
_LEAST_NAME: Final = 72
#: The columns that can be hidden, by the names under which that is remembered.
_TITLES: Final = {place: each.title for place, each in enumerate(COLUMNS) if place != NAME}
_HIDDEN: Final = "tree/hidden_columns"
#: So many rows are open at first.
_FIRST_ROWS: Final = 24
#: More groups than this are not opened for hits: their rows would take too long.
_MOST_OPENED: Final = 200


class GroupTreeView(QTreeView):
    """Shows a TreeModel; tells which item the user has chosen, and which is to be opened."""

    #: The user has moved to the row of an item.
    chosen = Signal(int)
    #: An item was double clicked, or Enter pressed on it.
    opened = Signal(int)

    def __init__(self, model: TreeModel, settings: QSettings) -> None:
        super().__init__()
        self._model = model
        self._settings = settings
        self._quiet = False
        self._open: set[int] = set()
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self._fitted = True
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._on_moved)
        self.doubleClicked.connect(self._on_double_clicked)
        self.expanded.connect(lambda index: self._open.add(index.internalId()))
        self.collapsed.connect(lambda index: self._open.discard(index.internalId()))

    def _set_up_header(self) -> None:
        header = self.header()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(36)
        for column in range(len(COLUMNS)):
            usual = _WIDTHS.get(column, _OTHER_WIDTH)
            # Its title is to be read whole, in whatever font.
            header.resizeSection(column, max(usual, header.sectionSizeHint(column)))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_header_menu)
        for column in self._hidden_before():
            self.setColumnHidden(column, True)
        header.sectionResized.connect(self._on_section_resized)

    @property
    def open_items(self) -> frozenset[int]:
        """Return the groups whose rows are open."""
        return frozenset(self._open)

    @property
    def current_item(self) -> int | None:
        """Return the item of the current row."""
        return self._model.item_at(self.currentIndex())

    def open_rows(self, items: Iterable[int]) -> None:
        """Open the rows of groups, those around others first."""
        for item in sorted(items):
            index = self._model.index_of(item)
            if index.isValid():
                self.expand(index)

    def begin(self) -> None:
        """Open the first levels of another tree, as far as few rows are open then."""
        self._open.clear()
        level, shown = [*self._model.children_of(ROOT)], len(self._model.children_of(ROOT))
        while level:
            below = [each for item in level for each in self._model.children_of(item)]
            shown += len(below)
            if shown > _FIRST_ROWS:
                return
            self.open_rows(item for item in level if self._model.children_of(item))
            level = below

    def open_hits(self, kept: Iterable[int]) -> None:
        """Open the rows in which hits are, as long as they are few."""
        self._open.clear()
        for count, item in enumerate(sorted(kept)):
            if count == _MOST_OPENED:
                return
            index = self._model.index_of(item)
            around = index.parent()
            while around.isValid() and not self.isExpanded(around):
                self.expand(around)
                around = around.parent()

    def reveal(self, items: Iterable[int]) -> None:
        """Bring the first of these rows into sight, with those open in which the others are."""
        rows = sorted(items)[:_MOST_OPENED]
        for item in rows:
            around = self._model.index_of(item).parent()
            while around.isValid() and not self.isExpanded(around):
                self.expand(around)
                around = around.parent()
        shown = [index for index in map(self._model.index_of, rows) if index.isValid()]
        if shown:
            first = min(shown, key=lambda index: self.visualRect(index).top())
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)

    def go_to(self, item: int | None, *, opening: bool) -> None:
        """Move to the row of an item, or to that of the closed group that it is in."""
        index = self._model.index_of(item) if item is not None else QModelIndex()
        path = []
        around = index.parent()
        while around.isValid():
            path.append(around)
            around = around.parent()
        for around in reversed(path):
            if not self.isExpanded(around):
                if not opening:
                    index = around
                    break
                self.expand(around)
        self._quiet = True
        try:
            self.setCurrentIndex(index)
        finally:
            self._quiet = False
        if index.isValid():
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._fit_name()

    def _fit_name(self) -> None:
        """Give the name the width that the numbers beside it leave."""
        beside = sum(
            self.columnWidth(column) for column in _WIDTHS if not self.isColumnHidden(column)
        )
        wanted = max(self.viewport().width() - beside, _LEAST_NAME)
        if wanted != self.columnWidth(NAME):
            self.header().resizeSection(NAME, wanted)
            self._fitted = True

    def _on_section_resized(self, section: int) -> None:
        if section == NAME:
            # By the user: from here on it is as wide as that.
            self._fitted = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_item is not None:
            self.opened.emit(self.current_item)
            return
        super().keyPressEvent(event)

    def _on_moved(self, current: QModelIndex) -> None:
        item = self._model.item_at(current)
        if item is not None and not self._quiet:
            self.chosen.emit(item)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.internalId())

    def _open_header_menu(self, at: QPoint) -> None:
        menu = self.header_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.header().mapToGlobal(at))

    def header_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self)
        for column, each in enumerate(COLUMNS):
            if column != NAME:
                action = menu.addAction(each.name.capitalize())
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(column))
                action.toggled.connect(lambda shown, column=column: self.show_column(column, shown))
        return menu

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column, and remember that for the next window."""
        self.setColumnHidden(column, not shown)
        hidden = (title for place, title in _TITLES.items() if self.isColumnHidden(place))
        self._settings.setValue(_HIDDEN, ",".join(hidden))
        if self._fitted:
            self._fit_name()

    def _hidden_before(self) -> list[int]:
        """Return the columns that were hidden in the window before; names of no column are left."""
        kept = str(self._settings.value(_HIDDEN, _TITLES[TIME])).split(",")
        return [place for place, title in _TITLES.items() if title in kept]
