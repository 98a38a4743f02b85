"""The life of the engine's process, as the window follows it: its ends and its restarts."""

from collections.abc import Callable

from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.tried_versions import NOT_LOADED, untried_libraries
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State

#: An engine that ends this often without building anything in between is not started again.
MAXIMUM_RESTARTS = 3
_INSTALLED_ANEW = marked("After that, choose Model ▸ Restart engine.")


class EngineLife:
    """Starts another engine for one that has ended, as long as that makes sense."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        restart_engine: Callable[[], None],
        kill_engine: Callable[[], None],
    ) -> None:
        self._state = state
        self._workbench = workbench
        self._restart_engine = restart_engine
        self._kill_engine = kill_engine
        self._stopping = False
        self._restarts = 0

    def has_built(self) -> None:
        """Note that the engine works: its earlier ends do not count any longer."""
        self._restarts = 0

    def on_ended(self, code: int, lines: str) -> None:
        """Say that the engine has ended, and start another one."""
        state = self._state
        stopping, self._stopping = self._stopping, False
        # A user's own model that ended the engine would end the next one too.
        given_up = stopping or (state.building and bool(state.model.trusted))
        if given_up:
            self._workbench.give_up()
        self._workbench.stop_waiting()
        self._workbench.set_running(False)
        state.comparison.end()
        if stopping:
            self._start_after_stop()
            return
        if code == NOT_LOADED and lines.strip():
            state.engine = "ended"
            state.engine_changed.emit()
            told = lines.strip().splitlines()[-1]
            state.noticed.emit(Notice("engine", told, tr(_INSTALLED_ANEW)))
            return
        self._restarts += 1
        told = (
            tr("The engine was ended by signal {signal}.", signal=-code)
            if code < 0
            else tr("The engine ended with exit code {code}.", code=code)
        )
        if self._restarts > MAXIMUM_RESTARTS:
            state.engine = "ended"
            hint = tr(
                "It ended too often to be started again. Change the model, then Model ▸ Restart."
            )
        else:
            state.engine = "starting"
            hint = (
                tr("It is being restarted, and the previous model rebuilt from what you chose.")
                if given_up
                else tr("It is being restarted, and the model rebuilt from what you chose.")
            )
            self._restart_engine()
        if state.catalogue is None:
            # It never started, so the version of its torch was not told by it.
            hint = sentences([hint, *untried_libraries()])
        state.engine_changed.emit()
        state.noticed.emit(Notice("engine", told, hint, details=lines))

    def stop(self) -> None:
        """End an engine that is not waited for any longer; another one takes its place."""
        self._stopping = True
        self._kill_engine()

    def _start_after_stop(self) -> None:
        state = self._state
        state.engine = "starting"
        self._restart_engine()
        state.engine_changed.emit()
        hint = tr("PyTorch's process restarts and builds the previous model.")
        state.noticed.emit(Notice("engine", tr("Stopped."), hint, serious=False))

    def restart(self) -> None:
        """Start the engine anew and rebuild the model, as the user asks."""
        self._restarts = 0
        self._state.engine = "starting"
        self._state.engine_changed.emit()
        self._restart_engine()
