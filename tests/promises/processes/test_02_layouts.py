"""A layout is there within its time or a simpler plan is, and Cancel takes effect at once."""

import threading
import time
from collections.abc import Iterator

import psutil
import pytest
from promised import WHOLE, Tell
from sample_graphs import chain, unrolled

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link
from gradviz.layout import client as client_module
from gradviz.layout.client import LayoutClient

Laid = tuple[tuple[Box, ...], tuple[Link, ...]]

_LIMIT_S = 5.0


def _hub(consumers: int) -> Laid:
    """Return a chain whose first box is used by every later one: long edges are dot's worst."""
    boxes = tuple(Box(str(number), 96, 36) for number in range(consumers))
    steps = tuple(
        Link(f"s{number}", str(number - 1), str(number)) for number in range(1, consumers)
    )
    uses = tuple(Link(f"u{number}", "0", str(number)) for number in range(2, consumers))
    return boxes, steps + uses


def _graphs() -> dict[str, Laid]:
    small = {"an LSTM of 40 steps": unrolled(40), "a hub with 400 uses": _hub(400)}
    if not WHOLE:
        return small
    large = {"an LSTM of 400 steps": unrolled(400), "a chain of 20,000": chain(20_000)}
    return {**small, **large, "a hub with 5,000 uses": _hub(5_000)}


@pytest.fixture
def client() -> Iterator[LayoutClient]:
    made = LayoutClient()
    made.place(*chain(2))
    yield made
    made.close()


def test_that_there_is_a_picture_in_time_for_any_graph(client: LayoutClient, tell: Tell) -> None:
    for name, graph in _graphs().items():
        started = time.monotonic()
        placement = client.place(*graph, deadline_s=_LIMIT_S)
        seconds = time.monotonic() - started
        assert placement.centers.keys() == {box.id for box in graph[0]}
        # The last plan, which needs no process, may begin at the end of the time.
        assert seconds < 2 * _LIMIT_S
        tell(f"{name}: {placement.plan} after {seconds:.2f} s of {_LIMIT_S:g} s")


def test_that_cancelling_takes_effect_at_once_and_leaves_no_process(
    client: LayoutClient, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    monkeypatch.setattr(client_module, "promising_plans", lambda _boxes, _links: ("dot",))
    cancelled: list[float] = []

    def cancel() -> None:
        cancelled.append(time.monotonic())
        client.cancel()

    timer = threading.Timer(0.5, cancel)
    timer.start()
    with pytest.raises(LayoutError, match="cancelled"):
        client.place(*unrolled(200), deadline_s=60.0)
    seconds = time.monotonic() - cancelled[0]
    timer.join()
    assert client.place(*chain(3)).plan == "dot"
    running = [each for each in psutil.Process().children() if "gradviz.layout" in each.cmdline()]
    assert len(running) == 1
    # Otherwise the plan would have had a minute.
    assert seconds < 5
    tell(f"Cancel took effect after {seconds * 1e3:.0f} ms")
