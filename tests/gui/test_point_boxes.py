"""The inputs of a gradient at a point: typed into their boxes with real keys."""

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, rested, shown, texts_of, typed

from gradviz.core.number_text import short
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.code_panel import CodePanel
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.result_panel import ResultPanel

pytestmark = pytest.mark.usefixtures("layouts")
FUNCTION = "x y + sin(z)"


def boxes(window: MainWindow) -> dict[str, float]:
    """Return the values of the boxes that are seen."""
    found = window.top.points.boxes.items()
    return {name: box.value() for name, box in found if box.isVisible()}


def enter(window: MainWindow, qtbot: QtBot, name: str, text: str) -> None:
    """Type a value into a box, and wait until its gradient stands."""
    box = window.top.points.boxes[name]
    QTest.mouseClick(box.lineEdit(), Qt.MouseButton.LeftButton)
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)

    def taken() -> bool:
        built = window.state.built
        return built is not None and built.inputs.get(name) == float(text) and shown(window)

    qtbot.waitUntil(taken, timeout=SOON_MS)


def gradients(window: MainWindow) -> dict[str, float | None]:
    """Return the gradients of the leaves by name, as they are recorded."""
    graph, trace = window.state.graph, window.state.trace
    assert graph is not None
    assert trace is not None
    return {graph.node[leaf].op: found.scalar for leaf, found in trace.leaf_grads.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x^2", ["x"]),
        (FUNCTION, ["x", "y", "z"]),
        ("y z", ["y", "z"]),
        ("y = x^3", ["x"]),
        ("a + b x", []),
    ],
)
def test_that_each_input_has_a_box_while_its_letter_is_typed(
    window: MainWindow, qtbot: QtBot, text: str, names: list[str]
) -> None:
    for before in ("x y", "z + y"):
        typed(window, qtbot, before)
        typed(window, qtbot, text)
        qtbot.waitUntil(lambda: list(boxes(window)) == names, timeout=SOON_MS)
        assert window.top.points.isVisible() == bool(names)


def test_that_typed_values_give_torchs_partial_derivatives(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, FUNCTION)
    assert boxes(window) == {"x": 2, "y": 1, "z": 1}
    enter(window, qtbot, "y", "-2.5")
    enter(window, qtbot, "z", "0.25")
    leaves = [torch.tensor(value, requires_grad=True) for value in (2.0, -2.5, 0.25)]
    x, y, z = leaves
    expected = torch.autograd.grad(x * y + torch.sin(z), leaves)
    assert gradients(window) == {n: g.item() for n, g in zip("xyz", expected, strict=True)}
    qtbot.waitUntil(
        lambda: f"∂f/∂x = <b>{short(-2.5)}</b>" in window.canvas.readout.text(), timeout=SOON_MS
    )
    assert "∂f/∂z" in window.canvas.readout.text()
    panel = window.panels.widgets["result"]
    assert isinstance(panel, ResultPanel)
    names = texts_of(panel, QLabel)
    assert {"f", "∂f/∂x", "∂f/∂y", "∂f/∂z"} <= set(names)
    assert panel.line.text() == "f = x y + sin(z)\nat x = 2, y = −2.5, z = 0.25"


def test_that_a_value_is_kept_while_its_letter_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "x y")
    enter(window, qtbot, "y", "7")
    typed(window, qtbot, "x^2")
    assert boxes(window) == {"x": 2}
    typed(window, qtbot, "x + y")
    assert boxes(window) == {"x": 2, "y": 7}


def test_that_an_answer_leaves_a_number_that_is_being_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "x y")
    box = window.top.points.boxes["y"]
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "-12.")
    rested(window, qtbot)
    QTest.keyClicks(box, "25")
    rested(window, qtbot)
    assert box.text() == "y = -12.25"
    assert gradients(window)["x"] == -12.25


def test_that_the_arrow_keys_change_an_input(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "x y")
    window.top.points.boxes["y"].setFocus()
    press(window, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: gradients(window).get("x") == 1.5, timeout=SOON_MS)


def test_that_tab_goes_from_box_to_box_and_each_has_a_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, FUNCTION)
    window.top.points.boxes["x"].setFocus()
    heard: list[str] = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        heard.append(focused.accessibleName())
        press(window, Qt.Key.Key_Tab)
    assert heard == ["Value of x", "Value of y", "Value of z"]


