"""The checks panel: recorded gradients beside other ways to find them, each with a verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import overload

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from gradviz.core.findings.checks import (
    BAD,
    METHODS,
    SIGNS,
    Finding,
    Method,
    Verdict,
    gradient_text,
    summary_of,
    verdict_of,
)
from gradviz.core.graphs.rows.group_names import name_around
from gradviz.core.language.saying import marked, said_again, spoken_language, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.ui.actions.conditions import can_check_leaves, can_check_node
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.fitting_table import Cell, Column, FittingTable
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.read_only_table import one_row_at_a_time

_COLUMNS = (Column(marked("verdict")), Column(marked("method")), Column(marked("of"), "name"))
#: Where the graph has groups.
_WITH_GROUPS = (*_COLUMNS, Column(marked("in"), "name"))
#: The ways to compare, in fewer letters where the panel is narrow, and in fewer yet.
_SHORT_METHODS: dict[Method, tuple[str, str]] = {
    "autograd": ("autograd.grad", "autograd"),
    "differences": (marked("differences"), marked("finite")),
    "sympy": ("sympy", "sympy"),
    "hand": ("autograd", "autograd"),
}
#: More rows than this are not listed; differences come first then.
_MAXIMUM_ROWS = 600
_EMPTY = marked(
    "Is a recorded gradient right? It can be compared with torch.autograd.grad bit for bit, "
    "with finite differences in double precision and, for what is typed, with sympy. "
    "Select a node and press Check this node, or check all leaves."
)


class ChecksPanel(PanelWidget):
    """Follows the checks controller; a row tells how it was compared, and selects its node."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._controller = context.workbench.checks
        self._rows: list[tuple[str, Finding]] = []
        #: The language that they are told in.
        self._language = ""
        self.node_button = named(QPushButton(tr("Check this node")), "check_node")
        self.leaves_button = named(QPushButton(tr("Check all leaves")), "check_leaves")
        self.stop_button = named(QPushButton(tr("Cancel")), "stop_checks")
        self.stop_button.setToolTip(tr("Check no further; what was found stays"))
        self.summary = named(QLabel(wordWrap=True), "hint", title=tr("What was found"))
        self.table = named(FittingTable(), "checks", title=tr("Checked gradients"))
        self.details = named(QLabel(wordWrap=True), "result", title=tr("How it was compared"))
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty = named(QLabel(tr(_EMPTY), wordWrap=True), "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lay_out()
        self.node_button.clicked.connect(self._controller.check_node)
        self.leaves_button.clicked.connect(self._controller.check_leaves)
        self.stop_button.clicked.connect(self._controller.stop)
        self.table.selectionModel().selectionChanged.connect(self._on_row_selected)
        # A click on the row that is chosen may open groups that were closed since.
        self.table.clicked.connect(self._on_row_selected)
        self._controller.changed.connect(self._on_changed)
        self._controller.wanted.connect(self.come_to_front)
        state = context.state
        for signal in (state.cursor_moved, state.selection_changed, state.training_changed):
            signal.connect(self._enable)
        for signal in (state.model_built, state.recorded, state.building_changed):
            signal.connect(self._enable)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def refresh(self) -> None:
        found = self._controller.found
        told = bool(found) or self._state.checking or bool(self._controller.message)
        self.empty.setVisible(not told)
        self.table.setVisible(bool(found))
        self.summary.setVisible(told)
        self.summary.setText(self._summary())
        if self._fresh_rows():
            self._fill()
        self.details.setVisible(bool(found))
        self._enable()

    def _lay_out(self) -> None:
        one_row_at_a_time(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 12)
        column.setSpacing(8)
        # One above the other: beneath the other panels of a narrow window there is little width.
        for button in (self.node_button, self.leaves_button, self.stop_button):
            column.addWidget(button)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(self.empty)
        column.addStretch(0)

    def _on_changed(self) -> None:
        if self.seen:
            self.refresh()

    def _summary(self) -> str:
        controller, found = self._controller, self._controller.found
        parts = []
        if self._state.checking:
            turns = counted(controller.passes)
            parts.append(
                tr(
                    "{done} of {total} checked, {turns}",
                    done=controller.done,
                    total=controller.total,
                    turns=tr_n(
                        "{shown} turns of work",
                        "{shown} turn of work",
                        controller.passes,
                        shown=turns,
                    ),
                )
            )
        if found:
            verdicts = [check.verdict for check in found.values()]
            agree, *others = summary_of(verdicts)
            parts += [f"{tr(SIGNS[verdict_of(verdicts)])[0]} {agree}", *others]
        parts += [said_again(text) for text in (controller.told, controller.message) if text]
        return " · ".join(parts)

    def _fresh_rows(self) -> bool:
        """Take the newest findings, differences first among many; tell whether they are others."""
        order: dict[Verdict, int] = {"differs": 0, "non-finite": 0, "agrees": 1, "unchecked": 2}
        every = [
            (node, each)
            for node, check in self._controller.found.items()
            for each in check.findings
        ]
        if len(every) > _MAXIMUM_ROWS:
            every.sort(key=lambda row: order[row[1].verdict])
        rows = every[:_MAXIMUM_ROWS]
        if (rows, spoken_language()) == (self._rows, self._language):
            return False
        self._rows, self._language = rows, spoken_language()
        return True

    def _fill(self) -> None:
        chosen = self.table.currentIndex().row()
        rows, words = self._rows, _Words()
        columns = _WITH_GROUPS if self._has_groups else _COLUMNS
        self.table.show_rows(
            [replace(each, title=tr(each.title)) for each in columns],
            [self._cells(node, finding, words) for node, finding in rows],
            tips=_Tips(len(rows), lambda row: "\n".join(self._lines(*rows[row]))),
        )
        worst = (i for i, (_, finding) in enumerate(self._rows) if finding.verdict in BAD)
        if self._rows:
            self.table.selectRow(chosen if 0 <= chosen < len(self._rows) else next(worst, 0))
        self._show_details()

    @property
    def _has_groups(self) -> bool:
        graph = self._state.graph
        return graph is not None and bool(graph.groups)

    def _group(self, node: str) -> str:
        """Return the name of the group that a node is in; empty where it is in none."""
        graph = self._state.graph
        return name_around(graph, node) if graph is not None else ""

    def _cells(self, node: str, finding: Finding, words: "_Words") -> tuple[Cell, ...]:
        verdict, method = words.verdicts[finding.verdict], words.methods[finding.method]
        cells: tuple[Cell, ...] = (verdict, method, (self._name(node, finding),))
        return (*cells, (self._group(node),)) if self._has_groups else cells

    def _name(self, node: str, finding: Finding) -> str:
        graph = self._state.graph
        if graph is None or node not in graph.node:
            return node
        op = graph.node[node].op
        if finding.part == "gradient":
            return op
        return f"{op}: {gradient_text(graph, node, finding)}"

    def _lines(self, node: str, finding: Finding) -> Iterator[str]:
        yield tr(
            "{node}, {method}: {verdict}",
            node=self._name(node, finding),
            method=tr(METHODS[finding.method]),
            verdict=tr(SIGNS[finding.verdict]),
        )
        group = self._group(node)
        if group:
            yield tr("in {group}", group=group)
        if finding.absolute is not None:
            yield tr(
                "difference {absolute}, relative {relative}",
                absolute=short(finding.absolute),
                relative=short(finding.relative or 0.0),
            )
        if finding.tolerance is not None:
            yield tr("tolerance {tolerance}", tolerance=short(finding.tolerance))
        if finding.told:
            yield said_again(finding.told)

    def _on_row_selected(self) -> None:
        self._show_details()
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._rows) and self.table.hasFocus():
            self._workbench.showing.find(self._rows[row][0])

    def _show_details(self) -> None:
        row = self.table.currentIndex().row()
        lines = self._lines(*self._rows[row]) if 0 <= row < len(self._rows) else iter(())
        self.details.setText("\n".join(lines))

    def _enable(self) -> None:
        self.node_button.setEnabled(can_check_node(self._state))
        self.leaves_button.setEnabled(can_check_leaves(self._state))
        self.stop_button.setVisible(self._state.checking)
        running = self._state.progress.running
        tip = (
            tr("Pause the training first")
            if running
            else tr("Compare what was recorded with the rest")
        )
        for button in (self.node_button, self.leaves_button):
            button.setToolTip(tip)


class _Words:
    """The verdicts and methods as cells, translated once for all rows."""

    def __init__(self) -> None:
        # Where there is least room, the sign is alone.
        self.verdicts: dict[Verdict, Cell] = {
            verdict: (told := tr(text), told, told[0]) for verdict, text in SIGNS.items()
        }
        self.methods: dict[Method, Cell] = {
            method: (tr(text), *map(tr, _SHORT_METHODS[method])) for method, text in METHODS.items()
        }


class _Tips(Sequence[str]):
    """The tool tips of the rows, each made once it is read."""

    def __init__(self, count: int, tip: Callable[[int], str]) -> None:
        self._count, self._tip = count, tip

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self._tip(row) for row in range(self._count)[place]]
        return self._tip(range(self._count)[place])
