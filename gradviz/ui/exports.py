"""Exports of the graph and the plots: file dialogs, the clipboard, and the files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QInputDialog, QMainWindow

from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.export import EXPORTERS, write_graph
from gradviz.export.exporters import exporter_for
from gradviz.export.figure import GraphFigure
from gradviz.render.style import LIGHT
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.state.window_state import State

#: The factors by which an image can be enlarged; 2 is sharp on most screens and in print.
_SCALES = (1, 2, 3, 4, 8)
_USUAL_SCALE = 2
_PLOT_SIZE = QSize(1280, 720)
#: How long the status bar says that something has been written.
_TELLING_MS = 6000


class Exports:
    """Writes the shown graph with its highlights, and the plots."""

    def __init__(
        self,
        window: QMainWindow,
        state: State,
        workbench: Workbench,
        canvas: Canvas,
        plots: Callable[[], Sequence[PlotPanel]],
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
        else:
            self._tell(f"Written: {path}")

    def write_graph(self, path: Path, scale: float = _USUAL_SCALE) -> None:
        """Write the graph to `path` in the format of its suffix; raises ExportError."""
        state = self._state
        if state.graph is None:
            return
        write_graph(
            state.graph,
            path,
            trace=state.trace,
            cursor=state.cursor,
            scale=scale,
            placement=self._placement(state.graph) if exporter_for(path).needs_layout else None,
            marks=self._canvas.marks,
            shades=self._workbench.health.shades,
        )

    def copy_graph(self) -> None:
        """Put the graph into the clipboard as an image."""
        if self._state.graph is None:
            return
        try:
            image = EXPORTERS[".png"].render(self._figure(self._state.graph))
        except GradvizError as error:
            self._workbench.report("export", error)
        else:
            QGuiApplication.clipboard().setImage(QImage.fromData(image))
            self._tell("The graph is in the clipboard")

    def _figure(self, graph: Graph) -> GraphFigure:
        return GraphFigure(
            graph=graph,
            trace=self._state.trace,
            cursor=self._state.cursor,
            placement=self._placement(graph),
            theme=LIGHT,
            scale=_USUAL_SCALE,
            marks=self._canvas.marks,
            shades=self._workbench.health.shades,
        )

    def _placement(self, graph: Graph) -> Placement:
        """Return where the nodes are shown; a new graph may still be on its way to the screen."""
        placement = self._canvas.placement_of(graph)
        if placement is None:
            raise ExportError(
                "The graph has not been laid out.",
                "Wait until it is shown, or export DOT or JSON, which need no layout.",
            )
        return placement

    def _tell(self, text: str) -> None:
        self._window.statusBar().showMessage(text, _TELLING_MS)
        self._workbench.tell_exported()

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
        else:
            self._tell(f"Written: {path}")

    def plots_image(self) -> QImage:
        """Return the plots that are seen, side by side; where none is, all of them."""
        width, height = _PLOT_SIZE.width(), _PLOT_SIZE.height()
        every = self._plots()
        plots = [plot for plot in every if plot.seen] or every
        image = QImage(width * len(plots), height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for place, plot in enumerate(plots):
            painter.drawImage(place * width, 0, plot.picture(_PLOT_SIZE))
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
        chosen = asked_path(self._window, "Export", kind, f"{name}{suffix}", folder)
        if chosen is not None:
            self._settings.setValue("export_folder", str(chosen.parent))
        return chosen
