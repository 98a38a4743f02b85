"""Asks for the graphs of a compiled function, and opens a window for each."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gradviz.core.errors import RecordingError
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import CompiledShown, ShowCompiled
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.inner.compiled_dialog import CompiledDialog
from gradviz.ui.canvas.inner.graph_dialog import GraphDialog
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State


class InnerWindows(QObject):
    """Shows the graphs of the inspected node; a window stays while others are opened."""

    def __init__(self, window: QWidget, state: State, workbench: Workbench, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._workbench = workbench
        self._look = look
        state.language_changed.connect(self._say_again)

    def show_inspected(self) -> None:
        """Ask for the graphs of the inspected node, and show them when they are there."""
        graph, node = self._state.graph, self._state.inspected
        if graph is None or node is None or node not in graph.node:
            return
        title = f"{graph.node[node].op} {node}"

        def open_window(event: Answered) -> None:
            if isinstance(event.answer, CompiledShown):
                CompiledDialog(self._window, self._look, title, event.answer).show()

        self._workbench.inspection.ask(ShowCompiled(node), open_window, self._refuse)

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._look = look
        for dialog in self._window.findChildren(CompiledDialog):
            dialog.use_look(look)

    def close(self) -> None:
        """Close every window."""
        for dialog in self._window.findChildren(CompiledDialog):
            dialog.close()

    def _say_again(self) -> None:
        """Have the graphs of all such windows painted in another language."""
        for dialog in self._window.findChildren(GraphDialog):
            dialog.say_again()

    def _refuse(self, event: Unanswered) -> None:
        self._workbench.report("recording", RecordingError(event.message, event.hint))