def test_that_fit_says_why_y_has_none(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x y")
    fit = window.top.modes["fit"]
    assert not fit.isEnabled()
    assert "y is the target" in fit.toolTip()
    assert not action(window, "gradviz.model.fit").isEnabled()
    assert "The gradient of f at x and y" in window.top.hint.text()
    typed(window, qtbot, "a x")
    assert fit.isEnabled()
    assert "many points" in fit.toolTip()


def test_that_z_is_an_input_once_a_point_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x z")
    assert window.state.mode == "fit"
    QTest.mouseClick(window.top.modes["point"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: list(boxes(window)) == ["x", "z"], timeout=SOON_MS)
    qtbot.waitUntil(lambda: set(gradients(window)) == {"a", "x", "z"}, timeout=SOON_MS)
    QTest.mouseClick(window.top.modes["fit"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.state.mode == "fit", timeout=SOON_MS)
    assert boxes(window) == {}
    assert list(window.state.progress.parameters) == ["a", "z"]


def test_that_a_result_that_is_part_of_itself_is_refused(window: MainWindow, qtbot: QtBot) -> None:
    window.top.field.setFocus()
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "y = x y")
    qtbot.waitUntil(lambda: "y is the result here" in window.top.hint.text(), timeout=SOON_MS)


@pytest.mark.parametrize(
    ("text", "over", "slope", "held"),
    [
        ("x y + sin(z)", "x", "∂f/∂x = 1", "y = 1, z = 1"),
        ("y z^2", "y", "∂f/∂y = 1", "z = 1"),
    ],
)
def test_that_the_curve_says_over_which_input_it_goes(
    window: MainWindow, qtbot: QtBot, text: str, over: str, slope: str, held: str
) -> None:
    panel = window.panels.widgets["fit"]
    assert isinstance(panel, FitPanel)
    panel.come_to_front()
    typed(window, qtbot, text)
    qtbot.waitUntil(lambda: slope in panel.heading.text(), timeout=SOON_MS)
    assert f"over {over}, where {held}" in panel.heading.text()
    assert panel.over == over
    assert panel.reading(0.0).startswith(f"{over} ")
    typed(window, qtbot, "x^2")
    qtbot.waitUntil(lambda: "dy/dx = 4" in panel.heading.text(), timeout=SOON_MS)
    assert "over" not in panel.heading.text()


def test_that_the_script_sets_every_input(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels.widgets["code"]
    assert isinstance(panel, CodePanel)
    panel.come_to_front()
    typed(window, qtbot, "x y")
    enter(window, qtbot, "y", "0.5")
    wanted = "y = torch.tensor(0.5, device=device, requires_grad=True)"
    qtbot.waitUntil(lambda: wanted in panel.text.toPlainText(), timeout=SOON_MS)
    assert "f = x * y" in panel.text.toPlainText()


def test_that_the_gradient_is_differentiated_along_an_input(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "x y z")
    press(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    order = window.top.direction
    qtbot.waitUntil(order.isVisible, timeout=SOON_MS)
    order.fill()
    next(each for each in order.menu().actions() if each.text() == "Along y alone").trigger()
    wanted = {"x": 1.0, "z": 2.0}
    qtbot.waitUntil(lambda: gradients(window) == wanted, timeout=SOON_MS)


@pytest.mark.parametrize("width", [1024, 1440])
@pytest.mark.parametrize("order", [1, 2])
def test_that_nothing_of_the_bar_is_clipped(
    window: MainWindow, qtbot: QtBot, width: int, order: int
) -> None:
    window.resize(width, 700)
    window.workbench.choose_order(order)
    typed(window, qtbot, "x y z + a x^2 y^2 z^2")
    qtbot.waitUntil(lambda: list(boxes(window)) == ["x", "y", "z"], timeout=SOON_MS)
    bar = window.top
    assert bar.minimumSizeHint().width() <= width
    assert bar.rect().contains(bar.export.geometry())
    buttons = window.canvas.findChild(QWidget, "canvas_bar")
    assert buttons is not None
    assert window.canvas.readout.isVisible()
    assert not window.canvas.readout.geometry().intersects(buttons.geometry())
    assert window.canvas.rect().contains(window.canvas.readout.geometry())
