"""Work in pieces: the window has its turns between them, and newer work replaces older."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gradviz.ui.widgets import background_work
from gradviz.ui.widgets.background_work import Background, Piecemeal


@pytest.fixture
def owner() -> QObject:
    """Return the parent of what a test makes."""
    return QObject()


@pytest.fixture(autouse=True)
def _one_piece_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_work, "_PIECE_S", 0.0)


def test_that_the_window_has_its_turn_after_each_piece(qtbot: QtBot, owner: QObject) -> None:
    turns: list[None] = []
    seen: list[int] = []

    def work() -> Iterator[None]:
        for _ in range(5):
            seen.append(len(turns))
            yield

    other = QTimer(owner, interval=0)
    other.timeout.connect(lambda: turns.append(None))
    other.start()
    piecemeal = Piecemeal(owner)
    piecemeal.begin(work())
    assert seen == []
    qtbot.waitUntil(lambda: not piecemeal.busy)
    assert len(set(seen)) == 5


def test_that_newer_work_takes_the_place_of_older(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []
    piecemeal = Piecemeal(owner)

    def work(name: str, then: Iterator[None] | None = None) -> Iterator[None]:
        for _ in range(3):
            done.append(name)
            if then is not None:
                piecemeal.begin(then)
            yield

    piecemeal.begin(work("never"))
    piecemeal.begin(work("first", work("second")))
    qtbot.waitUntil(lambda: not piecemeal.busy)
    assert done == ["first", "second", "second", "second"]


def test_that_stopped_work_is_left(qtbot: QtBot, owner: QObject) -> None:
    done: list[str] = []
    piecemeal = Piecemeal(owner)

    def work() -> Iterator[None]:
        while True:
            done.append("")
            yield

    piecemeal.begin(work())
    qtbot.waitUntil(lambda: len(done) > 1)
    piecemeal.stop()
    count = len(done)
    assert not piecemeal.busy
    passed: list[None] = []
    QTimer.singleShot(20, lambda: passed.append(None))
    qtbot.waitUntil(lambda: bool(passed))
    assert len(done) == count


class _Widgets:
    """In the place of what may destroy widgets: tells which thread destroys it."""

    def __init__(self, told: list[str]) -> None:
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


def test_that_what_a_work_holds_is_let_go_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    told: list[str] = []
    ended: list[Exception | None] = []
    for count in range(1, 6):
        # Nobody else holds it.
        Background(partial(_work, _Widgets(told)), ended.append)
        for thread in threading.enumerate():
            if thread.name == "background":
                thread.join()
        qtbot.waitUntil(partial(_has, told, count))
    assert ended == [None] * 5
    assert set(told) == {threading.main_thread().name}


def _has(told: list[str], count: int) -> bool:
    return len(told) == count


def _work(held: _Widgets) -> None:
    assert held is not None
