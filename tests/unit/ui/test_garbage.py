"""Garbage with widgets in it, and the threads that make more of it."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gradviz.ui.garbage import collect_due, keep_what_is_loaded


class Held(QObject):
    """An object that holds itself, as a widget does whose slot is a lambda of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def busy(count: int) -> None:
    """Make so many objects that Python's own collector would run, again and again."""
    for _ in range(count):
        _ = [[index] for index in range(1000)]


def test_that_a_widget_in_a_cycle_is_destroyed_in_the_windows_thread_alone() -> None:
    collected: list[threading.Thread] = []
    held = Held()
    weakref.finalize(held, lambda: collected.append(threading.current_thread()))
    del held
    thread = threading.Thread(target=busy, args=(200,))
    thread.start()
    thread.join()
    assert not collected
    gc.collect()
    assert collected == [threading.main_thread()]


def test_that_the_event_loop_collects_by_itself(qtbot: QtBot) -> None:
    collected: list[bool] = []
    held = Held()
    weakref.finalize(held, lambda: collected.append(True))
    del held
    kept: list[list[int]] = []

    def is_collected() -> bool:
        # As many new objects as make a look worth while.
        kept.extend([] for _ in range(5000))
        return bool(collected)

    qtbot.waitUntil(is_collected, timeout=10_000)


def test_that_nothing_is_collected_where_nothing_is_due() -> None:
    gc.collect()
    runs = sum(each["collections"] for each in gc.get_stats())
    collect_due()
    assert sum(each["collections"] for each in gc.get_stats()) == runs


def test_that_what_is_loaded_is_looked_through_no_more() -> None:
    loaded = [[index] for index in range(1000)]
    try:
        keep_what_is_loaded()
        looked_through = {id(each) for each in gc.get_objects()}
        assert not any(id(each) in looked_through for each in loaded)
        later = [[index] for index in range(10)]
        assert all(any(each is found for found in gc.get_objects()) for each in later)
    finally:
        gc.unfreeze()
