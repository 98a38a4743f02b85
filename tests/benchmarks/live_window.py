"""The program's window over its real processes, for measuring."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gradviz.app import ENGINE_COMMAND, load_the_rest, make_application
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.plot_panel import PlotPanel

_PATIENCE_S = 60
#: How often a condition is looked at.
_LOOK_MS = 2


class LiveWindow:
    """Opens on `model` and is closed at the end of the `with`."""

    def __init__(self, model: str) -> None:
        self._application: QApplication = make_application()
        self._folder = tempfile.TemporaryDirectory()
        settings = QSettings(
            str(Path(self._folder.name) / "settings.ini"), QSettings.Format.IniFormat
        )
        engine = Bridge(ENGINE_COMMAND)
        engine.start()
        self.window = MainWindow(engine, settings)
        self.state = self.window.state
        self.workbench = self.window.workbench
        self._model = model

    def __enter__(self) -> "LiveWindow":
        self.window.resize(1440, 900)
        self.window.show()
        load_the_rest()
        self.wait_until(lambda: self.window.canvas.placement is not None)
        self.workbench.choose_model(self._model)
        self.wait_until(
            lambda: self.state.built is not None and self.state.built.model.source == self._model
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.window.close()
        # Widgets that are left would take part in whatever is measured in the next window.
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._folder.cleanup()

    @property
    def frames_drawn(self) -> int:
        """Return how often the fit has been drawn."""
        fit = self.window.panels.widgets["fit"]
        return fit.frames_drawn if isinstance(fit, PlotPanel) else 0

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until `condition` holds."""
        end = time.monotonic() + _PATIENCE_S
        loop, clock = QEventLoop(), QTimer(interval=_LOOK_MS)
        clock.timeout.connect(
            lambda: loop.quit() if condition() or time.monotonic() > end else None
        )
        clock.start()
        if not condition():
            loop.exec()
        clock.stop()
        if not condition():
            raise TimeoutError("the window did not come to it")
