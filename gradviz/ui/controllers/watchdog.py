"""Watches whether the engine still answers: a model may run for ever, and a process be stopped."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gradviz.core.language.saying import tr
from gradviz.core.number_text import short
from gradviz.ui.state.window_state import Notice, State

#: After this long without a word about a user's own model, the user is told how to end it.
PATIENCE_S: Final = 2.0
#: The other models answer soon, but for what PyTorch loads when it is first needed.
PATIENCE_WITH_PYTORCH_S: Final = 5.0
_LOOK_MS: Final = 250


class Watchdog(QObject):
    """Tells the user when the engine is silent while it builds, trains or compares."""

    def __init__(self, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._heard = time.monotonic()
        self._told: Notice | None = None
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self._look)
        state.building_changed.connect(self._begin)
        state.training_changed.connect(self._begin)

    @property
    def silent(self) -> bool:
        """Tell whether the engine has not answered for long."""
        return self._busy() and time.monotonic() - self._heard > self._patience_s()

    def hear(self, _: object = None) -> None:
        """Note that an event of the engine has arrived."""
        self._heard = time.monotonic()
        if self._told is not None:
            told, self._told = self._told, None
            self._state.withdrawn.emit(told)

    def stop(self, end_engine: Callable[[], None], pause: Callable[[], None]) -> None:
        """Pause the training or comparison; end an engine that builds or does not answer."""
        if self._state.building or self.silent:
            end_engine()
        elif self._state.progress.running or self._state.comparison.running:
            pause()

    def _busy(self) -> bool:
        state = self._state
        at_work = state.building or state.progress.running or state.comparison.running
        return at_work and state.engine == "ready"

    def _file(self) -> str:
        """Return the name of the file whose model is waited for; empty for any other model."""
        state = self._state
        compared = (run.candidate.model for run in state.comparison.runs)
        models = (state.model, *compared) if state.comparison.running else (state.model,)
        return next((Path(model.source).name for model in models if model.trusted), "")

    def _patience_s(self) -> float:
        return PATIENCE_S if self._file() else PATIENCE_WITH_PYTORCH_S

    def _begin(self) -> None:
        if self._busy() and not self._clock.isActive():
            self._heard = time.monotonic()
            self._clock.start()

    def _look(self) -> None:
        if not self._busy():
            self._clock.stop()
            self.hear()
        elif self.silent and self._told is None:
            file, seconds = self._file(), short(self._patience_s())
            self._told = Notice(
                "model",
                tr("{file} has not answered for {seconds} seconds.", file=file, seconds=seconds)
                if file
                else tr(
                    "PyTorch's process has not answered for {seconds} seconds.", seconds=seconds
                ),
                tr("It may be slow, or run for ever."),
                serious=False,
                action="gradviz.model.stop",
            )
            self._state.noticed.emit(self._told)
