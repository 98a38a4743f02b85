"""The tensor panel: pages as they are scrolled to, statistics, a map, copies."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from local_engine import LocalEngine
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import rested

from gradviz.core.graphs.places import TensorPlace
from gradviz.protocol.questions import ReadTensorPage
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspector.inspector_card import Card
from gradviz.ui.panels.tensor.tensor_panel import TensorPanel
from gradviz.ui.widgets.tensor_table import PAGE_ROWS, TensorTable, Window

SOON_MS = 5000


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> TensorPanel:
    window.panels.widgets["tensor"].come_to_front()
    panel = cast("TensorPanel", window.panels.widgets["tensor"])
    qtbot.waitUntil(lambda: panel.seen, timeout=SOON_MS)
    return panel


def node_of(window: MainWindow, op: str) -> str:
    assert window.state.graph is not None
    return next(node.id for node in window.state.graph.nodes if node.op == op)


def recorded(engine: LocalEngine, place: TensorPlace) -> torch.Tensor:
    session = engine._machine._session
    assert session is not None
    assert session.recording is not None
    return session.recording.tensors.at(place).detach()


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SOON_MS)


def opened(window: MainWindow, panel: TensorPanel, qtbot: QtBot, place: TensorPlace) -> None:
    window.workbench.inspection.tensor_wanted.emit(place)
    until(qtbot, lambda: panel.look.part is not None and panel.look.statistics is not None)


def choose_view(panel: TensorPanel, view: str) -> None:
    panel.view.setCurrentText(view)
    panel.view.activated.emit(panel.view.currentIndex())


def test_that_the_panel_follows_the_selection_and_stays_where_it_is_pinned(
    window: MainWindow, panel: TensorPanel, qtbot: QtBot
) -> None:
    assert panel.chooser.count() == 0
    window.workbench.select(node_of(window, "Mul"))
    until(qtbot, lambda: panel.look.head is not None)
    assert panel.chooser.currentText() == "Mul: forward value"
    panel.pin.setChecked(True)
    window.workbench.select(node_of(window, "a"))
    assert panel.chooser.currentText() == "Mul: forward value"
    panel.pin.setChecked(False)
    assert panel.chooser.currentText() == "a: value"


def test_that_a_page_is_fetched_when_it_is_scrolled_to_and_has_the_values_of_the_pass(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    place = TensorPlace(node_of(window, "Mul"), "value")
    opened(window, panel, qtbot, place)
    table = panel.look.table
    assert (table.rowCount(), table.columnCount()) == (200, 10)
    assert table.value(150, 3) is None
    panel.table.scrollTo(table.index(150, 3))
    until(qtbot, lambda: table.value(150, 3) is not None)
    expected = recorded(engine, place)
    assert table.value(150, 3) == expected[1503].item()
    assert table.value(0, 0) == expected[0].item()
    assert sum(isinstance(asked, ReadTensorPage) for asked in engine.questions) < 6


def test_that_the_statistics_are_those_of_torch(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    place = TensorPlace(node_of(window, "Mul"), "grad_output")
    opened(window, panel, qtbot, place)
    until(qtbot, lambda: panel.look.histogram is not None)
    statistics, expected = panel.look.statistics, recorded(engine, place).double()
    assert statistics is not None
    assert statistics.std == pytest.approx(expected.std().item())
    assert statistics.norm == pytest.approx(expected.norm().item())
    assert panel.look.histogram is not None
    assert sum(panel.look.histogram.counts) == expected.numel()
    choose_view(panel, "Histogram")
    plot = panel.histogram.plot
    assert plot is not None
    until(qtbot, plot.isVisible)


def test_that_a_page_that_comes_into_sight_does_not_take_the_place_of_a_copy(qtbot: QtBot) -> None:
    table, asked = TensorTable(), list[Window]()
    table.wanted.connect(asked.append)
    table.show_shape((2 * PAGE_ROWS, 3))
    qtbot.waitUntil(lambda: table.rowCount() == 2 * PAGE_ROWS)
    copied: list[bool] = []
    # A page that was asked for before is asked for again behind the copy.
    table.data(table.index(PAGE_ROWS, 0))
    qtbot.waitUntil(lambda: len(asked) == 1)
    table.once_loaded(range(PAGE_ROWS), range(3), lambda: copied.append(True))
    table.data(table.index(PAGE_ROWS + 1, 0))
    QApplication.processEvents()
    assert [each.row for each in asked] == [PAGE_ROWS, 0]
    table.take(0, 0, np.zeros((PAGE_ROWS, 3)))
    assert copied == [True]
    qtbot.waitUntil(lambda: [each.row for each in asked] == [PAGE_ROWS, 0, PAGE_ROWS])


def test_that_a_copy_waits_for_the_values_of_another_recording(qtbot: QtBot) -> None:
    table, asked = TensorTable(), list[Window]()
    table.wanted.connect(asked.append)
    table.show_shape((3 * PAGE_ROWS, 3))
    qtbot.waitUntil(lambda: table.rowCount() == 3 * PAGE_ROWS)
    copied: list[np.generic | None] = []
    table.once_loaded(
        range(2 * PAGE_ROWS), range(3), lambda: copied.append(table.value(PAGE_ROWS, 0))
    )
    table.show_other_values()
    table.take(0, 0, np.ones((PAGE_ROWS, 3)))
    assert not copied
    assert [(each.row, each.rows) for each in asked] == [(0, 2 * PAGE_ROWS)] * 2
    table.take(0, 0, np.full((2 * PAGE_ROWS, 3), 7.0))
    assert copied == [7.0]


def recorded_as(window: MainWindow, engine: LocalEngine, tensor: torch.Tensor) -> TensorPlace:
    """Put a tensor in the place of the recorded value of a product; return that place."""
    place = TensorPlace(node_of(window, "Mul"), "value")
    session = engine._machine._session
    assert session is not None
    assert session.recording is not None
    session.recording.tensors.values[place.node] = tensor
    return place


def test_that_no_copy_is_made_of_another_slice(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    tensor = torch.randn(2, 3 * PAGE_ROWS, 2)
    place = recorded_as(window, engine, tensor)
    opened(window, panel, qtbot, place)
    copied: list[bool] = []
    table = panel.look.table
    table.once_loaded(range(3 * PAGE_ROWS), range(2), lambda: copied.append(True))
    panel.look.choose_slice((1,))
    until(qtbot, lambda: table.value(0, 0) == tensor[1, 0, 0].numpy())
    rested(window, qtbot)
    assert not copied


def test_that_what_is_selected_is_copied_with_every_digit(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    place = TensorPlace(node_of(window, "Mul"), "value")
    opened(window, panel, qtbot, place)
    panel.table.selectAll()
    panel.table.setFocus()
    QGuiApplication.clipboard().clear()
    panel.taking.copy_selection()
    until(qtbot, lambda: bool(QGuiApplication.clipboard().text()))
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    copied = np.array(rows, np.float32).reshape(-1)
    assert copied.tolist() == recorded(engine, place).tolist()


def test_that_the_saved_file_is_what_numpy_would_have_written(
    window: MainWindow,
    engine: LocalEngine,
    panel: TensorPanel,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gradviz.ui.controllers.npy_saving._CHUNK", 300)
    place = TensorPlace(node_of(window, "Mul"), "value")
    opened(window, panel, qtbot, place)
    path, other = tmp_path / "one.npy", tmp_path / "other.npy"
    panel.taking.save_to(path)
    until(qtbot, path.exists)
    np.save(other, recorded(engine, place).numpy(), allow_pickle=False)
    assert path.read_bytes() == other.read_bytes()


def test_that_cancelling_leaves_the_file_that_was_there(
    window: MainWindow, panel: TensorPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(window, panel, qtbot, TensorPlace(node_of(window, "Mul"), "value"))
    path = tmp_path / "saved" / "kept.npy"
    path.parent.mkdir()
    path.write_bytes(b"before")
    panel.taking.save_to(path)
    panel.taking.cancel.click()
    until(qtbot, lambda: list(path.parent.iterdir()) == [path])
    assert path.read_bytes() == b"before"
    assert panel.taking.save.isEnabled()


@pytest.mark.parametrize("at_value", [False, True])
def test_that_a_tensor_of_the_inspector_is_opened_by_a_double_click(
    window: MainWindow, panel: TensorPanel, qtbot: QtBot, at_value: bool
) -> None:
    window.panels.widgets["fit"].come_to_front()
    window.show_panel("inspector")
    window.workbench.go_to_end()
    window.workbench.select(node_of(window, "Mul"))
    inspector = window.panels.widgets["inspector"]

    def found() -> list[tuple[Card, QRect]]:
        return [
            (card, part)
            for card in inspector.findChildren(Card)
            for placed in card.rows
            for part in (placed.name, placed.value)
            if placed.row.name == "other"
        ]

    until(qtbot, lambda: bool(found()))
    card, place = found()[at_value]
    QTest.mouseMove(card, place.center())
    target = card.childAt(place.center()) or card
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(card, place.center()))
    until(qtbot, lambda: panel.seen and panel.look.head is not None)
    assert panel.chooser.currentText() == "Mul: saved other"


def test_that_a_slice_of_more_than_two_dimensions_is_chosen_with_its_map(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    tensor = torch.randn(3, 300, 5)
    tensor[2, 0, 0] = float("nan")
    place = recorded_as(window, engine, tensor)
    choose_view(panel, "Heat map")
    opened(window, panel, qtbot, place)
    (box,) = panel.slices.boxes
    until(qtbot, box.isVisible)
    box.setValue(2)
    until(qtbot, lambda: panel.look.heat_map is not None and panel.look.fixed == (2,))
    until(qtbot, lambda: "not finite" in panel.heat_map.note.text())
    assert "300 × 5 values in 256 × 5 cells" in panel.heat_map.note.text()
    until(qtbot, lambda: panel.look.table.value(4, 3) == tensor[2, 4, 3].numpy())
    assert panel.heat_map.reading(1.5, 299.5).startswith("row 298 to 299, column 1\nmean ")


def test_that_what_is_too_large_to_be_kept_says_so_and_is_shown_all_the_same(
    window: MainWindow, engine: LocalEngine, panel: TensorPanel, qtbot: QtBot
) -> None:
    place = TensorPlace(node_of(window, "Mul"), "value")
    opened(window, panel, qtbot, place)
    before = panel.look.table.value(3, 3)
    window.workbench.choose_recording_mb(0)
    until(qtbot, lambda: place in window.state.let_go)
    until(qtbot, lambda: "the pass was run again" in panel.about.text())
    until(qtbot, lambda: panel.chooser.currentText() == "Mul: forward value, not kept")
    until(qtbot, lambda: panel.look.table.value(3, 3) == before)
    # Other weights than those of the pass, as training leaves them.
    session = engine._machine._session
    assert session is not None
    with torch.no_grad():
        session.run.model.parameters["b"].add_(1)
    opened_before = TensorPlace(place.node, "grad_output")
    window.workbench.inspection.tensor_wanted.emit(opened_before)
    until(qtbot, lambda: "the model has changed since" in panel.nothing.text())
