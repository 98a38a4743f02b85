"""A parameter's value, typed into its box in the graph with real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, typed

from gradviz.core.number_text import stored
from gradviz.ui.canvas.editing.value_editor import ValueField
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

pytestmark = pytest.mark.usefixtures("layouts")


def field_at(window: MainWindow, name: str) -> ValueField | None:
    """Return the field that a double click on the leaf of this name opens."""
    graph, view = window.state.graph, window.canvas.view
    assert graph is not None
    node = next(each.id for each in graph.nodes if each.kind == "leaf" and each.op == name)
    rect = view.rect_in_view(node)
    assert rect is not None
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    return window.canvas.values.field


def enter(field: ValueField, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def test_that_enter_lets_the_model_start_at_the_number_in_the_box(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    field = field_at(window, "b")
    assert field is not None
    assert field.text() == stored(window.state.progress.parameters["b"])
    enter(field, "0.25")
    qtbot.waitUntil(lambda: window.state.progress.parameters["b"] == 0.25, timeout=SOON_MS)
    assert window.canvas.values.field is None
    assert window.state.model.initial == {"b": 0.25}


def test_that_escape_leaves_the_number_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x + b")
    before = window.state.progress.parameters
    field = field_at(window, "a")
    assert field is not None
    enter(field, "7", Qt.Key.Key_Escape)
    assert window.canvas.values.field is None
    assert not window.state.building
    assert window.state.progress.parameters == before


def test_that_an_input_is_edited_and_the_gradient_follows(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "x^2")
    field = field_at(window, "x")
    assert field is not None
    enter(field, "5")
    qtbot.waitUntil(
        lambda: (
            window.state.trace is not None
            and [each.scalar for each in window.state.trace.leaf_grads.values()] == [10.0]
        ),
        timeout=SOON_MS,
    )
    assert window.state.model.at == 5


def test_that_a_text_that_is_no_number_stays_in_the_field_with_the_reason(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    field = field_at(window, "a")
    assert field is not None
    enter(field, "much")
    assert window.canvas.values.field is field
    assert "much" in field.message.text()
    assert field.message.isVisible()


def test_that_a_trained_parameter_says_how_to_start_it_elsewhere(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    window.workbench.train_one_step()
    qtbot.waitUntil(lambda: window.state.progress.step == 1, timeout=SOON_MS)
    told: list[Notice] = []
    window.state.noticed.connect(told.append)
    assert field_at(window, "a") is None
    assert "Reset the training" in told[-1].hint
