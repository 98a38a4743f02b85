"""The tree as Qt's views read it: a row is made when it is seen."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_tree import ROOT, GroupTree
from gradviz.core.graphs.tensors import shape_text
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.ui.panels.tree.tree_columns import (
    COLUMNS,
    KIND,
    NAME,
    RowNumbers,
    kind_text,
    name_text,
    sort_key,
)

#: Where a group has more rows than this, pages of so many come between.
PAGE: Final = 500
#: The most pages of one group; their ids come after all items.
_PAGES: Final = 1 << 16
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TreeModel(QAbstractItemModel):
    """The items of a GroupTree in the chosen order, all or those that are kept by a search.

    A view asks for every row of an open one, so that thousands are on pages.

    Attributes:
        tree: The tree, None without a graph.
        numbers: The numbers in its columns, None until they are known.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree: GroupTree | None = None
        self.numbers: RowNumbers | None = None
        self._kept: frozenset[int] | None = None
        self._hits: frozenset[int] = frozenset()
        self._marked: frozenset[int] = frozenset()
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder
        self._ordered: dict[int, list[int]] = {}
        self._rows: dict[int, dict[int, int]] = {}

    # What is shown

    def show_tree(self, tree: GroupTree | None) -> None:
        """Show another tree, without numbers and without a search."""
        self.beginResetModel()
        self.tree, self.numbers = tree, None
        self._kept, self._hits, self._marked = None, frozenset(), frozenset()
        self._forget_order()
        self.endResetModel()

    def show_graph(self, graph: Graph) -> None:
        """Take another recording of the same tree."""
        if self.tree is not None:
            self.tree.graph = graph

    def show_numbers(self, numbers: RowNumbers) -> None:
        """Show other numbers in the columns."""
        self.numbers = numbers
        if self._column in (-1, NAME, KIND):
            self._tell_changed()
        else:
            self.sort(self._column, self._order)

    def say_again(self) -> None:
        """Have the titles of the columns shown in the language that is spoken."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def keep(self, kept: frozenset[int] | None, hits: frozenset[int]) -> None:
        """Show only these items, with those around them, and the hits among them; None: all."""
        if (kept, hits) == (self._kept, self._hits):
            return
        self.beginResetModel()
        self._kept, self._hits = kept, hits
        self._forget_order()
        self.endResetModel()

    def mark(self, items: frozenset[int]) -> bool:
        """Mark the items that the chosen line of code made; tell whether they are others."""
        changed, self._marked = self._marked ^ items, items
        for item in changed:
            index = self.index_of(item)
            if index.isValid():
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])
        return bool(changed)

    def item_at(self, index: _Index) -> int | None:
        """Return the item of a row, None for no row."""
        return index.internalId() if index.isValid() else None

    def is_item(self, item: int) -> bool:
        """Tell whether this is a group or node, and not a page of them."""
        return self._page(item) is None

    def index_of(self, item: int) -> QModelIndex:
        """Return the row of an item; none where it is not shown."""
        tree = self.tree
        if tree is None:
            return QModelIndex()
        page = self._page(item)
        if page is not None:
            around, number = page
            exists = number * PAGE < len(self._all_in(around)) > PAGE
            return self.createIndex(number, 0, item) if exists else QModelIndex()
        around = tree.parent(item)
        row = self._rows_in(around).get(item)
        if row is None:
            return QModelIndex()
        paged = len(self._all_in(around)) > PAGE
        return self.createIndex(row % PAGE if paged else row, 0, item)

    def children_of(self, item: int) -> Sequence[int]:
        """Return the items shown right within one, in the chosen order, or its pages."""
        page = self._page(item)
        if page is not None:
            around, number = page
            return self._all_in(around)[number * PAGE : (number + 1) * PAGE]
        tree = self.tree
        if tree is None or item >= tree.groups:
            return ()
        children = self._all_in(item)
        if len(children) <= PAGE:
            return children
        first = self._first_page(item)
        return range(first, first + -(-len(children) // PAGE))

    def around(self, item: int) -> int:
        """Return the group or page that an item is shown in, ROOT for none."""
        page, tree = self._page(item), self.tree
        if page is not None or tree is None:
            return page[0] if page is not None else ROOT
        parent = tree.parent(item)
        if len(self._all_in(parent)) <= PAGE:
            return parent
        return self._first_page(parent) + self._rows_in(parent).get(item, 0) // PAGE

    def _first_page(self, item: int) -> int:
        tree = self.tree
        return 0 if tree is None else tree.count + (item + 1) * _PAGES

    def _page(self, item: int) -> tuple[int, int] | None:
        """Return the group and the number of a page; None for an item."""
        tree = self.tree
        if tree is None or item < tree.count:
            return None
        around, number = divmod(item - tree.count, _PAGES)
        return around - 1, number

    # As Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        return len(self.children_of(parent.internalId() if parent.isValid() else ROOT))

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return len(COLUMNS)

    def hasChildren(self, parent: _Index = _NOWHERE) -> bool:
        return self.rowCount(parent) > 0

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        item = parent.internalId() if parent.isValid() else ROOT
        children = self.children_of(item)
        if 0 <= row < len(children):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        around = self.around(index.internalId())
        return QModelIndex() if around == ROOT else self.index_of(around)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(COLUMNS[section].title)
            case Qt.ItemDataRole.ToolTipRole:
                return tr("{tip}. Click to sort by it", tip=tr(COLUMNS[section].tip))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if section in (NAME, KIND) else _RIGHT
            case _:
                return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item, column = index.internalId(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(item, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if column in (NAME, KIND) else _RIGHT
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(item) if column == NAME else self.text(item, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(item)
            case Qt.ItemDataRole.DecorationRole if item in self._marked and column == NAME:
                return QGuiApplication.palette().color(QPalette.ColorRole.Highlight)
            case Qt.ItemDataRole.FontRole if item in self._hits and column == NAME:
                font = QFont()
                font.setBold(True)
                return font
            case _:
                return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows within each group; by no column they are in the order of the pass."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        self._column, self._order = column, order
        self._forget_order()
        after = [self.index_of(each.internalId()).siblingAtColumn(each.column()) for each in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # Texts

    def text(self, item: int, column: int) -> str:
        """Return the text of a cell."""
        tree, page = self.tree, self._page(item)
        if tree is None:
            return ""
        if page is not None:
            return self._page_text(*page) if column == NAME else ""
        if column == NAME:
            return name_text(tree, item)
        if column == KIND:
            return kind_text(tree, item)
        return self.numbers.text(item, column) if self.numbers is not None else ""

    def spoken(self, item: int) -> str:
        """Return a row as it is read out: its name, class and numbers."""
        parts = [self.text(item, NAME), self.text(item, KIND)]
        for column, each in enumerate(COLUMNS):
            text = self.text(item, column) if column not in (NAME, KIND) else ""
            if text:
                parts.append(f"{each.name} {text}")
        if item in self._hits:
            parts.append(tr("found"))
        if item in self._marked:
            parts.append(tr("made by the chosen line"))
        return listed(part for part in parts if part)

    def _page_text(self, around: int, number: int) -> str:
        last = min((number + 1) * PAGE, len(self._all_in(around)))
        return f"{counted(number * PAGE + 1)} … {counted(last)}"

    def _tip(self, item: int) -> str:
        tree = self.tree
        if self._page(item) is not None:
            return tr("Some of many rows")
        group = tree.group(item) if tree is not None else None
        node = tree.node(item) if tree is not None else None
        if group is not None and tree is not None:
            size = tree.graph.grouping.sizes[item]
            parts = (
                group.id,
                group.type_name,
                tr_n("{count} nodes", "{count} node", size),
                group.place,
            )
        elif node is not None:
            parts = (node.op, node.shown_name, node.label, f"{shape_text(node.shape)} {node.dtype}")
        else:
            return ""
        return "\n".join(part for part in parts if part)

    # Order

    def _all_in(self, item: int) -> list[int]:
        """Return all items shown right within one, on whichever page."""
        ordered = self._ordered.get(item)
        if ordered is None:
            ordered = self._ordered[item] = self._sorted(item)
        return ordered

    def _sorted(self, item: int) -> list[int]:
        tree = self.tree
        if tree is None:
            return []
        children = [*tree.children(item)]
        if self._kept is not None:
            children = [each for each in children if each in self._kept]
        if self._column < 0:
            return children
        key = sort_key(tree, self.numbers, self._column)
        descending = self._order == Qt.SortOrder.DescendingOrder
        keyed = [(key(each), each) for each in children]
        known = [(value, each) for value, each in keyed if not _is_nan(value)]
        unknown = [each for value, each in keyed if _is_nan(value)]
        known.sort(key=lambda pair: pair[0], reverse=descending)  # type: ignore[arg-type, return-value]
        return [each for _, each in known] + unknown

    def _rows_in(self, item: int) -> dict[int, int]:
        rows = self._rows.get(item)
        if rows is None:
            children = self._all_in(item)
            rows = self._rows[item] = {each: row for row, each in enumerate(children)}
        return rows

    def _forget_order(self) -> None:
        self._ordered.clear()
        self._rows.clear()

    def _tell_changed(self) -> None:
        """Have every row painted anew, in whichever group it is."""
        count = self.rowCount()
        if count:
            last = self.index(count - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
