"""Moments of the training that are asked for one by one, while the window shows another."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from gradviz.protocol.commands import Command, RecallStep
from gradviz.protocol.events import StepRecalled
from gradviz.ui.state.window_state import State


class StepRecalling(QObject):
    """Hands each moment to whoever asked for it; one that is wanted no more goes to nobody."""

    def __init__(self, state: State, send: Callable[[Command], None], parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._send = send
        self._number = 0
        self._askers: dict[int, Callable[[StepRecalled], None]] = {}

    def ask(
        self, step: int, *, recorded: bool, on_recalled: Callable[[StepRecalled], None]
    ) -> None:
        """Ask for the moment after `step` steps of the present run."""
        self._number += 1
        self._askers[self._number] = on_recalled
        run = self._state.built.run if self._state.built is not None else 0
        self._send(RecallStep(run=run, number=self._number, step=step, recorded=recorded))

    def hear(self, event: StepRecalled) -> None:
        """Hand an answer to its asker."""
        asker = self._askers.pop(event.number, None)
        if asker is not None:
            asker(event)
