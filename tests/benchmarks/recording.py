"""What recording a pass costs, beside the same forward and backward alone, in one process."""

import statistics
import time
from collections.abc import Callable

import torch
from figures import Figure

from gradviz.core.choices.settings import Model
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.runs.run import Run

#: By hand there is no autograd graph to record.
MODELS = ("autograd", "function", "nn", "optim", "module", "dynamic")
MODEL_LIMIT, LSTM_LIMIT = 4.0, 6.0
ROUNDS, LSTM_ROUNDS = 300, 7
#: An LSTMCell unrolled so often is 15,005 nodes.
UNROLLED, WIDTH = 1000, 8


def _alternated(
    plain: Callable[[], object], recorded: Callable[[], object], rounds: int
) -> dict[str, float]:
    times: dict[Callable[[], object], list[float]] = {plain: [], recorded: []}
    for _ in range(rounds):
        for job, taken in times.items():
            started = time.perf_counter()
            job()
            taken.append(time.perf_counter() - started)
    plain_s, recorded_s = (statistics.median(taken) for taken in times.values())
    return {
        "plain_ms": 1000 * plain_s,
        "recorded_ms": 1000 * recorded_s,
        "ratio": recorded_s / plain_s,
    }


def _of_model(name: str) -> dict[str, float]:
    run = Run(Model(source=name))
    target = run.target
    assert target is not None

    def plain() -> None:
        run.loss(run.model.forward(run.x), target).backward()  # type: ignore[no-untyped-call]
        for parameter in run.model.parameters.values():
            parameter.grad = None

    return _alternated(plain, lambda: bool(run.recording()), ROUNDS)


def _of_lstm() -> dict[str, float]:
    torch.manual_seed(0)
    cell = torch.nn.LSTMCell(WIDTH, WIDTH)
    inputs, names = torch.randn(UNROLLED, 1, WIDTH), dict(cell.named_parameters())

    def forward() -> torch.Tensor:
        h = c = torch.zeros(1, WIDTH)
        for step in inputs:
            h, c = cell(step, (h, c))
        return h.sum()

    def plain() -> None:
        forward().backward()  # type: ignore[no-untyped-call]
        cell.zero_grad()

    def recorded() -> None:
        with ForwardRecorder() as recorder:
            output = forward()
        record(output, names, recorder)

    return _alternated(plain, recorded, LSTM_ROUNDS)


def measure() -> dict[str, object]:
    """Return times and ratios; a recording is all that the window is told of a pass."""
    models = {name: _of_model(name) for name in MODELS}
    lstm = _of_lstm()
    return {
        **models,
        "lstm_15005_nodes": lstm,
        "figures": [
            *(Figure(name, each["ratio"], MODEL_LIMIT) for name, each in models.items()),
            Figure("lstm_15005_nodes", lstm["ratio"], LSTM_LIMIT),
        ],
    }
