"""Missing gradients, checks, changes and health name the group of a node, and open it."""

from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, model_of, written
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QTableView
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, rested

from gradviz.core.graphs.graph import Graph
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.changes_panel import ChangesPanel
from gradviz.ui.panels.checks_panel import ChecksPanel
from gradviz.ui.panels.health_panel import HealthPanel
from gradviz.ui.panels.missing_panel import MissingPanel

pytestmark = pytest.mark.usefixtures("layouts")

#: `cut` is in the graph and gets no gradient, `spare` is in no graph, and `front` is dead.
NET = HEAD + dedent(
    """
    class Cut(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, w):
            return x * w

        @staticmethod
        def backward(ctx, grad):
            return grad, None


    class Front(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(3, 3)
            self.cut = nn.Parameter(torch.ones(3))
            self.spare = nn.Parameter(torch.ones(3))

        def forward(self, x):
            return Cut.apply(self.linear(x), self.cut).relu()


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.front = Front()
            self.back = nn.Linear(3, 2)
            with torch.no_grad():
                self.front.linear.bias.fill_(-99)

        def forward(self, x):
            return self.back(self.front(x))


    def example_inputs():
        return torch.linspace(-0.1, 1, 15).view(5, 3)
    """
)


@pytest.fixture
def net(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Graph:
    """Show the model with its groups closed."""
    window.workbench.choose_own(model_of(written(tmp_path, NET), "Net"))
    qtbot.waitUntil(lambda: bool(window.state.graph and window.state.graph.groups), timeout=SOON_MS)
    rested(window, qtbot)
    window.workbench.showing.close_all()
    rested(window, qtbot)
    assert window.state.graph is not None
    return window.state.graph


def click_row(rows: QTableView | QListWidget, row: int) -> None:
    index = rows.model().index(row, 0)
    rows.scrollTo(index)
    where = rows.visualRect(index).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)


def opens_again(window: MainWindow, rows: QTableView | QListWidget, row: int, node: str) -> None:
    """Click a row twice, with all groups closed before: its node is selected and in sight."""
    for _ in range(2):
        window.workbench.showing.close_all()
        assert "front" not in window.state.shown.showing.opened
        click_row(rows, row)
        assert window.state.selected == node
        assert "front" in window.state.shown.showing.opened


def test_that_a_missing_gradient_names_its_group_and_is_shown(
    window: MainWindow, qtbot: QtBot, net: Graph
) -> None:
    window.show_panel("missing")
    panel = window.panels.widgets["missing"]
    assert isinstance(panel, MissingPanel)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3, timeout=SOON_MS)
    names = [row.name for row in panel.model.rows]
    assert [panel.model.index(row, 2).data() for row in range(3)] == ["front", "front", ""]
    cut = next(node.id for node in net.nodes if node.op == "front.cut")
    opens_again(window, panel.table, names.index("front.cut"), cut)
    click_row(panel.table, names.index("front.spare"))
    assert window.state.selected is None
    assert window.state.shown.selected == "@front"


def test_that_a_checked_gradient_names_its_group_and_is_shown(
    window: MainWindow, qtbot: QtBot, net: Graph
) -> None:
    window.workbench.checks.check_leaves()
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    rested(window, qtbot)
    panel = window.panels.widgets["checks"]
    assert isinstance(panel, ChecksPanel)
    rows = [panel.table.whole_texts(row) for row in range(panel.table.model().rowCount())]
    groups = {row[2]: row[3] for row in rows}
    assert groups["front.linear.weight"] == "front.linear"
    assert groups["back.bias"] == "back"
    place = next(i for i, row in enumerate(rows) if row[2] == "front.linear.weight")
    opens_again(window, panel.table, place, panel._rows[place][0])


def test_that_a_change_names_its_group_and_is_shown(
    window: MainWindow, qtbot: QtBot, net: Graph
) -> None:
    window.workbench.changes.keep()
    rested(window, qtbot)
    window.workbench.choose_seed(7)
    rested(window, qtbot)
    window.workbench.showing.close_all()
    window.show_panel("changes")
    panel = window.panels.widgets["changes"]
    assert isinstance(panel, ChangesPanel)
    qtbot.waitUntil(lambda: panel.rows.count() > 0, timeout=SOON_MS)
    texts = [panel.rows.item(row).text() for row in range(panel.rows.count())]
    place = next(i for i, text in enumerate(texts) if text.startswith("≠ Addmm in front.linear\n"))
    node = panel.rows.item(place).data(Qt.ItemDataRole.UserRole)
    opens_again(window, panel.rows, place, node)


def test_that_a_marked_place_names_its_group_and_is_shown(
    window: MainWindow, qtbot: QtBot, net: Graph
) -> None:
    window.show_panel("health")
    panel = window.panels.widgets["health"]
    assert isinstance(panel, HealthPanel)
    rested(window, qtbot)
    texts = [panel.places.item(row).text() for row in range(panel.places.count())]
    place = next(i for i, text in enumerate(texts) if text.startswith("Addmm in front.linear  "))
    opens_again(
        window, panel.places, place, panel.places.item(place).data(Qt.ItemDataRole.UserRole)
    )
