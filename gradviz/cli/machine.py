"""The engine in this process, as the verbs ask it."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from gradviz.cli.failures import RefusedError
from gradviz.core.choices.settings import Model
from gradviz.protocol.commands import BuildModel, Command
from gradviz.protocol.events import BackwardRecorded, CommandFailed, Event, ModelBuilt

RUN: Final = 1

_Answer = TypeVar("_Answer")


class Engine:
    """A machine in this process; a command that it refuses raises RefusedError."""

    def __init__(self) -> None:
        from gradviz.engine.machine import Machine

        self._machine = Machine()
        self._source = ""

    def build(self, model: Model) -> tuple[ModelBuilt, BackwardRecorded]:
        """Build `model`, record its first pass, and prepare its training."""
        *_, last = self._building(model)
        return last

    def first_pass(self, model: Model) -> tuple[ModelBuilt, BackwardRecorded]:
        """Build `model` and record its first pass; to prepare a training can take seconds."""
        return next(self._building(model))

    def _building(self, model: Model) -> Iterator[tuple[ModelBuilt, BackwardRecorded]]:
        self._source = model.source
        built: ModelBuilt | None = None
        for event in self._accepted(self._machine.handle(BuildModel(RUN, model))):
            if isinstance(event, ModelBuilt):
                built = event
            elif isinstance(event, BackwardRecorded) and built is not None:
                yield built, event

    def follow(self, command: Command) -> Iterator[Event]:
        """Yield all events that follow from `command`, until the machine stands still."""
        yield from self._accepted(self._machine.handle(command))
        while self._machine.training:
            yield from self._accepted(self._machine.advance())

    def answer(self, question: Command, kind: type[_Answer]) -> _Answer:
        """Return the first answer of this kind."""
        for event in self.follow(question):
            if isinstance(event, kind):
                return event
        raise AssertionError("a machine answers or says why not")

    def _accepted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, CommandFailed):
                raise RefusedError(event, self._source)
            yield event
