"""What a learner does in a lesson, with real keys and clicks: a driver for each condition."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from window_acts import action, click, place_of, type_in

from gradviz.core.language.saying import spoken_language
from gradviz.ui.lessons.conditions import CONDITIONS, unmet
from gradviz.ui.lessons.lesson_window import node_called
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel

LONG_MS = 60_000
Driver = Callable[[MainWindow, QtBot, Any], object]


def keys_of(window: MainWindow, identifier: str) -> None:
    """Press the first shortcut of an action."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keySequence(window, action(window, identifier).shortcut())


def speak_in(window: MainWindow, qtbot: QtBot, language: str) -> None:
    """Have the window speak another language, and wait until it does."""
    if language != spoken_language():
        with qtbot.waitSignal(window.state.language_changed):
            window.choose_language(language)
        qtbot.waitUntil(window.updatesEnabled)


def type_over(field: QWidget, text: str) -> None:
    """Replace the text of a field, and press Enter."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def click_on(widget: QWidget, place: QPoint | None = None) -> None:
    """Click a widget with the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())


def panel_of(window: MainWindow, qtbot: QtBot, name: str) -> QWidget:
    """Bring a panel to the front: by its tab where it has one, else by the menu."""
    widget = window.panels.widgets[name]
    if not widget.seen:
        title = window.panels.docks[name].windowTitle()
        tabs = [
            (bar, place)
            for bar in window.findChildren(QTabBar)
            for place in range(bar.count())
            # A workspace may have the name of a panel.
            if bar.isVisible() and bar.objectName() != "workspaces" and bar.tabText(place) == title
        ]
        for bar, place in tabs[:1]:
            click_on(bar, bar.tabRect(place).center())
    if not widget.seen:
        window.panels.docks[name].toggleViewAction().trigger()
        window.panels.docks[name].raise_()
    qtbot.waitUntil(lambda: widget.seen)
    return widget


def _training(window: MainWindow, qtbot: QtBot) -> TrainingPanel:
    panel = panel_of(window, qtbot, "training")
    assert isinstance(panel, TrainingPanel)
    return panel


def _choose_model(window: MainWindow, qtbot: QtBot, name: str) -> None:
    found = panel_of(window, qtbot, "models").findChild(QListWidget, "models")
    assert isinstance(found, QListWidget)
    catalogue = window.state.catalogue
    assert catalogue is not None
    row = [entry.name for entry in catalogue.models].index(name)
    found.scrollToItem(found.item(row))
    click_on(found.viewport(), found.visualItemRect(found.item(row)).center())


def _open_file(window: MainWindow, qtbot: QtBot, _: str) -> None:
    keys_of(window, "gradviz.help.lesson_show")
    qtbot.waitUntil(lambda: window.own_models.dialog is not None)
    dialog = window.own_models.dialog
    assert dialog is not None
    click_on(dialog.run)
    qtbot.waitUntil(
        lambda: window.own_models.dialog is None or window.notices.told is not None,
        timeout=LONG_MS,
    )


def _have_refused(window: MainWindow, qtbot: QtBot, path: str) -> None:
    _open_file(window, qtbot, path)
    qtbot.waitUntil(lambda: window.notices.told is not None, timeout=LONG_MS)
    dialog = window.own_models.dialog
    assert dialog is not None
    click_on(dialog.cancel)
    qtbot.waitUntil(lambda: window.own_models.dialog is None)


def _choose_order(window: MainWindow, qtbot: QtBot, order: int) -> None:
    for wanted, identifier in ((2, "create_graph"), (3, "third_order")):
        model = window.state.model
        if (model.order >= wanted) != (order >= wanted):
            keys_of(window, f"gradviz.model.{identifier}")
            qtbot.waitUntil(lambda: not window.state.building, timeout=LONG_MS)


def _type_initial(window: MainWindow, qtbot: QtBot, numbers: dict[str, float]) -> None:
    panel = panel_of(window, qtbot, "result")
    assert isinstance(panel, ResultPanel)
    for name, value in numbers.items():
        type_over(panel.fields[name], repr(value))
        qtbot.waitUntil(lambda: not window.state.building)


def _walk(window: MainWindow, _: QtBot, to: str) -> None:
    window.canvas.view.setFocus()
    keys = {"start": "first", "turn": "turn", "end": "last"}
    keys_of(window, f"gradviz.step.{keys[to]}")


def _step_until(name: str) -> Driver:
    def drive(window: MainWindow, _: QtBot, value: Any) -> None:
        window.canvas.view.setFocus()
        for _press in range(len(window.state.steps) + abs(window.state.first_cursor) + 1):
            if CONDITIONS[name].holds(window, value):
                return
            QTest.keyClick(window.canvas.view, Qt.Key.Key_Right)

    return drive


