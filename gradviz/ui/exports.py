"""Taking the picture away: file dialogs, the clipboard, and what is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from gradviz.core.errors import GradvizError
from gradviz.export import EXPORTERS, write_graph
from gradviz.export.sheet import Sheet
from gradviz.render.style import LIGHT
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.panels.plots import PlotPanel
from gradviz.ui.state import State
from gradviz.ui.workbench import Workbench

#: What an image can be enlarged by; 2 is sharp on most screens and in print.
_SCALES = (1, 2, 3, 4, 8)
_USUAL_SCALE = 2
_PLOT_SIZE = QSize(1280, 720)


class Exports:
    """Writes the graph as it stands, with what is highlighted, and the plots."""

    def __init__(
        self,
        window: QWidget,
        state: State,
        workbench: Workbench,
        canvas: Canvas,
        plots: Sequence[PlotPanel],
        settings: QSettings,
    ) -> None:
        self._window = window
        self._state = state
        self._workbench = workbench
        self._canvas = canvas
        self._plots = plots
        self._settings = settings

    def export_graph(self, suffix: str) -> None:
        """Ask where to, and write the graph in the format of `suffix`, such as `.svg`."""
        scale = self._asked_scale() if suffix == ".png" else float(_USUAL_SCALE)
        if scale is None:
            return
        path = self._asked_path(EXPORTERS[suffix].title, "graph", suffix)
        if path is None:
            return
        try:
            self.write_graph(path, scale)
        except GradvizError as error:
            self._workbench.report("export", error)

    def write_graph(self, path: Path, scale: float = _USUAL_SCALE) -> None:
        """Write the graph to `path` in the format of its suffix; raises ExportError."""
        state = self._state
        if state.graph is not None:
            write_graph(
                state.graph,
                path,
                trace=state.trace,
                cursor=state.cursor,
                scale=scale,
                placement=self._canvas.placement,
            )

    def copy_graph(self) -> None:
        """Put the graph into the clipboard as an image."""
        state = self._state
        if state.graph is None or self._canvas.placement is None:
            return
        sheet = Sheet(
            graph=state.graph,
            trace=state.trace,
            cursor=state.cursor,
            placement=self._canvas.placement,
            theme=LIGHT,
            scale=_USUAL_SCALE,
        )
        try:
            image = EXPORTERS[".png"].render(sheet)
        except GradvizError as error:
            self._workbench.report("export", error)
        else:
            QGuiApplication.clipboard().setImage(QImage.fromData(image))

    def export_plots(self) -> None:
        """Ask where to, and write the plots side by side."""
        # The PNG exporter is loaded with the first image that is written.
        from gradviz.export.png import save_image

        path = self._asked_path("PNG image", "plots", ".png")
        if path is None:
            return
        try:
            save_image(self.plots_image(), path)
        except GradvizError as error:
            self._workbench.report("export", error)

    def plots_image(self) -> QImage:
        """Return the plots side by side."""
        width, height = _PLOT_SIZE.width(), _PLOT_SIZE.height()
        image = QImage(width * len(self._plots), height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for place, plot in enumerate(self._plots):
            painter.drawImage(place * width, 0, plot.image(_PLOT_SIZE))
        painter.end()
        return image

    def _asked_scale(self) -> float | None:
        texts = [f"{scale} ×" for scale in _SCALES]
        text, accepted = QInputDialog.getItem(
            self._window,
            "Export as PNG",
            "Pixels for each pixel of the picture",
            texts,
            _SCALES.index(_USUAL_SCALE),
            editable=False,
        )
        return float(_SCALES[texts.index(text)]) if accepted else None

    def _asked_path(self, kind: str, name: str, suffix: str) -> Path | None:
        """Ask for a file; the dialog itself asks before an existing one is replaced."""
        folder = str(self._settings.value("export_folder", str(Path.home())))
        dialog = QFileDialog(self._window, "Export", folder, f"{kind} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.selectFile(f"{name}{suffix}")
        if dialog.exec() != QFileDialog.DialogCode.Accepted:
            return None
        chosen = Path(dialog.selectedFiles()[0])
        self._settings.setValue("export_folder", str(chosen.parent))
        return chosen
