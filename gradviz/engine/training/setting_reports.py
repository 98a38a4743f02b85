"""What of a run's settings follows from its steps: its data and its learning rate, as events."""

from collections.abc import Iterator

from gradviz.engine.runs.run import Run
from gradviz.engine.training.reports import data_changed
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.events import DataChanged, Event, FrameTrained, LearningRateChanged


class SettingReports:
    """Remembers what of the settings has been reported, and reports what has become otherwise.

    An earlier step that is visited had other data where the target has been changed since.
    """

    def __init__(self, number: int, run: Run) -> None:
        self._number = number
        self._run = run
        self._data = run.data
        self._rate: float | None = None

    def before(self, trainer: Trainer) -> Iterator[DataChanged]:
        """Yield the data, where the next event is about other data than the last was."""
        if self._run.data is not self._data:
            self._data = self._run.data
            yield data_changed(self._number, self._run, trainer)

    def after(self, event: Event) -> None:
        """Take notice of what `event` has reported."""
        if isinstance(event, FrameTrained):
            self._rate = event.learning_rate

    def at_last(self, trainer: Trainer) -> Iterator[Event]:
        """Yield what has become otherwise and is in no event yet."""
        yield from self.before(trainer)
        if trainer.training.scheduler and trainer.next_rate != self._rate:
            self._rate = trainer.next_rate
            yield LearningRateChanged(self._number, trainer.next_rate)
