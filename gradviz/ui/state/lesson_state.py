"""The lesson that runs, as actions see it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class LessonStanding:
    """Where a lesson stands: whether one runs, and the ways that lead on from its step."""

    running: bool = False
    back: bool = False
    forward: bool = False
    showing: bool = False


class LessonState(QObject):
    """Says which ways lead on in a lesson; the player writes it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.standing = LessonStanding()

    def take(self, standing: LessonStanding) -> None:
        """Take where the lesson stands now."""
        if standing != self.standing:
            self.standing = standing
            self.changed.emit()
