"""In a window on another program's tensors the graph comes first, and most panels after it."""

import torch
from local_presenter import LocalPresenter
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gradviz.engine.captured.captured import Captured
from gradviz.engine.captured.kept_pass import Shown, frozen
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels import PANELS


def _shown() -> list[Shown]:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    captured = Captured((w**2).sum(), {"w": w})
    return [Shown(frozen(captured.recording), "step 0", captured.number, step=0)]


def _told(widget: QWidget) -> tuple[object, ...]:
    text: object = None
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        text = widget.text()
    elif isinstance(widget, QTextEdit):
        text = widget.toPlainText()
    elif isinstance(widget, QComboBox):
        text = [widget.itemText(row) for row in range(widget.count())], widget.currentText()
    return (
        type(widget).__name__,
        widget.objectName(),
        widget.isEnabled(),
        widget.isHidden(),
        widget.toolTip(),
        text,
    )


def _panels(window: MainWindow) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: [_told(each) for each in (panel, *panel.findChildren(QWidget))]
        for name, panel in window.panels.widgets.items()
    }


def _is_at_rest(window: MainWindow, presenter: LocalPresenter) -> bool:
    status = window.statusBar()
    timers = [each for each in window.findChildren(QTimer) if each.parent() is not status]
    return not presenter.busy and not any(
        each.isSingleShot() and each.isActive() for each in timers
    )


def _opened(settings: QSettings, qtbot: QtBot, *, early: bool) -> MainWindow:
    presenter = LocalPresenter(_shown())
    window = MainWindow(presenter, settings)
    qtbot.addWidget(window)
    if early:
        window.panels.make_the_rest()
    presenter.start()
    window.resize(1440, 900)
    window.show()
    qtbot.waitUntil(lambda: window.canvas.placement is not None)
    if not early:
        assert len(window.panels.made) < len(PANELS)
    qtbot.waitUntil(lambda: len(window.panels.made) == len(PANELS))
    for panel in window.panels.widgets.values():
        panel.come_to_front()
        qtbot.waitUntil(lambda panel=panel: panel.seen)  # type: ignore[misc]
        qtbot.waitUntil(lambda: _is_at_rest(window, presenter))
    qtbot.waitUntil(lambda: _is_at_rest(window, presenter))
    return window


def test_that_a_panel_made_after_the_graph_shows_what_one_made_before_it_does(
    settings: QSettings, qtbot: QtBot
) -> None:
    told = []
    for early in (True, False):
        settings.clear()
        window = _opened(settings, qtbot, early=early)
        told.append(_panels(window))
        window.close()
    early_panels, late_panels = told
    assert list(early_panels) == list(late_panels)
    for name, each in early_panels.items():
        assert late_panels[name] == each, name
