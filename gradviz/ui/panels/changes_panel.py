"""Changes: the differences between the kept recording and the shown one."""

import math
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from gradviz.core.findings.changes import Changes, Kept, TensorDifference, node_title
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.rows.group_names import name_around
from gradviz.core.language.saying import marked, said_again, sentences, tr
from gradviz.core.number_text import counted, short, stored
from gradviz.render.numbers import tensor_text
from gradviz.ui.actions.changes_actions import CLEAR, KEEP
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named

#: More rows than this are only counted: nobody reads them.
_MOST_ROWS = 200
_EMPTY = marked(
    "What changed between two backward passes will be here. Press Keep, then train a step, edit "
    "the expression, or choose another seed. A model with another structure ends the comparison."
)
#: The whole texts of a single number and of a norm.
_OLD = marked("old {value}"), marked("old norm {value}")
_NEW = marked("new {value}"), marked("new norm {value}")


class ChangesPanel(PanelWidget):
    """Follows the changes controller; a click on a row selects its node, if it is still there."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._controller = context.workbench.changes
        self._listed: tuple[object, ...] = ()
        self.kept = named(QLabel(wordWrap=True), "secondary", title=tr("What is compared with"))
        self.kept.setTextFormat(Qt.TextFormat.PlainText)
        self.summary = named(QLabel(wordWrap=True), "place", title=tr("How much changed"))
        self.rows = named(QListWidget(), "changes_list", title=tr("What changed"))
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setWordWrap(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setAccessibleName(tr("Cancel comparing"))
        self.cancel.setToolTip(tr("Compare no further; the next recording is compared again"))
        self.cancel.clicked.connect(self._controller.cancel)
        buttons = QHBoxLayout()
        for action in (KEEP, CLEAR):
            button = QToolButton()
            button.setDefaultAction(context.actions[action])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setAccessibleName(tr(action.title))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(buttons)
        column.addWidget(self.kept)
        column.addWidget(self.summary)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.rows, 1)
        self.rows.itemClicked.connect(self._select)
        self.rows.itemActivated.connect(self._select)
        self._controller.changed.connect(self._show)
        self._controller.kept_changed.connect(self._on_kept_changed)
        self._state.training_changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def refresh(self) -> None:
        self._show()

    def _select(self, item: QListWidgetItem) -> None:
        node = item.data(Qt.ItemDataRole.UserRole)
        graph = self._state.graph
        if node is not None and graph is not None and node in graph.node:
            self._workbench.showing.find(node)

    def _on_kept_changed(self) -> None:
        """Come to the front when a recording is kept: later changes are shown here."""
        if self._controller.kept is not None:
            self.come_to_front()

    def _show(self) -> None:
        if not self.seen:
            return
        kept, changes, graph = self._controller.kept, self._controller.changes, self._state.graph
        self.kept.setVisible(kept is not None)
        self.cancel.setVisible(kept is not None and self._controller.progress is not None)
        if kept is None:
            self.summary.setText(tr(_EMPTY))
            self._list(())
            return
        self.kept.setText(_since(kept))
        if changes is None or graph is None:
            self.summary.setText(self._controller.note)
            self._list(())
            return
        rows = tuple(islice(_rows(kept, graph, changes), _MOST_ROWS + 1))
        cut = len(rows) > _MOST_ROWS
        more = tr("The first {count} are listed.", count=_MOST_ROWS) if cut else ""
        self.summary.setText(sentences([changes.summary, more]))
        self._list(rows[:_MOST_ROWS])

    def _list(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        if rows == self._listed:
            return
        place = self.rows.verticalScrollBar().value()
        self._listed = rows
        self.rows.clear()
        for node, text, tip in rows:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, node or None)
            item.setToolTip(tip)
            self.rows.addItem(item)
        self.rows.verticalScrollBar().setValue(place)
        self.rows.setVisible(bool(rows))


def _since(kept: Kept) -> str:
    """Return which pass is compared with, and how much of it was not kept."""
    title = said_again(kept.title)
    if not kept.left_out:
        return tr("Since {moment}", moment=title)
    return tr(
        "Since {moment}. Of {count} of its tensors only statistics are kept.",
        moment=title,
        count=counted(kept.left_out),
    )


def _rows(kept: Kept, graph: Graph, changes: Changes) -> Iterator[tuple[str, str, str]]:
    """Yield a node's id, a text and a tool tip for each row; a removed node has no id."""
    select, gone = tr("Click to select this node"), tr("This node is not in the graph any more")
    for node in changes.came:
        yield node, tr("+ {node} came", node=_title(graph, node)), select
    for node in changes.went:
        yield "", tr("− {node} went", node=_title(kept.graph, node)), gone
    for change in changes.changed:
        if change.node in graph.node:
            title = _title(graph, change.node)
            yield change.node, f"≠ {title}\n{_told(change)}", _whole(change)


def _title(graph: Graph, node: str) -> str:
    """Return the name of a node with that of the group that it is in."""
    title, group = node_title(graph, node), name_around(graph, node)
    return tr("{node} in {group}", node=title, group=group) if group else title


def _told(change: TensorDifference) -> str:
    """Return old and new, and how far they are apart, as short as it can be read."""
    if change.old is None and change.new is None:
        return f"{said_again(change.title)} {said_again(change.told)}"
    text = f"{said_again(change.title)} {_text(change, old=True)} → {_text(change, old=False)}"
    relative = change.relative
    if change.difference is not None:
        by = short(change.difference)
        by = by if change.difference < 0 else f"+{by}"
        if relative is not None and math.isfinite(relative):
            by += f" ({short(100 * relative, 3)} %)"
        if change.ratio is not None:
            by += f", × {short(change.ratio, 4)}"
        told = tr("by {difference}", difference=by)
        text += f"\n{told}"
    return f"{text}\n{said_again(change.told)}" if change.told else text


def _text(change: TensorDifference, *, old: bool) -> str:
    summary = change.old if old else change.new
    return tr("none") if summary is None else tensor_text(summary)


def _whole(change: TensorDifference) -> str:
    """Return the numbers with every digit."""
    parts = [said_again(change.title)]
    for (scalar, norm), summary in ((_OLD, change.old), (_NEW, change.new)):
        size = None if summary is None else summary.norm
        if summary is not None and summary.scalar is not None:
            parts.append(tr(scalar, value=stored(summary.scalar, summary.dtype)))
        elif summary is not None and size is not None:
            parts.append(tr(norm, value=stored(size, summary.dtype)))
    if change.difference is not None:
        difference = short(change.difference, 9)
        one = change.new is not None and change.new.scalar is not None
        parts.append(
            tr("difference {value}", value=difference)
            if one
            else tr("norm of the difference {value}", value=difference)
        )
    if change.relative is not None:
        parts.append(tr("beside the old one {value}", value=short(change.relative, 9)))
    return "\n".join([*parts, tr("Click to select this node")])
