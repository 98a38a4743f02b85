"""Exports of the graph and the plots: file dialogs, the clipboard, and the files."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QMimeData, QObject, QRectF, QSettings, QSize, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QDialog, QMainWindow

from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.core.language.saying import tr
from gradviz.export.caption import numbers_of
from gradviz.export.export_messages import Exported, ExportFailed
from gradviz.export.exporters import EXPORTERS, Exporter, exporter_for
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import Film, FilmSubject, film_of_training
from gradviz.export.moving.making import check_film
from gradviz.export.origin import Origin, origin_of
from gradviz.export.running_export import ExportOutcome
from gradviz.render.style import LIGHT
from gradviz.ui.bars.export_bar import ExportBar, ExportBars
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.canvas.dragging.drag_out import Dragging
from gradviz.ui.controllers.exporting import Exporting
from gradviz.ui.controllers.films.filming import Filming
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.picture_choice import (
    SCALES,
    USUAL_PICTURE,
    USUAL_SCALE,
    PictureChoice,
    asked_picture,
)
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.state.shown_expression import formulas_work
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Background
from gradviz.ui.widgets.speech.readers import announce

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

    _written = Signal(str)

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
        self._copy = os.urandom(16)
        #: Who gets the pictures that are for neither a file nor the clipboard.
        self._takers: dict[Exporting, Callable[[Exported, QImage], object]] = {}
        self._dragging = Dragging(
            canvas.drag_handle, self.picture_for, self._tell, workbench.on_written
        )
        self._bars = ExportBars(window.statusBar())
        window.statusBar().addPermanentWidget(self._bars)
        self._written.connect(self._tell)

    @property
    def running(self) -> tuple[Exporting, ...]:
        """Return the exports that are not done."""
        return tuple(self._running)

    def export_graph(self, suffix: str) -> None:
        """Ask where to, and write the graph in the format of `suffix`, such as `.svg`."""
        try:
            picture = self._asked_picture(EXPORTERS[suffix])
            if picture is None:
                return
            path = self._asked_path(EXPORTERS[suffix].title, "graph", suffix)
            if path is not None:
                self.write_graph(path, picture)
        except GradvizError as error:
            self._workbench.report("export", error)

    def write_graph(self, path: Path, picture: PictureChoice = USUAL_PICTURE) -> None:
        """Begin to write the graph as it is now to `path`, in the format of its suffix.

        The window goes on meanwhile, and says when the file is written or why it is not.

        Raises:
            ExportError: the format is unknown, or the graph has not been laid out.
        """
        graph = self._state.graph
        if graph is not None:
            exporter = exporter_for(path)
            placement = self._placement(graph) if exporter.needs_layout else None
            figure = self._figure(graph, placement, picture.scale)
            figure = msgspec.structs.replace(figure, transparent=picture.transparent)
            self._begin(figure, exporter.suffix, path)

    def export_publication(self) -> None:
        """Ask for the size and the caption of a drawing for print, and begin to write it."""
        from gradviz.ui.dialogs.publication_choice import PublicationDialog

        graph = self._state.graph
        if graph is None:
            return
        try:
            placement, area = self._placement(graph), self._area(graph)
            figure = self._figure(graph, placement, 1.0)
            dialog = PublicationDialog(area, numbers_of(figure), self._window)
            if dialog.exec() != QDialog.DialogCode.Accepted:
                return
            suffix = dialog.suffix
            path = self._asked_path(EXPORTERS[suffix].title, "figure", suffix)
            if path is not None:
                figure = msgspec.structs.replace(figure, scale=dialog.scale)
                self._begin(figure.printed(dialog.publication()), suffix, path)
        except GradvizError as error:
            self._workbench.report("export", error)

    def export_film(self) -> None:
        """Ask which moving picture is wanted and where to, and begin to write it."""
        from gradviz.ui.dialogs.moving_picture import MovingPictureDialog

        state = self._state
        lengths: dict[FilmSubject, int] = {}
        if state.trainable and state.progress.newest_step:
            lengths["train"] = state.progress.newest_step
        if state.steps:
            lengths["backward"] = len(state.steps)
        dialog = MovingPictureDialog(lengths, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            film = dialog.film()
            name = "training" if film.subject == "train" else "backward"
            path = self._asked_path(dialog.format.title, name, dialog.format.suffix)
            if path is not None:
                self.write_film(path, film)
        except GradvizError as error:
            self._workbench.report("export", error)

    def write_film(self, path: Path, film: Film) -> None:
        """Begin to write a moving picture of the run as it is, in the format of the suffix.

        Raises:
            ExportError: the film does not work, or the graph has not been laid out.
        """
        state, graph, built = self._state, self._state.graph, self._state.built
        if graph is None or built is None:
            return
        film = msgspec.structs.replace(
            film, title=state.text or built.model.source, direction=self._canvas.direction
        )
        if film.subject == "train":
            losses = state.progress.losses.values[: film.steps[-1]].copy()
            film = film_of_training(film, built, losses, film.steps)
        placement = self._placement(graph) if film.with_graph else None
        figure = self._figure(graph, placement, 1.0)
        check_film(path, film, figure)
        exporting = self._begin(figure, path.suffix.lower(), path, film)
        if film.subject == "train":
            Filming(exporting, self._workbench.recalling, state, recorded=film.with_graph)

    def copy_graph(self) -> None:
        """Begin to make a picture of the graph for the clipboard, as PNG and as SVG."""
        self._copy_as(".png")

    def copy_dot(self) -> None:
        """Begin to make the DOT source of the graph for the clipboard."""
        self._copy_as(".dot")

    def copy_selection(self) -> None:
        """Begin to make a picture and the text of what is marked or chosen for the clipboard."""
        items = self._canvas.selection
        if items:
            self._copy_as(".png", items)

    def picture_for(self, taker: Callable[[Exported, QImage], object]) -> Exporting | None:
        """Begin to make the picture of the graph for `taker`; None where there is none yet."""
        graph = self._state.graph
        if graph is None:
            return None
        try:
            figure = self._figure(graph, self._placement(graph), USUAL_SCALE)
        except GradvizError as error:
            self._workbench.report("export", error)
            return None
        exporting = self._begin(figure, ".png", None)
        self._takers[exporting] = taker
        return exporting

    def _copy_as(self, suffix: str, only: frozenset[str] | None = None) -> None:
        """Begin to make the content of the clipboard; it takes the place of another one."""
        graph = self._state.graph
        if graph is None:
            return
        try:
            placement = self._placement(graph) if EXPORTERS[suffix].needs_layout else None
        except GradvizError as error:
            self._workbench.report("export", error)
            return
        for earlier in self._running:
            if earlier.path is None:
                earlier.cancel()
        figure = self._figure(graph, placement, USUAL_SCALE)
        self._begin(msgspec.structs.replace(figure, only=only), suffix, None)

    def close(self) -> None:
        """End the exports that are not done; what their files held before stays."""
        for each in self._running:
            each.cancel()
        for each in self._running:
            each.wait()
        self._dragging.close()
        self._leave_clipboard()

    def _leave_clipboard(self) -> None:
        """Leave what was copied in the clipboard as an image of Qt's own.

        PySide crashes at the end of the program where content made in Python is still there.
        """
        copied, self._copied = self._copied, None
        clipboard = QGuiApplication.clipboard()
        if copied is not None and clipboard.mimeData().data(_COPY).data() == self._copy:
            clipboard.setImage(copied)

    def _begin(
        self, figure: GraphFigure, suffix: str, path: Path | None, film: Film | None = None
    ) -> Exporting:
        exporting = Exporting(figure, suffix, path, film)
        bar = self._bars.add(exporting.name)
        bar.cancelled.connect(exporting.cancel)
        exporting.progressed.connect(bar.tell)
        exporting.ended.connect(self._on_ended)
        self._running[exporting] = bar
        return exporting

    def _on_ended(self, outcome: ExportOutcome, image: QImage) -> None:
        exporting = self.sender()
        if not isinstance(exporting, Exporting):
            return
        self._running.pop(exporting).finish()
        taker = self._takers.pop(exporting, None)
        if isinstance(outcome, ExportFailed):
            error = ExportError(outcome.message, outcome.hint)
            self._workbench.report("export", error, outcome.details)
        elif isinstance(outcome, Exported) and taker is not None:
            taker(outcome, image)
        elif isinstance(outcome, Exported) and exporting.path is None:
            if exporting.suffix == ".png":
                self._put_into_clipboard(outcome, image)
            else:
                QGuiApplication.clipboard().setText(outcome.content.decode())
                self._tell(tr("The graph is in the clipboard, as DOT source"))
        elif isinstance(outcome, Exported):
            path, remark = exporting.path, outcome.remark
            told = (
                tr("Written: {path}. {remark}", path=path, remark=remark)
                if remark
                else tr("Written: {path}", path=path)
            )
            self._tell(told)

    def _put_into_clipboard(self, made: Exported, image: QImage) -> None:
        content = QMimeData()
        content.setImageData(image)
        # Whoever pastes a file of this kind gets the one that is made already.
        content.setData("image/png", QByteArray(made.content))
        content.setData("image/svg+xml", QByteArray(made.beside[".svg"]))
        content.setData(_COPY, QByteArray(self._copy))
        text = made.beside.get(".txt")
        if text is not None:
            content.setText(text.decode())
        QGuiApplication.clipboard().setMimeData(content)
        self._copied = image
        told = (
            tr("The graph is in the clipboard")
            if text is None
            else tr("The selection is in the clipboard")
        )
        self._tell(told)

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
            local=self._workbench.derivatives.shown,
            origin=Origin() if self._state.built is None else origin_of(self._state.built.model),
        )

    def _placement(self, graph: Graph) -> Placement:
        """Return where the nodes are shown; a new graph may still be on its way to the screen."""
        placement = self._canvas.placement_of(graph)
        if placement is None:
            raise ExportError(
                tr("The graph has not been laid out."),
                tr("Wait until it is shown, or export DOT or JSON, which need no layout."),
            )
        return placement

    def _tell(self, text: str) -> None:
        self._window.statusBar().showMessage(text, _TELLING_MS)
        announce(self._window, text)
        self._workbench.tell_exported()

    def export_plots(self) -> None:
        """Ask where to, and write the plots side by side."""
        # The PNG exporter is loaded with the first image that is written.
        from gradviz.export.formats.png import save_image

        path = self._asked_path(EXPORTERS[".png"].title, "plots", ".png")
        if path is None:
            return
        image = self.plots_image()

        def save() -> None:
            save_image(image, path)
            self._written.emit(tr("Written: {path}", path=path))

        Background(save, self._workbench.on_written)

    def export_formulas(self) -> None:
        """Ask where to, and write the expression, its loss and its derivatives as a picture."""
        from gradviz.export.atomic import write_bytes

        work = formulas_work(self._state)
        path = (
            None if work is None else self._asked_path(EXPORTERS[".svg"].title, "formulas", ".svg")
        )
        if work is None or path is None:
            return

        def save() -> None:
            # To set formulas takes a tenth of a second at first, and so is done in the thread.
            from gradviz.mathematics.formula_picture import formulas_svg

            write_bytes(path, formulas_svg(work()))
            self._written.emit(tr("Written: {path}", path=path))

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

    def _asked_picture(self, exporter: Exporter) -> PictureChoice | None:
        """Ask how a file of the format is drawn; None where the user wants none.

        Raises:
            ExportError: there is no scale at which the graph is an image.
        """
        graph = self._state.graph
        if graph is None:
            return None
        offered: list[tuple[float, QSize]] = []
        if exporter.suffix == ".png":
            # The PNG exporter is loaded with the first image.
            from gradviz.export.formats.png import scales

            offered = scales(self._area(graph).size(), SCALES)
        return asked_picture(self._window, exporter, offered, self._settings)

    def _area(self, graph: Graph) -> QRectF:
        """Return the area that a file of the graph shows; raises ExportError without one."""
        # The painting of pages is loaded with the first file.
        from gradviz.export.page import page_of

        placement, picture = self._placement(graph), self._canvas.picture()
        if picture is None:
            raise ExportError(tr("There is no graph to draw."), tr("Type an expression first."))
        return page_of(graph, picture, placement, self._workbench.health.shades)

    def _asked_path(self, kind: str, name: str, suffix: str) -> Path | None:
        """Ask for a file; the dialog itself asks before an existing one is replaced.

        `kind` is the title of a format, which is translated here.
        """
        folder = str(self._settings.value("export_folder", str(Path.home())))
        chosen = asked_path(self._window, tr("Export"), tr(kind), f"{name}{suffix}", folder)
        if chosen is not None:
            self._settings.setValue("export_folder", str(chosen.parent))
        return chosen
