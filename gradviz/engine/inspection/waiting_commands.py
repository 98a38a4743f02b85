"""The commands that have arrived and wait for their turn, as far as one may end an answer."""

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final

from gradviz.engine.interruption import InterruptionReason, interruptible
from gradviz.protocol.commands import Ask, BuildModel, Command, Withdraw

_ENDING: Final = Ask | BuildModel | Withdraw


class WaitingCommands:
    """Knows what has arrived while a question is worked on, so that this ends at once.

    The thread that reads commands tells each arrival, the one that handles them each turn.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Command] = []

    def arrive(self, command: Command) -> None:
        """Take note of a command that waits from here on."""
        if isinstance(command, _ENDING):
            with self._lock:
                self._waiting = [*self._waiting, command]

    def take(self, command: Command) -> None:
        """Take note that it is a command's turn; of one that never arrived, do nothing."""
        with self._lock:
            self._waiting = [each for each in self._waiting if each is not command]

    def ending(self, asked: Ask, *, long: bool = False) -> AbstractContextManager[None]:
        """Let the work on a question end within where a command that waits ends it.

        A newer question takes the place of one of its kind only where that takes `long`.

        Raises:
            Interruption: the question was withdrawn, or something else comes first.
        """
        # It is asked at every call of torch, and mostly nothing has arrived since.
        seen: list[Command] = []
        known: InterruptionReason | None = None

        def told() -> InterruptionReason | None:
            nonlocal seen, known
            waiting = self._waiting
            if waiting is not seen:
                seen, known = waiting, _reason(waiting, asked, long=long)
            return known

        return interruptible(told)


def _reason(waiting: Sequence[Command], asked: Ask, *, long: bool) -> InterruptionReason | None:
    """Return why the work on a question is to end; None where nothing ends it."""
    if Withdraw(asked.run, asked.number) in waiting:
        return "withdrawn"
    if any(isinstance(each, BuildModel) for each in waiting):
        return "put off"
    kind = type(asked.question)
    newer = (each for each in waiting if isinstance(each, Ask) and each.run == asked.run)
    return "replaced" if long and any(type(each.question) is kind for each in newer) else None