def _click_node(window: MainWindow, _: QtBot, name: str) -> None:
    graph = window.state.graph
    assert graph is not None
    node = node_called(graph, name)
    assert node is not None
    item = window.state.shown.item_of(graph, node.id)
    assert item is not None
    window.canvas.view.make_visible(item)
    click(window, place_of(window, item))


def _choose_optimizer(window: MainWindow, qtbot: QtBot, name: str) -> None:
    box = _training(window, qtbot).optimizer
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _press in range(box.count()):
        if box.currentData() == name:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)


def _type_options(window: MainWindow, qtbot: QtBot, options: dict[str, float]) -> None:
    for name, value in options.items():
        type_over(_training(window, qtbot).options.controls[name], repr(value))


def _train(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    missing = steps - window.state.progress.newest_step
    if missing == 1:
        keys_of(window, "gradviz.train.step")
        return
    type_over(_training(window, qtbot).steps, str(steps))
    click_on(window.top.train)


def _check(window: MainWindow, _: QtBot, __: bool) -> None:
    keys_of(window, "gradviz.step.check_leaves")


DRIVERS: dict[str, Driver] = {
    "workspace": lambda window, _, name: keys_of(window, f"gradviz.view.workspace_{name}"),
    "expression": lambda window, _, text: type_in(window, text),
    "model": _choose_model,
    "file": _open_file,
    "refused": _have_refused,
    "untrained": lambda window, _, __: click_on(window.top.reset),
    "images": lambda window, _, __: keys_of(window, "gradviz.help.lesson_show"),
    "mode": lambda window, _, mode: click_on(window.top.modes[mode]),
    "at": lambda window, _, at: type_over(window.top.at, repr(at)),
    "order": _choose_order,
    "seed": lambda window, qtbot, seed: type_over(_training(window, qtbot).seed, str(seed)),
    "target": lambda window, qtbot, text: type_over(_training(window, qtbot).data.target, text),
    "initial": _type_initial,
    "walk": _walk,
    "step": _step_until("step"),
    "reached": _step_until("reached"),
    "chosen": _click_node,
    "panel": panel_of,
    "optimizer": _choose_optimizer,
    "learning_rate": lambda window, qtbot, rate: type_over(
        _training(window, qtbot).learning_rate, repr(rate)
    ),
    "options": _type_options,
    "trained": _train,
    "visited": lambda window, _, step: type_over(window.history.step, str(step)),
    "checked": _check,
}


def do(window: MainWindow, qtbot: QtBot, conditions: dict[str, Any]) -> None:
    """Bring conditions about as a learner does, one after another, until the step is done."""
    player = window.lessons.player
    for name, value in conditions.items():
        if not player.done and not CONDITIONS[name].holds(window, value):
            DRIVERS[name](window, qtbot, value)
            qtbot.waitUntil(partial(_done_or_holds, window, name, value), timeout=LONG_MS)


def _done_or_holds(window: MainWindow, name: str, value: Any) -> bool:
    return window.lessons.player.done or CONDITIONS[name].holds(window, value)


def do_step(window: MainWindow, qtbot: QtBot) -> None:
    """Do what the step of the lesson asks for, look at its facts, and go on."""
    player, lesson = window.lessons.player, window.lessons.player.lesson
    qtbot.waitUntil(lambda: not player.preparing, timeout=LONG_MS)
    step, place = player.step, player.place
    assert lesson is not None
    assert step is not None
    if step.answer is not None:
        QTest.keyClicks(window.lessons.bar.guess, f"{step.answer}")
        QTest.keyClick(window.lessons.bar.guess, Qt.Key.Key_Return)
    do(window, qtbot, step.shown)
    qtbot.waitUntil(lambda: player.done, timeout=LONG_MS)
    try:
        qtbot.waitUntil(lambda: unmet(window, step.facts) is None)
    except qtbot.TimeoutError as error:
        name = unmet(window, step.facts)
        raise AssertionError(f"{lesson.name}, step {place + 1}: {name} is not so") from error
    # The dialog of a user's file keeps the keys until it has gone.
    qtbot.waitUntil(lambda: window.own_models.dialog is None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=LONG_MS)
    going_on = action(window, "gradviz.help.lesson_next")
    qtbot.waitUntil(going_on.isEnabled, timeout=LONG_MS)
    keys_of(window, "gradviz.help.lesson_next")
    try:
        qtbot.waitUntil(lambda: player.place == place + 1)
    except qtbot.TimeoutError:
        # On a busy machine a key was lost now and then, and the cause is not known: a learner
        # presses it again.
        keys_of(window, "gradviz.help.lesson_next")
    try:
        qtbot.waitUntil(lambda: player.place == place + 1, timeout=LONG_MS)
    except qtbot.TimeoutError as error:
        lost = (QApplication.activeWindow(), QApplication.focusWidget(), going_on.isEnabled())
        raise AssertionError(f"{lesson.name}, step {place + 1}: the key is lost, {lost}") from error
