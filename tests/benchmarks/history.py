"""What the history of a training costs, and how long a jump to any step takes."""

import gc
import statistics
import time
from typing import Any

import torch
from figures import Figure

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import FRAME_S, Machine
from gradviz.engine.models import MODELS
from gradviz.engine.runs.run import Run
from gradviz.engine.training.history import History, Losses, Moment
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, StartTraining, VisitStep
from gradviz.protocol.events import StepVisited

STEPS = 2000
ROUNDS = 25
PART_S = 0.1
JUMPS = 40
RATIO_LIMIT = 0.95
JUMP_LIMIT_MS = 100.0
_TUTORIALS = ("numpy", "tensors", "autograd", "function", "nn", "optim", "module", "dynamic")
_ENDLESS = 10_000_000


class _NoLosses(Losses):
    def extend(self, losses: Any) -> None:
        """Keep nothing."""


class _NoHistory(History):
    def keep(self, moment: Moment) -> None:
        """Keep nothing."""


class _Forgetful(Trainer):
    """A trainer that keeps no moment and no loss: what training would be without a history."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        only = self.history.nearest(0)
        self._repetition.history = _NoHistory(only)
        self._repetition.history.losses = _NoLosses(1)
        self._standing.moment = lambda: only  # type: ignore[method-assign]


def _steps_per_second(trainer: Trainer) -> float:
    """Train in slices of a frame, as the machine does; the seconds are the processor's.

    What else runs on the machine takes none of those.
    """
    before, started = trainer.step, time.process_time()
    while time.process_time() - started < PART_S:
        trainer.advance(FRAME_S)
    return (trainer.step - before) / (time.process_time() - started)


def _ratio(source: str, training: Training | None = None) -> float:
    """Alternate training with and without a history; return the median of the ratios."""
    torch.set_num_threads(1)
    trainers = [kind(Run(Model(source=source))) for kind in (Trainer, _Forgetful)]
    for trainer in trainers:
        chosen = training or trainer.training
        trainer.start(
            Training(
                optimizer=chosen.optimizer,
                learning_rate=chosen.learning_rate,
                options=chosen.options,
                steps=_ENDLESS,
            )
        )
        _steps_per_second(trainer)
    ratios = []
    # As the engine's process does it before it trains.
    gc.collect()
    gc.freeze()
    for place in range(ROUNDS):
        # Each is first in turn, so that a machine that slows down favours neither.
        order = trainers if place % 2 else trainers[::-1]
        speeds = {id(trainer): _steps_per_second(trainer) for trainer in order}
        ratios.append(speeds[id(trainers[0])] / speeds[id(trainers[1])])
    return statistics.median(ratios)


def _jumps_ms(source: str) -> list[float]:
    """Time jumps all over a run, each until the moment stands with its gradients."""
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source=source))))
    own = next(model.training for model in MODELS if model.entry.name == source)
    training = Training(
        optimizer=own.optimizer,
        learning_rate=own.learning_rate,
        options=own.options,
        steps=STEPS,
    )
    list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        list(machine.advance())
    times = []
    for place in range(JUMPS):
        step = place * 997 % STEPS
        started = time.perf_counter()
        events = list(machine.handle(VisitStep(1, step)))
        while machine.busy:
            events += machine.advance()
        times.append(1000 * (time.perf_counter() - started))
        if [event.step for event in events if isinstance(event, StepVisited)] != [step]:
            raise RuntimeError(f"step {step} of {source} was not reached")
    return times


def measure() -> dict[str, object]:
    """Return the ratios and the longest jumps of the tutorials' models."""
    ratios = {source: _ratio(source) for source in _TUTORIALS}
    ratios["autograd, adam"] = _ratio("autograd", Training(optimizer="adam", learning_rate=1e-3))
    jumps = {source: max(_jumps_ms(source)) for source in _TUTORIALS}
    return {
        "with_history_to_without": ratios,
        "ratio_limit": RATIO_LIMIT,
        "longest_jump_ms": jumps,
        "jump_limit_ms": JUMP_LIMIT_MS,
        "figures": [
            Figure("with_history_to_without", min(ratios.values()), RATIO_LIMIT, best=1.0),
            Figure("longest_jump_ms", max(jumps.values()), JUMP_LIMIT_MS),
        ],
    }
