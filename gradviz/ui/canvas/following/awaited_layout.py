"""The one layout that the canvas waits for."""

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.core.errors import GradvizError
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import UnionLayout
from gradviz.ui.canvas.drawing import Arrangement
from gradviz.ui.canvas.layouter import Layouter

#: A layout that takes longer than this is slow.
_PATIENCE_MS = 500


class AwaitedLayout(QObject):
    """Has one arrangement laid out at a time; the answer to an earlier one is not heard.

    An arrangement whose layout has failed or was cancelled is not laid out again by itself.
    """

    #: Carries the Arrangement and its Placement.
    placed = Signal(object, object)
    #: Carries the GradvizError.
    failed = Signal(object)
    #: The layout takes so long that a user wants to hear of it.
    slow = Signal()

    def __init__(self, layouter: Layouter, parent: QObject) -> None:
        super().__init__(parent)
        self._layouter = layouter
        #: The number of the layout job in progress, and the arrangement that it will place.
        self._job = 0
        self._waiting: Arrangement | None = None
        self._given_up: Arrangement | None = None
        self._watchdog = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._watchdog.timeout.connect(self.slow)
        layouter.placed.connect(self._on_placed)
        layouter.failed.connect(self._on_failed)

    @property
    def waits(self) -> bool:
        """Tell whether a layout is waited for."""
        return self._waiting is not None

    def want(self, arrangement: Arrangement, union_layout: UnionLayout, *, grouped: bool) -> None:
        """Have an arrangement of the union laid out, within frames if the graph is `grouped`."""
        if arrangement in (self._waiting, self._given_up):
            return
        self._waiting = arrangement
        self._job = self._layouter.place(
            union_layout.boxes,
            union_layout.links,
            arrangement.direction,
            frames=arrangement.frames if grouped else None,
            frame_of=union_layout.frame_of,
        )
        self._watchdog.start()

    def stop(self) -> None:
        """Wait for no layout any more: an answer that still comes is not heard."""
        self._job, self._waiting = 0, None
        self._watchdog.stop()

    def try_again(self) -> None:
        """Let the arrangement that was given up be laid out once more, when it is wanted."""
        self._given_up = None

    def _on_placed(self, job: int, placement: Placement) -> None:
        arrangement = self._waiting
        if job != self._job or arrangement is None:
            return
        self.stop()
        self.placed.emit(arrangement, placement)

    def _on_failed(self, job: int, error: GradvizError) -> None:
        if job != self._job:
            return
        self._given_up = self._waiting
        self.stop()
        self.failed.emit(error)
