"""How long it takes until the table of a very large tensor shows its first page, and its memory."""

import resource
import time
from io import BytesIO
from typing import TypeVar

import torch
from figures import Figure

from gradviz.app import make_application
from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.trace import Trace
from gradviz.engine.machine import Machine
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import BuildModel, Command
from gradviz.protocol.events import Answered, Event, Unanswered
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.controllers.tensor_controller import TensorController
from gradviz.ui.state.window_state import State

SIDE = 10_000
ROUNDS = 20
LIMIT_MS = 300.0
#: A copy of the whole would take ten times as much.
LIMIT_MB = 40.0
Message = TypeVar("Message")
_PLACE = TensorPlace("n0", "value")


class _Wire:
    """The way between the window and the engine: as bytes there and back."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._commands: Codec[Command] = Codec(Command)
        self._events: Codec[Event] = Codec(Event)
        self.controller: InspectionController | None = None

    def send(self, command: Command) -> None:
        """Let the machine handle a command, and the window hear what follows."""
        read = _through(self._commands, command)
        for event in self._machine.handle(read):
            self._tell(event)

    def work(self) -> None:
        """Work off what takes longer."""
        while self._machine.busy:
            for event in self._machine.advance():
                self._tell(event)

    def _tell(self, event: Event) -> None:
        read = _through(self._events, event)
        if self.controller is not None and isinstance(read, Answered | Unanswered):
            self.controller.hear(read)


def _through(codec: Codec[Message], message: Message) -> Message:
    stream = BytesIO()
    codec.write(stream, message)
    stream.seek(0)
    read = codec.read(stream)
    assert read is not None
    return read


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _machine_with(tensor: torch.Tensor) -> Machine:
    """Return a machine whose newest recording has `tensor` at the place that is asked for."""
    machine = Machine()
    list(machine.handle(BuildModel(0, Model(source="x^2", mode="point"))))
    session = machine._session
    assert session is not None
    graph, trace = Graph(nodes=(), edges=(), output="n0"), Trace(steps=(), leaf_grads={})
    session.recording = Recording(graph, trace, Tensors(values={"n0": tensor}))
    session.recordings = 0
    return machine


def _measured(tensor: torch.Tensor) -> dict[str, float]:
    wire = _Wire(_machine_with(tensor))
    controller = wire.controller = InspectionController(State(), wire.send)
    times, before = [], _peak_mb()
    for _ in range(ROUNDS):
        look = TensorController(controller)
        started = time.perf_counter()
        look.open(_PLACE)
        cell = look.table.index(0, 0)
        assert look.table.data(cell) != "…", "the first page has not come"
        times.append(1000 * (time.perf_counter() - started))
    opened = _peak_mb()
    started = time.perf_counter()
    look.want_statistics()
    wire.work()
    assert look.statistics is not None
    assert look.statistics.elements == tensor.numel()
    return {
        "opened_ms": max(times),
        "memory_to_open_mb": opened - before,
        "statistics_s": time.perf_counter() - started,
        "memory_for_statistics_mb": _peak_mb() - before,
    }


def measure() -> dict[str, object]:
    """Return the slowest opening and what it took of memory, also where rows lie apart."""
    application = make_application()
    whole = torch.rand(SIDE, SIDE)
    # The time of the first question would be that of imports.
    _measured(torch.rand(3, 3))
    found = {"whole": _measured(whole), "transposed": _measured(whole.T)}
    application.processEvents()
    opened = max(each["opened_ms"] for each in found.values())
    memory = max(each["memory_to_open_mb"] for each in found.values())
    return {
        "elements": SIDE * SIDE,
        **found,
        "figures": [
            Figure("opened_ms", opened, LIMIT_MS),
            Figure("memory_to_open_mb", memory, LIMIT_MB),
        ],
    }
