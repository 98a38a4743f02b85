"""The picture of the graph on its way into another program."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QPixmap

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.atomic import write_bytes
from gradviz.export.export_messages import Exported
from gradviz.ui.canvas.dragging.drag_handle import DragHandle
from gradviz.ui.controllers.exporting import Exporting
from gradviz.ui.widgets.background_work import Background

#: The picture beside the mouse is no larger.
_PREVIEW: Final = 180
#: Begins a picture and gives it to a function; None where there is none.
PictureMaker = Callable[[Callable[[Exported, QImage], object]], Exporting | None]


class _Content(NamedTuple):
    """A picture with the file of it, and the export that made it."""

    made: Exported
    image: QImage
    path: Path
    making: Exporting


class Dragging(QObject):
    """Has the picture made while the handle is held, and begins the drag once it is there.

    It is dragged as PNG, as SVG and as a file, for programs that take files alone. The files are
    in a folder of their own until the program ends, as a program may read them later.
    """

    def __init__(
        self,
        handle: DragHandle,
        begin: PictureMaker,
        tell: Callable[[str], object],
        report: Callable[[Exception], object],
    ) -> None:
        super().__init__(handle)
        self._handle = handle
        self._begin = begin
        self._tell = tell
        self._report = report
        self._making: Exporting | None = None
        #: What can be dragged, and that whose file is being written.
        self._content: _Content | None = None
        self._unwritten: _Content | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0
        handle.grabbed.connect(self._on_grabbed)
        handle.dragged.connect(self._on_dragged)
        handle.let_go.connect(self._on_let_go)

    def close(self) -> None:
        """Remove the files that were dragged."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _on_grabbed(self) -> None:
        self._content = None
        self._making = self._begin(self._on_made)

    def _on_dragged(self) -> None:
        if self._content is not None:
            self._drag()
        elif self._making is not None:
            self._tell(tr("The picture is being made; hold the mouse button until the drag begins"))

    def _on_let_go(self) -> None:
        making, self._making, self._content = self._making, None, None
        if making is not None:
            making.cancel()

    def _on_made(self, made: Exported, image: QImage) -> None:
        """Write the file, which a program takes that takes no picture."""
        making = self._making
        if making is None:
            return
        path = self._next_path()
        self._unwritten = _Content(made, image, path, making)
        Background(lambda: write_bytes(path, made.content), self._on_written)

    def _on_written(self, error: Exception | None) -> None:
        """Begin the drag, unless the mouse has let go meanwhile, or pressed anew."""
        content, self._unwritten = self._unwritten, None
        if content is None or self._making is not content.making:
            return
        self._making = None
        if error is not None:
            self._report(error)
            return
        self._content = content
        if self._handle.held:
            self._drag()

    def _next_path(self) -> Path:
        """Return the place of another file: a program may still read the one before."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="gradviz-drag-")
        self._count += 1
        folder = Path(self._folder.name) / str(self._count)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "graph.png"

    def _drag(self) -> None:
        """Drag the picture until the mouse lets go of it."""
        if self._content is None:
            raise ExportError(tr("There is no picture to drag."))
        made, image, path, _ = self._content
        self._content = None
        drag = QDrag(self._handle)
        drag.setMimeData(_dragged(made, image, path))
        preview = QPixmap.fromImage(image).scaled(
            _PREVIEW,
            _PREVIEW,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drag.setPixmap(preview)
        action = drag.exec(Qt.DropAction.CopyAction)
        self._handle.end()
        if action != Qt.DropAction.IgnoreAction:
            self._tell(tr("The picture was dragged into another program"))


def _dragged(made: Exported, image: QImage, path: Path) -> QMimeData:
    content = QMimeData()
    content.setImageData(image)
    content.setData("image/png", QByteArray(made.content))
    content.setData("image/svg+xml", QByteArray(made.beside[".svg"]))
    content.setUrls([QUrl.fromLocalFile(str(path))])
    return content
