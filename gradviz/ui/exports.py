"""Exports of the graph and the plots: file dialogs, the clipboard, and the files."""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QObject, QSettings, QSize, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QInputDialog, QMainWindow

from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.core.number_text import counted, short
from gradviz.export import EXPORTERS
from gradviz.export.export_messages import Exported, ExportFailed
from gradviz.export.exporters import exporter_for
from gradviz.export.figure import GraphFigure
from gradviz.export.running_export import ExportOutcome
from gradviz.render.style import LIGHT
from gradviz.ui.bars.export_bar import ExportBar, ExportBars
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.controllers.exporting import Exporting
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Background

#: The factors by which an image can be enlarged; 2 is sharp on most screens and in print.
_SCALES = (1, 2, 3, 4, 8)
_USUAL_SCALE = 2
_PLOT_SIZE = QSize(1280, 720)
#: How long the status bar says that something has been written.
_TELLING_MS = 6000


#: The format of the sign of the window that copied the graph.
_COPY = "application/x-gradviz-copy"


class Exports(QObject):
    """Writes the shown graph with its highlights, and the plots.

    Files of the graph are made by processes of their own, plots are painted here and written in a
    thread: the window never waits for a file.
    """

    _plots_written = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        state: State,
        workbench: Workbench,
        canvas: Canvas,
        plots: Callable[[], Sequence[PlotPanel]],
        settings: QSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._workbench = workbench
        self._canvas = canvas
        self._plots = plots
        self._settings = settings
        #: The exports that are not done, with their lines in the status bar.
        self._running: dict[Exporting, ExportBar] = {}
        #: The image of the graph that was copied last.
        self._copied: QImage | None = None
        #: By this the content of the clipboard is known to be this window's.
        self._copy = secrets.token_bytes(16)
        self._bars = ExportBars(window.statusBar())
        window.statusBar().addPermanentWidget(self._bars)
        self._plots_written.connect(self._tell)

    @property
    def running(self) -> tuple[Exporting, ...]:
        """Return the exports that are not done."""
        return tuple(self._running)

    def export_graph(self, suffix: str) -> None:
        """Ask where to, and write the graph in the format of `suffix`, such as `.svg`."""
        try:
            scale = self._asked_scale() if suffix == ".png" else float(_USUAL_SCALE)
            if scale is None:
                return
            path = self._asked_path(EXPORTERS[suffix].title, "graph", suffix)
            if path is not None:
                self.write_graph(path, scale)
        except GradvizError as error:
            self._workbench.report("export", error)

    def write_graph(self, path: Path, scale: float = _USUAL_SCALE) -> None:
        """Begin to write the graph as it is now to `path`, in the format of its suffix.

        The window goes on meanwhile, and says when the file is written or why it is not.

        Raises:
            ExportError: the format is unknown, or the graph has not been laid out.
        """
        graph = self._state.graph
        if graph is not None:
            exporter = exporter_for(path)
            placement = self._placement(graph) if exporter.needs_layout else None
            self._begin(self._figure(graph, placement, scale), exporter.suffix, path)

    def copy_graph(self) -> None:
        """Begin to make an image of the graph for the clipboard; it takes the place of another."""
        graph = self._state.graph
        if graph is None:
            return
        try:
            placement = self._placement(graph)
        except GradvizError as error:
            self._workbench.report("export", error)
            return
        for earlier in self._running:
            if earlier.path is None:
                earlier.cancel()
        self._begin(self._figure(graph, placement, _USUAL_SCALE), ".png", None)

    def close(self) -> None:
        """End the exports that are not done; what their files held before stays."""
        for each in self._running:
            each.cancel()
        for each in self._running:
            each.wait()
        self._leave_clipboard()

    def _leave_clipboard(self) -> None:
        """Leave what was copied in the clipboard as an image of Qt's own.

        PySide crashes at the end of the program where content made in Python is still there.
        """
        copied, self._copied = self._copied, None
        clipboard = QGuiApplication.clipboard()
        if copied is not None and clipboard.mimeData().data(_COPY).data() == self._copy:
            clipboard.setImage(copied)

    def _begin(self, figure: GraphFigure, suffix: str, path: Path | None) -> None:
        exporting = Exporting(figure, suffix, path)
        bar = self._bars.add(exporting.name)
        bar.cancelled.connect(exporting.cancel)
        exporting.progressed.connect(bar.tell)
        exporting.ended.connect(self._on_ended)
        self._running[exporting] = bar

    def _on_ended(self, outcome: ExportOutcome, image: QImage) -> None:
        exporting = self.sender()
        if not isinstance(exporting, Exporting):
            return
        self._running.pop(exporting).finish()
        if isinstance(outcome, ExportFailed):
            error = ExportError(outcome.message, outcome.hint)
            self._workbench.report("export", error, outcome.details)
        elif isinstance(outcome, Exported) and exporting.path is None:
            self._put_into_clipboard(outcome.content, image)
        elif isinstance(outcome, Exported):
            remark = f". {outcome.remark}" if outcome.remark else ""
            self._tell(f"Written: {exporting.path}{remark}")

    def _put_into_clipboard(self, png: bytes, image: QImage) -> None:
        content = QMimeData()
        content.setImageData(image)
        # Whoever pastes a file of this kind gets the one that is made already.
        content.setData("image/png", QByteArray(png))
        content.setData(_COPY, QByteArray(self._copy))
        QGuiApplication.clipboard().setMimeData(content)
        self._copied = image
        self._tell("The graph is in the clipboard")

    def _figure(self, graph: Graph, placement: Placement | None, scale: float) -> GraphFigure:
        return GraphFigure(
            graph=graph,
            showing=self._state.shown.showing if graph.groups else None,
            trace=self._state.trace,
            cursor=self._state.cursor,
            placement=placement,
            theme=LIGHT,
            scale=scale,
            marks=self._canvas.marks,
            shades=self._workbench.health.shades,
            names="backward" if self._state.shown.names == "backward" else None,
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
        image = self.plots_image()

        def save() -> None:
            save_image(image, path)
            self._plots_written.emit(f"Written: {path}")

        Background(save, self._workbench.on_written)

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
        """Ask for the scale of an image, by its size; None where the user wants none.

        Raises:
            ExportError: there is no scale at which the graph is an image.
        """
        # The PNG exporter is loaded with the first image.
        from gradviz.export.page import page_of
        from gradviz.export.png import scales

        graph, picture = self._state.graph, self._canvas.picture()
        if graph is None or picture is None:
            return None
        area = page_of(graph, picture, self._placement(graph), self._workbench.health.shades)
        offered = scales(area.size(), _SCALES)
        texts = [
            f"{short(scale)} × ({counted(size.width())} × {counted(size.height())} pixels)"
            for scale, size in offered
        ]
        usual = [place for place, (scale, _) in enumerate(offered) if scale <= _USUAL_SCALE]
        text, accepted = QInputDialog.getItem(
            self._window, "Export as PNG", "Scale", texts, max(usual, default=0), editable=False
        )
        return offered[texts.index(text)][0] if accepted else None

    def _asked_path(self, kind: str, name: str, suffix: str) -> Path | None:
        """Ask for a file; the dialog itself asks before an existing one is replaced."""
        folder = str(self._settings.value("export_folder", str(Path.home())))
        chosen = asked_path(self._window, "Export", kind, f"{name}{suffix}", folder)
        if chosen is not None:
            self._settings.setValue("export_folder", str(chosen.parent))
        return chosen
