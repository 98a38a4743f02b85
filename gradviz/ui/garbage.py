"""Garbage that has cycles, collected in the window's thread and in no other."""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 250


class GarbageCollection(QObject):
    """Collects garbage in the thread of the event loop, in place of Python's own collector.

    Python collects in whichever thread happens to make the object that is one too many. There are
    widgets in the garbage, and to destroy one in another thread than the window's, while that
    paints or makes others, hangs or ends the program.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # What is loaded by now is not looked through before the window is painted.
        gc.freeze()
        looking = QTimer(self, interval=_LOOK_MS)
        looking.timeout.connect(collect_due)
        looking.start()


def keep_what_is_loaded() -> None:
    """Collect once, and exempt all present objects from later collections.

    To look through the objects of Qt's and the plots' libraries holds the window up for 0.04 s.
    """
    gc.collect()
    gc.freeze()


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds, if any."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return
