"""What the window opens on, as the command line says."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QScreen
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS

from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def test_that_the_first_window_fits_a_small_screen(
    engine: LocalEngine, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 700))
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    window.show()
    assert (window.width(), window.height()) == (1024, 700)
    window.close()


@pytest.mark.parametrize(
    ("given", "source"), [("dynamic", "dynamic"), ("a x + 2", "a x + 2"), ("tensors", "tensors")]
)
def test_that_the_window_opens_on_a_models_name_or_an_expression(
    given: str, source: str, engine: LocalEngine, settings: QSettings, qtbot: QtBot
) -> None:
    engine.start()
    window = MainWindow(engine, settings)
    qtbot.addWidget(window)
    window.open_expression(given)
    window.show()
    qtbot.waitUntil(lambda: window.state.built is not None, timeout=4 * SOON_MS)
    assert window.state.built is not None
    assert window.state.built.model.source == source
    assert window.state.error is None
    window.close()
