"""A film of the training that stands in the window: its moments from the engine to the process."""

from PySide6.QtCore import QObject

from gradviz.core.language.saying import tr
from gradviz.export.export_messages import FilmMoment
from gradviz.protocol.events import StepRecalled
from gradviz.ui.controllers.exporting import Exporting
from gradviz.ui.controllers.films.step_recalling import StepRecalling
from gradviz.ui.state.window_state import State


class Filming(QObject):
    """Answers the wishes of one export, and ends it where the run is no more the one it began with.

    The training may go on meanwhile, and any step may be shown.
    """

    def __init__(
        self, exporting: Exporting, recalling: StepRecalling, state: State, *, recorded: bool
    ) -> None:
        super().__init__(exporting)
        self._exporting = exporting
        self._recalling = recalling
        self._recorded = recorded
        self._future: int | None = None
        exporting.moment_wanted.connect(self._ask)
        state.model_built.connect(self._give_up)
        state.engine_changed.connect(self._give_up)

    def _ask(self, step: int) -> None:
        self._recalling.ask(step, recorded=self._recorded, on_recalled=self._on_recalled)

    def _on_recalled(self, event: StepRecalled) -> None:
        if self._future is None:
            self._future = event.future
        if event.message:
            self._exporting.give(FilmMoment(message=event.message, hint=event.hint))
        elif event.future != self._future:
            self._give_up()
        else:
            self._exporting.give(FilmMoment(content=event.moment))

    def _give_up(self) -> None:
        self._exporting.give(
            FilmMoment(
                message=tr("The run was changed while its film was made."),
                hint=tr("Export again; the file is as it was."),
            )
        )
