"""An error that nothing has handled is logged and shown, and the window goes on."""

import pytest
from pytestqt.qtbot import QtBot
from window_acts import typed

from gradviz.app import tell_uncaught
from gradviz.core.tried_versions import ANY_VERSION
from gradviz.ui.main_window import MainWindow


def test_that_an_uncaught_error_is_told_once_and_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    error = RuntimeError("a slot went wrong")
    tell_uncaught(window.state, RuntimeError, error, None)
    assert window.notices.isVisible()
    assert "a slot went wrong" in window.notices.text.text()
    assert capsys.readouterr().err.count("RuntimeError: a slot went wrong") == 1
    typed(window, qtbot, "x^2")
    assert window.state.error is None


def test_that_an_untried_library_is_said_in_place_of_a_traceback(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(ANY_VERSION, raising=False)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    tell_uncaught(window.state, RuntimeError, RuntimeError("a slot went wrong\nat length"), None)
    told = capsys.readouterr().err
    assert told.startswith("gradviz: PyTorch 0.1 is installed, ")
    assert told.endswith(" (RuntimeError: a slot went wrong)\n")
    assert told.count("\n") == 1
    assert "PySide6 0.1 is installed" in window.notices.text.text()
    assert "at length" not in window.notices.text.text()


def test_that_the_end_by_the_keyboard_is_no_error_to_show(window: MainWindow) -> None:
    tell_uncaught(window.state, KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not window.notices.isVisible()
