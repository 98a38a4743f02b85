"""How soon the engine is free again after a question about a large graph was withdrawn."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from figures import Figure
from long_chain import written_chain

from gradviz.core.graphs.places import TensorPlace
from gradviz.protocol.commands import Ask, BuildModel, Withdraw
from gradviz.protocol.events import Answered, BackwardRecorded, Event, Unanswered
from gradviz.protocol.questions import (
    CountFlops,
    ExplainMissing,
    FindRule,
    FindRules,
    FindSources,
    Question,
    ReadTensorChunk,
    TimePass,
)
from gradviz.ui.engine_process import EngineProcess

LIMIT_MS = 200.0
#: Links of 4 nodes: some 15,000 nodes.
LINKS = 3750
#: After so long each question is withdrawn, once in each of its passes.
DELAYS_S = (0.05, 0.2, 0.4, 0.8)
#: What the engine prepares after a model was built is not of the question.
_SETTLED_S = 5.0


class _Engine:
    """An engine in a process of its own, and its events as they come."""

    def __init__(self, folder: Path) -> None:
        self._arrived = threading.Event()
        command = (sys.executable, "-m", "gradviz.engine")
        self._process = EngineProcess(
            command, self._arrived.set, lambda *_: self._arrived.set(), lambda _: None
        )
        self._process.send(BuildModel(1, written_chain(folder, LINKS, unused=True)))
        recorded = self._first(lambda event: isinstance(event, BackwardRecorded))
        assert isinstance(recorded, BackwardRecorded)
        self.nodes = [node.id for node in recorded.graph.nodes]
        self._number = 0
        time.sleep(_SETTLED_S)

    def free_after_ms(self, question: Question, delay_s: float) -> float | None:
        """Return when another question is answered; None where the first one was soon answered."""
        self._ask(question)
        asked = self._number
        time.sleep(delay_s)
        withdrawn = time.perf_counter()
        self._process.send(Withdraw(1, asked))
        self._ask(ReadTensorChunk(place=TensorPlace(self.nodes[-1], "value"), count=1))
        ended = self._first(lambda event: _ends(event, asked))
        self._first(lambda event: _ends(event, self._number))
        taken = 1000 * (time.perf_counter() - withdrawn)
        return taken if isinstance(ended, Unanswered) else None

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _ask(self, question: Question) -> None:
        self._number += 1
        self._process.send(Ask(run=1, recording=1, number=self._number, question=question))

    def _first(self, wanted: Callable[[Event], bool]) -> Event:
        while True:
            self._arrived.clear()
            while (event := self._process.next_event()) is not None:
                if wanted(event):
                    return event
            self._arrived.wait(0.5)


def _ends(event: Event, number: int) -> bool:
    return isinstance(event, Unanswered | Answered) and event.number == number


def measure() -> dict[str, object]:
    """Return for each question the longest time until the engine is free."""
    results: dict[str, object] = {}
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        engine = _Engine(Path(folder))
        results["nodes"] = len(engine.nodes)
        middle = engine.nodes[len(engine.nodes) // 2]
        questions: list[Question] = [
            FindRule(middle), FindRules(), FindSources(), ExplainMissing(), CountFlops(),
            TimePass(),
        ]  # fmt: skip
        for question in questions:
            found = [engine.free_after_ms(question, delay) for delay in DELAYS_S]
            taken = [each for each in found if each is not None]
            if taken:
                figures.append(Figure(f"{type(question).__name__}_ms", max(taken), LIMIT_MS))
                results[type(question).__name__] = taken
        engine.close()
    return {**results, "figures": figures}
