"""The workspaces: room for the graph, the way to each panel, and what is remembered of each."""

from typing import Any

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QToolBar
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, press, rested, shown, typed

from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels import PANELS
from gradviz.ui.panels.training.training_panel import TrainingPanel
from gradviz.ui.widgets.fitting_table import FittingTable
from gradviz.ui.workspaces import WORKSPACES
from gradviz.ui.workspaces.workspace_tabs import WorkspaceTabs

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every floating panel and menu.
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
SIZES = [(1440, 900), (1280, 720), (1024, 700)]
NAMES = [row.id for row in WORKSPACES]
#: The workspaces in which the graph has most of the window, and the room that it has at 1440 x 900.
LARGE = ["learn", "inspect", "debug"]
WIDTH, HEIGHT = 1000, 620


def tabs_of(window: MainWindow) -> WorkspaceTabs:
    tabs = window.findChild(WorkspaceTabs)
    assert tabs is not None
    return tabs


def click_tab(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """Click the tab of a workspace, and wait until nothing moves any more."""
    tabs = tabs_of(window)
    place = tabs.tabRect(NAMES.index(name)).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
    rested(window, qtbot)
    assert window.state.workspace == name


def seen(window: MainWindow) -> set[str]:
    return {name for name, panel in window.panels.widgets.items() if panel.seen}


def trained(window: MainWindow, qtbot: QtBot, steps: int = 5) -> None:
    """Press Train and wait until the steps are done."""
    window.workbench.choose_steps(steps)
    QTest.mouseClick(window.top.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.state.progress.step == steps and not window.state.progress.running,
        timeout=4 * SOON_MS,
    )
    rested(window, qtbot)


def again(window: MainWindow, settings: QSettings, qtbot: QtBot) -> MainWindow:
    """Close the window and open another one with the same settings."""
    window.close()
    settings.sync()
    opened = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(opened)
    opened.show()
    opened.panels.make_the_rest()
    qtbot.waitUntil(lambda: bool(seen(opened)), timeout=SOON_MS)
    return opened


def bar_of_training(window: MainWindow) -> QToolBar:
    return next(each for each in window.findChildren(QToolBar) if each.objectName() == "history")


# Room for the graph


@pytest.mark.parametrize("name", LARGE)
def test_that_the_graph_has_most_of_the_window(window: MainWindow, qtbot: QtBot, name: str) -> None:
    click_tab(window, qtbot, name)
    for text in ("5x^3 + 2x^2 + 4x + 8", "a + b x + c x^2 + d x^3"):
        typed(window, qtbot, text)
        window.workbench.move_cursor(3)
        rested(window, qtbot)
        view = window.canvas.view
        assert (view.width() >= WIDTH, view.height() >= HEIGHT) == (True, True), view.size()
    trained(window, qtbot)
    assert bar_of_training(window).isVisible()
    assert (view.width() >= WIDTH, view.height() >= HEIGHT) == (True, True), view.size()


@pytest.mark.parametrize("name", LARGE)
def test_that_the_classifier_leaves_the_graph_its_room(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    click_tab(window, qtbot, name)
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: shown(window) and window.state.mode == "fit", timeout=4 * SOON_MS)
    trained(window, qtbot, steps=2)
    view = window.canvas.view
    assert (view.width() >= WIDTH, view.height() >= HEIGHT) == (True, True), view.size()
    assert ("images" in seen(window)) == (name == "learn")
    click_tab(window, qtbot, "train")
    assert {"images", "loss"} <= seen(window)


def test_that_train_has_large_plots_and_the_whole_form(window: MainWindow, qtbot: QtBot) -> None:
    click_tab(window, qtbot, "train")
    trained(window, qtbot)
    for name in ("fit", "loss"):
        panel = window.panels.widgets[name]
        assert panel.width() >= 500
        assert panel.height() >= 300
    form = window.panels.widgets["training"]
    assert isinstance(form, TrainingPanel)
    assert form.visibleRegion().boundingRect().height() == form.height()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_that_the_window_keeps_its_size_and_the_graph_half_of_its_width(
    window: MainWindow, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    click_tab(window, qtbot, name)
    trained(window, qtbot)
    assert (window.width(), window.height()) == size
    assert window.canvas.view.width() >= size[0] / 2


def test_that_debug_shows_its_checks_whole(window: MainWindow, qtbot: QtBot) -> None:
    click_tab(window, qtbot, "debug")
    typed(window, qtbot, "a x + b")
    action(window, "gradviz.step.check_leaves").trigger()
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    rested(window, qtbot)
    table = window.panels.widgets["checks"].findChild(FittingTable, "checks")
    assert table is not None
    assert not table.horizontalScrollBar().isVisible()
    assert [table.texts(row)[0][0] for row in range(table.model().rowCount())] == 6 * ["✓"]
    assert window.canvas.view.width() >= WIDTH


# Ways to a workspace


def test_that_the_first_start_opens_in_learn(window: MainWindow) -> None:
    assert window.state.workspace == "learn"
    assert tabs_of(window).currentIndex() == 0
    assert seen(window) == {"explain", "fit", "formula"}


def test_that_tabs_keys_menu_and_palette_choose_a_workspace(
    window: MainWindow, qtbot: QtBot
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for number, name in enumerate(NAMES, 1):
        press(window, Qt.Key(Qt.Key.Key_0 + number), alt)
        assert window.state.workspace == name
        assert tabs_of(window).currentIndex() == number - 1
    for name in NAMES:
        click_tab(window, qtbot, name)
    for row in WORKSPACES:
        entry = action(window, f"gradviz.view.workspace_{row.id}")
        entry.trigger()
        assert window.state.workspace == row.id
        assert entry.isChecked()

    def choose(dialog: Any) -> None:
        QTest.keyClicks(dialog.search, "inspect workspace")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    clock = answering(Finder, choose)
    action(window, "gradviz.edit.palette").trigger()
    clock.stop()
    assert window.state.workspace == "inspect"


def test_that_the_tabs_have_names_and_keys_of_their_own(window: MainWindow, qtbot: QtBot) -> None:
    tabs = tabs_of(window)
    read = QAccessible.queryAccessibleInterface(tabs)
    assert tabs.accessibleName() == "Workspaces"
    names = [read.child(place).text(QAccessible.Text.Name) for place in range(tabs.count())]
    assert names == [f"{row.title} workspace" for row in WORKSPACES]
    typed(window, qtbot, "a + b x")
    cursor = window.state.cursor
    tabs.setFocus()
    press(window, Qt.Key.Key_Right)
    assert window.state.workspace == "inspect"
    assert tabs.hasFocus()
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Left)
    assert window.state.workspace == "inspect"
    assert window.state.cursor == cursor


def test_that_the_tabs_stand_whole_beside_the_menus(window: MainWindow, qtbot: QtBot) -> None:
    for size in SIZES:
        window.resize(*size)
        rested(window, qtbot)
        tabs = tabs_of(window)
        right = tabs.mapTo(window, QPoint(tabs.width(), 0)).x()
        assert size[0] - 16 <= right <= size[0]
        assert tabs.tabRect(tabs.count() - 1).right() < tabs.width()
        last = window.menuBar().actionGeometry(window.menuBar().actions()[-1])
        assert last.right() < tabs.x()


# Ways to a panel


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_that_each_panel_comes_to_its_place(
    window: MainWindow, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    click_tab(window, qtbot, name)
    area = window.rect()
    for panel in PANELS:
        window.show_panel(panel.id)
        qtbot.waitUntil(lambda name=panel.id: name in seen(window), timeout=SOON_MS)  # type: ignore[misc]
        dock = window.panels.docks[panel.id]
        assert area.contains(dock.geometry()), panel.id
        assert not dock.isFloating()
    rested(window, qtbot)
    assert (window.width(), window.height()) == size
    row = WORKSPACES[NAMES.index(name)]
    for each in row.arrangement_for(size[0]).places:
        docks = [window.panels.docks[panel] for panel in each.panels]
        assert {*window.tabifiedDockWidgets(docks[0]), docks[0]} == set(docks)


@pytest.mark.parametrize("name", NAMES)
def test_that_the_models_are_one_click_away(window: MainWindow, qtbot: QtBot, name: str) -> None:
    click_tab(window, qtbot, name)
    bar, place = next(
        (bar, place)
        for bar in window.findChildren(QTabBar)
        for place in range(bar.count())
        if bar.isVisible() and bar.tabText(place) == "MODELS"
    )
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    qtbot.waitUntil(lambda: "models" in seen(window), timeout=SOON_MS)


def test_that_training_in_learn_brings_the_curves_into_sight(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    window.show_panel("code")
    qtbot.waitUntil(lambda: "code" in seen(window), timeout=SOON_MS)
    assert not {"fit", "loss"} & seen(window)
    window.workbench.choose_steps(5)
    QTest.mouseClick(window.top.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: {"fit", "loss", "explain"} <= seen(window), timeout=SOON_MS)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)
    assert window.canvas.view.width() >= WIDTH


def test_that_training_opens_nothing_that_was_closed(window: MainWindow, qtbot: QtBot) -> None:
    window.panels.docks["fit"].close()
    trained(window, qtbot)
    assert "loss" in seen(window)
    assert window.panels.docks["fit"].isHidden()


def test_that_the_steps_of_the_training_are_shown_where_there_are_any(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = bar_of_training(window)
    assert not bar.isVisible()
    trained(window, qtbot)
    assert bar.isVisible()
    for name in NAMES:
        click_tab(window, qtbot, name)
        assert bar.isVisible()
    action(window, "gradviz.train.reset").trigger()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=SOON_MS)
    for name in NAMES:
        click_tab(window, qtbot, name)
        assert not bar.isVisible()


# What stays


def test_that_changing_the_workspace_changes_nothing_else(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x + c x^2")
    window.workbench.move_cursor(4)
    graph = window.state.graph
    assert graph is not None
    window.workbench.select(graph.nodes[2].id)
    window.workbench.choose_steps(1_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step > 0, timeout=SOON_MS)
    selected = window.state.selected
    for name in (*NAMES, *NAMES):
        step = window.state.progress.step
        tabs_of(window).setCurrentIndex(NAMES.index(name))
        qtbot.waitUntil(lambda step=step: window.state.progress.step > step, timeout=SOON_MS)  # type: ignore[misc]
        assert window.state.progress.running
        assert (window.state.cursor, window.state.selected) == (4, selected)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)


def test_that_the_focus_stays_or_goes_to_the_graph(window: MainWindow, qtbot: QtBot) -> None:
    field = window.top.field
    field.setFocus()
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    rested(window, qtbot)
    assert field.hasFocus()
    form = window.panels.widgets["training"]
    assert isinstance(form, TrainingPanel)
    form.steps.setFocus()
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    rested(window, qtbot)
    assert window.canvas.view.hasFocus()


def test_that_no_tabs_are_left_of_another_workspace(window: MainWindow, qtbot: QtBot) -> None:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for name in 3 * NAMES:
        click_tab(window, qtbot, name)
        bars = [each for each in window.findChildren(QTabBar, options=direct) if each.count() > 1]
        places = WORKSPACES[NAMES.index(name)].arrangement_for(1440).places
        wanted = [list(each.opened) for each in places if len(each.opened) > 1]
        texts = [[bar.tabText(i).lower() for i in range(bar.count())] for bar in bars]
        assert sorted(texts) == sorted(wanted)


# Memory


def test_that_each_workspace_is_remembered_for_itself(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    # The screen of these tests is not larger.
    window.resize(780, 700)
    window.panels.docks["formula"].close()
    window.show_panel("inspector")
    click_tab(window, qtbot, "debug")
    window.panels.docks["changes"].close()
    window.resizeDocks([window.panels.docks["tree"]], [330], Qt.Orientation.Horizontal)
    rested(window, qtbot)
    click_tab(window, qtbot, "learn")
    assert window.panels.docks["formula"].isHidden()
    assert seen(window) == {"inspector", "fit", "result"}
    click_tab(window, qtbot, "debug")
    assert window.panels.docks["tree"].width() == 330
    later = again(window, settings, qtbot)
    assert later.state.workspace == "debug"
    assert later.panels.docks["changes"].isHidden()
    assert later.panels.docks["tree"].width() == 330
    tabs_of(later).setCurrentIndex(0)
    qtbot.waitUntil(lambda: seen(later) == {"inspector", "fit", "result"})
    later.close()


def test_that_reset_is_for_the_current_workspace_alone(window: MainWindow, qtbot: QtBot) -> None:
    first: dict[str, set[str]] = {}
    for name in ("learn", "train"):
        click_tab(window, qtbot, name)
        first[name] = seen(window)
        window.panels.docks["fit"].close()
    action(window, "gradviz.view.reset_layout").trigger()
    rested(window, qtbot)
    assert seen(window) == first["train"]
    click_tab(window, qtbot, "learn")
    assert window.panels.docks["fit"].isHidden()
    action(window, "gradviz.view.reset_layout").trigger()
    rested(window, qtbot)
    assert seen(window) == first["learn"]


@popups
def test_that_a_floating_panel_floats_in_its_own_workspace(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.panels.docks["explain"].setFloating(True)
    click_tab(window, qtbot, "inspect")
    assert not window.panels.docks["explain"].isFloating()
    click_tab(window, qtbot, "learn")
    assert window.panels.docks["explain"].isFloating()


def test_that_a_narrowed_window_keeps_its_workspace(window: MainWindow, qtbot: QtBot) -> None:
    click_tab(window, qtbot, "debug")
    window.show_panel("changes")
    window.resizeDocks([window.panels.docks["health"]], [310], Qt.Orientation.Horizontal)
    rested(window, qtbot)
    window.resize(1024, 700)
    rested(window, qtbot)
    assert window.state.workspace == "debug"
    explain, tree = window.panels.docks["explain"], window.panels.docks["tree"]
    assert tree in window.tabifiedDockWidgets(explain)
    window.resize(1440, 900)
    rested(window, qtbot)
    assert window.state.workspace == "debug"
    assert tree not in window.tabifiedDockWidgets(explain)
    assert seen(window) == {"tree", "changes"}
    assert window.panels.docks["changes"].width() == 310


def test_that_a_window_that_grows_after_the_start_has_the_panels_of_its_width(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    click_tab(window, qtbot, "debug")
    for size in ((780, 700), (1440, 900)):
        window.resize(*size)
        rested(window, qtbot)
    window.show_panel("training")
    # The screen of these tests is narrow, and so is the window at first, as one that is maximized.
    later = again(window, settings, qtbot)
    assert later.width() < 1200
    assert later.panels.docks["training"].isHidden()
    later.resize(1440, 900)
    qtbot.waitUntil(lambda: not later.panels.docks["training"].isHidden(), timeout=SOON_MS)
    later.close()


def test_that_a_side_follows_the_windows_width_unless_the_user_has_sized_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    fit = window.panels.docks["fit"]
    wide, middle, _ = (each.sizes["right"] for each in WORKSPACES[0].arrangements)
    assert fit.width() == wide
    window.resize(1280, 720)
    rested(window, qtbot)
    assert fit.width() == middle
    window.resize(1440, 900)
    rested(window, qtbot)
    assert fit.width() == wide
    window.resizeDocks([fit], [wide - 40], Qt.Orientation.Horizontal)
    rested(window, qtbot)
    window.resize(1280, 720)
    rested(window, qtbot)
    assert fit.width() == wide - 40


def test_that_an_unknown_workspace_in_the_settings_is_the_first(
    settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("workspace", "no such one")
    settings.setValue("workspaces/learn/0/state", b"nothing that Qt knows")
    settings.setValue("workspaces/learn/0/sized_for", "wide")
    window = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(window)
    window.show()
    assert window.state.workspace == "learn"
    assert not window.panels.docks["explain"].isHidden()
    window.close()
