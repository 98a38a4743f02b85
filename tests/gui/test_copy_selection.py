"""The marked nodes, else what is chosen, in the clipboard as a picture and as text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, click, exported, place_of, typed

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

COPY = "gradviz.edit.copy_selection"


def named(window: MainWindow, *names: str) -> frozenset[str]:
    graph = window.state.graph
    assert graph is not None
    return frozenset(node.id for node in graph.nodes if node.op in names)


def copied(window: MainWindow, qtbot: QtBot) -> tuple[QImage, str, str]:
    """Return the picture, the SVG and the text that the clipboard gets."""
    QGuiApplication.clipboard().clear()
    action(window, COPY).trigger()
    exported(window, qtbot)
    content = QGuiApplication.clipboard().mimeData()
    assert not window.notices.isVisible()
    svg = bytes(content.data("image/svg+xml").data()).decode()
    return QGuiApplication.clipboard().image(), svg, content.text()


def test_that_the_marked_nodes_are_copied_as_picture_and_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    marked = named(window, "b", "Mul")
    window.workbench.pick(marked)
    image, svg, text = copied(window, qtbot)
    assert svg.count('class="node ') == len(marked)
    assert svg.count('class="edge ') == 1
    assert image.width() > 50
    assert len(text.split("\n\n")) == len(marked)
    assert "b AccumulateGrad" in text
    assert "MulBackward0" in text
    assert "a AccumulateGrad" not in text
    assert "selection is in the clipboard" in window.statusBar().currentMessage()


def test_that_the_chosen_node_is_copied_by_its_key_where_none_is_marked(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    (node,) = named(window, "b")
    click(window, place_of(window, node))
    QGuiApplication.clipboard().clear()
    QTest.keyClick(window.canvas.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    exported(window, qtbot)
    content = QGuiApplication.clipboard().mimeData()
    assert content.text().startswith("b AccumulateGrad")
    assert bytes(content.data("image/svg+xml").data()).count(b'class="node ') == 1
    assert content.hasImage()
