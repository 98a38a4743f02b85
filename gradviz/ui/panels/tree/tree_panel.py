"""Tree: modules, functions, iterations and nodes as rows, in step with the canvas."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_tree import GroupTree
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import marked, said_again, tr
from gradviz.core.number_text import counted
from gradviz.ui.actions.item_actions import actions_on, menu_with
from gradviz.ui.controllers.finding.graph_search import FoundItems, GraphSearch
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.tree.tree_columns import TIME, RowNumbers
from gradviz.ui.panels.tree.tree_model import TreeModel
from gradviz.ui.panels.tree.tree_view import GroupTreeView
from gradviz.ui.widgets.background_work import Background
from gradviz.ui.widgets.fields.find_field import FindField
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.whole_label import ElidedLabel

#: The numbers of a smaller graph are counted at once.
_AT_ONCE: Final = 1_000
_EMPTY: Final = marked(
    "The modules and nodes of the graph will be here. Type an expression, or choose a model."
)


class TreePanel(PanelWidget):
    """Follows the graph, the selection and the walk; a row that is chosen is chosen there too."""

    room = 300

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._actions = context.actions
        self.field = named(FindField(), "tree_find", title=tr("Find in the tree"))
        self.field.setClearButtonEnabled(True)
        self.note = named(QLabel(wordWrap=True), "hint", title=tr("About the tree"))
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.total = named(ElidedLabel(), "secondary", title=tr("Gradient of the whole model"))
        self.time = named(
            QPushButton(tr("Time")),
            title=tr("Measure the time of each row"),
            tip=tr(
                "Measure how long each node takes, in a pass of its own, and show it as a column"
            ),
        )
        self.model = TreeModel(self)
        self.view = named(
            GroupTreeView(self.model, context.settings),
            "group_tree",
            title=tr("Modules and nodes"),
        )
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._search = GraphSearch(context.state, self)
        self._hits: tuple[str, ...] = ()
        self._place = -1
        #: The rows that were open before the search.
        self._before: frozenset[int] | None = None
        self._counting = False
        self._counted: tuple[Graph, Trace | None, RowNumbers] | None = None
        self._lay_out()
        self._connect()
        self._show_note("")

    def sizeHint(self) -> QSize:
        return QSize(272, 420)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.time)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.total)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        state = self._state
        for signal in (state.model_built, state.recorded):
            signal.connect(self._on_recorded)
        for signal in (state.selection_changed, state.cursor_moved):
            signal.connect(self._follow)
        self._workbench.health.changed.connect(self._take_times)
        self._workbench.sources.marked_changed.connect(self._show_marked)
        self._search.found.connect(self._on_found)
        self.field.textChanged.connect(self._search.look_for)
        self.field.moved.connect(self._go)
        self.field.left.connect(self.field.clear)
        self.time.clicked.connect(self._measure)
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self._on_opened)
        self.view.customContextMenuRequested.connect(self._open_menu)

    # Following the state

    def refresh(self) -> None:
        self.model.say_again()
        self._on_recorded()

    def _on_recorded(self) -> None:
        """Take another graph, or another recording of the same one."""
        if not self.seen:
            return
        graph, tree = self._state.graph, self.model.tree
        if graph is None:
            self.model.show_tree(None)
            self._show_total("")
        elif tree is not None and tree.is_like(graph):
            self.model.show_graph(graph)
        else:
            self._before = None
            self.model.show_tree(GroupTree(graph, self._state.trace))
            self._show_total("")
            self.view.begin()
        self._show_note("")
        self._count()
        if self.field.text().strip():
            self._search.look_for(self.field.text())
        self._follow()
        self._show_marked()

    def _show_marked(self) -> None:
        """Mark the rows that the chosen line of code made, and bring them into sight."""
        tree = self.model.tree
        if self.seen and tree is not None:
            marked = frozenset(_items(tree, tuple(self._workbench.sources.marked)))
            if self.model.mark(marked):
                self.view.reveal(marked)

    def _follow(self) -> None:
        """Move to the chosen item, else to the row that the walk has reached."""
        tree, state = self.model.tree, self._state
        if not self.seen or tree is None or state.graph is None:
            return
        chosen = state.shown.selected or state.selected
        if chosen is not None:
            self.view.go_to(tree.item(chosen), opening=True)
        else:
            self.view.go_to(tree.item(state.current_node), opening=False)

    def _count(self) -> None:
        """Count the columns, those of a large graph off the window's thread."""
        state = self._state
        graph, trace = state.graph, state.trace
        if graph is None or self._counting:
            return
        known = self._counted
        if known is not None and known[0] is graph and known[1] is trace:
            self.model.show_numbers(known[2])
            self._show_total(known[2].total)
            return
        inputs = frozenset(state.built.inputs) if state.built is not None else frozenset()

        def work() -> None:
            self._counted = (graph, trace, RowNumbers(graph, trace, inputs))

        if len(graph.nodes) <= _AT_ONCE:
            work()
            self._show_counted()
        else:
            self._counting = True
            Background(work, self._on_counted)

    def _on_counted(self, error: Exception | None) -> None:
        self._counting = False
        if error is not None:
            raise error
        self._show_counted()
        # Another recording may have come in the meantime.
        self._count()

    def _show_counted(self) -> None:
        counted_, tree = self._counted, self.model.tree
        if counted_ is None or tree is None or counted_[0] is not self._state.graph:
            return
        times = self._workbench.health.times
        if times is not None:
            counted_[2].take_times(times.nodes)
        self.model.show_numbers(counted_[2])
        self._show_total(counted_[2].total)

    def _show_total(self, text: str) -> None:
        self.total.show_text(text)
        self.total.setVisible(bool(text))

    def _take_times(self) -> None:
        times, known = self._workbench.health.times, self._counted
        if self.seen and times is not None and known is not None:
            if times.nodes and TIME not in known[2].by_column:
                self._show_counted()
            self.time.setToolTip(said_again(times.note))

    # The user's actions

    def _measure(self) -> None:
        self.view.setColumnHidden(TIME, False)
        if self._counted is not None:
            self._counted[2].by_column.pop(TIME, None)
        self._workbench.health.measure_times()

    def _on_chosen(self, item: int) -> None:
        if self.model.is_item(item) and self.model.tree is not None:
            self._workbench.showing.find(self.model.tree.id(item))

    def _on_opened(self, item: int) -> None:
        """Open a group on the canvas and here, or close it in both: the row tells which."""
        tree, graph = self.model.tree, self._state.graph
        index = self.model.index_of(item)
        opening = not self.view.isExpanded(index)
        group = tree.group(item) if tree is not None and self.model.is_item(item) else None
        if tree is None or group is None or graph is None:
            self.view.setExpanded(index, opening)
            return
        showing = self._workbench.showing
        showing.find(tree.id(item))
        if opening != (group.id in self._state.shown.showing.opened):
            showing.toggle(tree.id(item))
        self.view.setExpanded(index, opening)

    def _open_menu(self, at: QPoint) -> None:
        item = self.model.item_at(self.view.indexAt(at))
        tree = self.model.tree
        if item is None or tree is None or not self.model.is_item(item):
            return
        menu = self.menu_of(tree.id(item))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def menu_of(self, identifier: str) -> QMenu:
        """Choose a node or group, and return its menu, which is that of the canvas."""
        self._workbench.showing.find(identifier)
        return menu_with(actions_on(self._state, identifier), self._actions, self)

    # The search

    def _on_found(self, found: FoundItems) -> None:
        tree = self.model.tree
        if tree is None:
            return
        self._hits, self._place = found.items, -1
        self._show_note(found.error)
        if not found.text.strip():
            self._keep(None, frozenset())
        elif not found.error:
            self._keep(tree.with_ancestors(found.items), frozenset(_items(tree, found.items)))
        self._follow()

    def _keep(self, kept: frozenset[int] | None, hits: frozenset[int]) -> None:
        """Show the hits with all around them, or everything as it was before."""
        if self._before is None and kept is not None:
            self._before = self.view.open_items
        self.model.keep(kept, hits)
        if kept is not None:
            self.view.open_hits(kept)
        elif self._before is not None:
            self.view.open_rows(self._before)
            self._before = None

    def _go(self, by: int) -> None:
        """Choose the next hit, or the one before."""
        if self._hits:
            first = 0 if by > 0 else len(self._hits) - 1
            self._place = first if self._place < 0 else (self._place + by) % len(self._hits)
            self._workbench.showing.find(self._hits[self._place])
            self._show_note("")

    def _show_note(self, error: str) -> None:
        text = error
        if self._state.graph is None:
            text = tr(_EMPTY)
        elif not error and self.field.text().strip():
            count = counted(len(self._hits))
            text = tr("{count} found", count=count) if self._hits else tr("Nothing found")
            if self._place >= 0:
                text = tr("{number} of {count}", number=counted(self._place + 1), count=count)
        if self.note.property("wrong") != bool(error):
            self.note.setProperty("wrong", bool(error))
            self.note.style().polish(self.note)
        self.note.setText(text)
        self.note.setVisible(bool(text))


def _items(tree: GroupTree, identifiers: tuple[str, ...]) -> list[int]:
    return [item for item in map(tree.item, identifiers) if item is not None]
