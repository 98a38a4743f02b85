"""Reads ONNX files in a process of their own, and opens a window for each."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from gradviz.core.errors import OwnModelError, words_of
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.language.saying import tr
from gradviz.export.origin import Origin
from gradviz.own.onnx_files.graph_reading import GraphReading, Outcome
from gradviz.render.groups.rough_measure import rough_size
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.inner.graph_dialog import GivenGraph, GraphDialog
from gradviz.ui.controllers.workbench import Workbench


class ForwardDialog(GraphDialog):
    """Shows the graph of an ONNX file."""


class ForwardWindows(QObject):
    """Shows the graphs of files beside the model that stands, which goes on.

    Several may be open, and several read at once.
    """

    #: A reading, its graph or an error, and the first picture; from the thread of the reading.
    _read = Signal(object, object, object)

    def __init__(self, window: QMainWindow, workbench: Workbench, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._look = look
        self._readings: list[GraphReading] = []
        self._closed = False
        self._read.connect(self._on_read)

    def open(self, path: str) -> None:
        """Read a file, and show it when it is there."""

        def on_end(outcome: Outcome) -> None:
            # To look for the first picture takes a while for a large graph.
            showing = Showing()
            if isinstance(outcome, Graph):
                showing = first_picture(outcome, rough_size)
            self._read.emit(reading, outcome, showing)

        try:
            reading = GraphReading(path, on_end)
        except OSError as error:
            told = OwnModelError(
                tr("No process could be started: {reason}.", reason=words_of(error))
            )
            self._workbench.report("model", told)
            return
        self._readings.append(reading)
        self._window.statusBar().showMessage(tr("Reading {name}…", name=reading.path.name))

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._look = look
        for dialog in self._window.findChildren(ForwardDialog):
            dialog.use_look(look)

    def close(self) -> None:
        """Close every window, and end what is being read."""
        self._closed = True
        for reading in self._readings:
            reading.cancel()
        for dialog in self._window.findChildren(ForwardDialog):
            dialog.close()

    def _on_read(self, reading: GraphReading, outcome: Outcome, showing: Showing) -> None:
        self._readings.remove(reading)
        path = reading.path
        if self._closed:
            return
        self._window.statusBar().clearMessage()
        if isinstance(outcome, OwnModelError):
            self._workbench.report("model", outcome)
            return
        given = GivenGraph(
            kind=tr("Forward graph"),
            title=tr("Forward graph of {title}", title=path.name),
            graph=outcome,
            showing=showing,
            note=outcome.note,
            stem=path.stem,
            origin=Origin(model=path.name, torch=None),
        )
        ForwardDialog(self._window, self._look, given).show()
