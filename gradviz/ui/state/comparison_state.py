"""The window's state of the compared runs: their losses and standings."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal

from gradviz.core.choices.comparison import FEWEST, MOST, Candidate, Standing
from gradviz.core.choices.settings import Model
from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import said_again, tr
from gradviz.own.source import file_of
from gradviz.protocol.events import RunComparisonFrame
from gradviz.ui.state.loss_history import LossHistory


def refusal(candidates: Sequence[Candidate], standing: Model | None) -> tuple[str, str]:
    """Return why these cannot be trained in the current model's engine, and a hint; or "" twice.

    A user's file may change anything in the process that runs it, and all that is compared is
    trained in one.
    """
    files = {file_of(candidate.model) for candidate in candidates}
    if len(files) > 1:
        file = next(Path(found[0]).name for found in files if found is not None)
        return (
            tr(
                "{file} may change the numbers of other models that are trained beside it.",
                file=file,
            ),
            tr("Compare them one after the other: remove its runs or the others."),
        )
    if standing is None or files <= {file_of(standing)}:
        return "", ""
    file = next((Path(found[0]).name for found in files if found is not None), "")
    if file:
        return (
            tr("{file} may change the numbers of the current model.", file=file),
            tr("Open {file} as it is in the list, and compare its runs then.", file=file),
        )
    return (
        tr("The current file may change the numbers of the models in the list."),
        tr("Choose one of them as the current model, and compare then."),
    )


@dataclass
class ComparedRun:
    """One row of the list.

    Attributes:
        number: From 1 to 8: it stands at the end of the curve and chooses the colour. It stays
            with the run when others are removed.
        losses: The loss before each of its steps.
        standing: Its newest standing; None before it was first trained.
        lowest, highest: The finite losses lie between them; there is none if lowest is higher.
        least: The lowest loss above 0; infinite where none is.
    """

    number: int
    candidate: Candidate
    losses: LossHistory = field(default_factory=LossHistory)
    standing: Standing | None = None
    lowest: float = math.inf
    highest: float = -math.inf
    least: float = math.inf

    def begin(self) -> None:
        """Forget the losses of an earlier comparison."""
        self.losses = LossHistory()
        self.standing = None
        self.lowest, self.highest, self.least = math.inf, -math.inf, math.inf

    def take(self, losses: Floats, standing: Standing) -> None:
        """Append losses of shape (n,), and take the run's newest standing."""
        self.losses.extend(losses)
        self.standing = standing
        finite = losses[np.isfinite(losses)]
        if len(finite):
            self.lowest = min(self.lowest, float(finite.min()))
            self.highest = max(self.highest, float(finite.max()))
        self.least = min(self.least, float(finite[finite > 0].min(initial=math.inf)))

    @property
    def last_loss(self) -> float | None:
        """Return the newest loss; None before there is one."""
        return float(self.losses.values[-1]) if len(self.losses) else None


class ComparisonState(QObject):
    """The list of runs with their standings; only the ComparisonController writes it."""

    #: The list is another one, or the comparison begins or ends.
    changed = Signal()
    progressed = Signal()
    #: The comparison is to be seen.
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: list[ComparedRun] = []
        self.running = False

    @property
    def has_room(self) -> bool:
        """Tell whether another run can be added now."""
        return not self.running and len(self.runs) < MOST

    @property
    def can_run(self) -> bool:
        """Tell whether there are enough runs to compare."""
        return len(self.runs) >= FEWEST

    @property
    def step(self) -> int:
        """Return the most steps that a run has done."""
        return max((run.standing.step for run in self.runs if run.standing), default=0)

    @property
    def best(self) -> ComparedRun | None:
        """Return the run with the lowest last loss of those without a failure."""
        good = [
            run
            for run in self.runs
            if run.standing and run.standing.state in ("running", "finished") and len(run.losses)
        ]
        return min(good, key=lambda run: float(run.losses.values[-1]), default=None)

    def add(self, candidate: Candidate) -> None:
        """Add a run with the first number that is free."""
        taken = {run.number for run in self.runs}
        number = next(number for number in range(1, MOST + 1) if number not in taken)
        self.runs.append(ComparedRun(number, candidate))
        self.runs.sort(key=lambda run: run.number)
        self.changed.emit()

    def remove(self, number: int) -> None:
        """Take a run off the list."""
        self.runs = [run for run in self.runs if run.number != number]
        self.changed.emit()

    def say_again(self) -> None:
        """Have the titles of the runs in the language that is spoken now."""
        for run in self.runs:
            title = said_again(run.candidate.title)
            run.candidate = msgspec.structs.replace(run.candidate, title=title)

    def begin(self) -> None:
        """Forget the losses of an earlier comparison; the runs start anew."""
        for run in self.runs:
            run.begin()
        self.running = True
        self.changed.emit()

    def take(self, frame: RunComparisonFrame) -> None:
        """Take the new losses and standings of the compared runs."""
        if not self.running:
            return
        for run, losses, standing in zip(self.runs, frame.losses, frame.standings, strict=True):
            run.take(losses.floats(), standing)
        self.progressed.emit()

    def end(self) -> None:
        """Take that the comparison has ended."""
        if self.running:
            self.running = False
            self.changed.emit()
