"""What the window knows, observable: panels read it and repaint when its signals say so."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from gradviz.core.catalogue import Catalogue, Mode, OptimizerEntry
from gradviz.core.errors import ExpressionError
from gradviz.core.graph import Graph
from gradviz.core.settings import Model, Training
from gradviz.core.trace import Step, Trace
from gradviz.protocol.events import ModelBuilt

EngineStatus = Literal["starting", "ready", "ended"]
Subject = Literal[
    "expression", "model", "device", "training", "engine", "layout", "export", "window"
]
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Notice:
    """Something that the user must know: what happened and what to do, where it belongs."""

    subject: Subject
    message: str
    hint: str = ""
    details: str = ""
    serious: bool = True


class LossHistory:
    """Every step's loss so far, in one array that grows by doubling."""

    def __init__(self) -> None:
        self._values = np.empty(4096)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> Floats:
        """Return a view of shape (steps,)."""
        return self._values[: self._size]

    def extend(self, losses: Floats) -> None:
        """Append losses of shape (n,)."""
        needed = self._size + len(losses)
        if needed > len(self._values):
            larger = np.empty(max(needed, 2 * len(self._values)))
            larger[: self._size] = self.values
            self._values = larger
        self._values[self._size : needed] = losses
        self._size = needed

    def shorten(self, steps: int) -> None:
        """Forget what came after `steps` steps."""
        self._size = min(self._size, steps)


@dataclass
class Progress:
    """How far the training of the run has come, and what it shows."""

    running: bool = False
    step: int = 0
    losses: LossHistory = field(default_factory=LossHistory)
    parameters: dict[str, float] = field(default_factory=dict)
    first_prediction: Floats | None = None
    prediction: Floats | None = None
    equation: str = ""
    steps_per_second: float = 0.0


class State(QObject):
    """The window's state; only the Workbench writes it."""

    engine_changed = Signal()
    catalogue_changed = Signal()
    choice_changed = Signal()
    expression_checked = Signal()
    model_built = Signal()
    recorded = Signal()
    cursor_moved = Signal()
    selection_changed = Signal()
    training_changed = Signal()
    progressed = Signal()
    noticed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine: EngineStatus = "starting"
        self.catalogue: Catalogue | None = None
        self.text = ""
        self.error: ExpressionError | None = None
        self.model = Model(source="")
        self.wanted_mode: Mode | None = None
        self.training = Training(optimizer="", learning_rate=1e-6)
        self.built: ModelBuilt | None = None
        self.graph: Graph | None = None
        self.trace: Trace | None = None
        self.cursor = 0
        self.playing = False
        self.selected: str | None = None
        self.progress = Progress()

    @property
    def mode(self) -> Mode | None:
        """Return the mode of the model that stands."""
        return self.built.mode if self.built else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the recorded backward pass, none before there is one."""
        return self.trace.steps if self.trace else ()

    @property
    def current_step(self) -> Step | None:
        """Return the step at which the walk stands, None before the first."""
        return self.steps[self.cursor - 1] if 0 < self.cursor <= len(self.steps) else None

    @property
    def inspected(self) -> str | None:
        """Return the node to inspect: the selected one, else that of the current step."""
        if self.selected is not None:
            return self.selected
        step = self.current_step
        return step.node if step else None

    @property
    def trainable(self) -> bool:
        """Tell whether the model that stands can be trained."""
        return self.built is not None and self.built.mode == "fit"

    def optimizer_of(self, training: Training) -> OptimizerEntry:
        """Return the catalogue's entry; before there is a catalogue, one without options."""
        entries = self.catalogue.optimizers if self.catalogue else ()
        found = (entry for entry in entries if entry.name == training.optimizer)
        return next(found, OptimizerEntry(name="", title=""))

    def change_model(self, **changes: object) -> None:
        """Replace fields of the chosen model and say so."""
        self.model = msgspec.structs.replace(self.model, **changes)
        self.choice_changed.emit()
