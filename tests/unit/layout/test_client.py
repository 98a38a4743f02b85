"""The client with the real process: deadlines, crashes, cancelling, and nothing left behind."""

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
import pytest
from sample_graphs import chain, unrolled

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link, Plan
from gradviz.layout import client as client_module
from gradviz.layout.client import LayoutClient

SMALL = ((Box("a", 100, 40), Box("b", 100, 40)), (Link("ab", "a", "b"),))
#: Graphviz takes far more than a minute for this, unless its leaves are split.
SLOW = unrolled(80)


@pytest.fixture
def client() -> Iterator[LayoutClient]:
    made = LayoutClient()
    yield made
    made.close()


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what makes the client try just these plans."""

    def only(*names: Plan) -> None:
        monkeypatch.setattr(client_module, "promising_plans", lambda _boxes, _links: names)

    return only


def after(seconds: float, act: Callable[[], object]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def test_that_the_first_plan_is_taken_when_it_is_quick(client: LayoutClient) -> None:
    placement = client.place(*SMALL)
    assert (placement.plan, placement.reason) == ("dot", "")
    assert placement.centers["a"][1] < placement.centers["b"][1]


def test_that_one_process_serves_many_requests(client: LayoutClient) -> None:
    client.start()
    first = client.pid
    for _ in range(3):
        client.place(*SMALL, direction="LR")
    assert client.pid == first


def test_that_the_known_slow_graph_is_split_without_waiting(client: LayoutClient) -> None:
    started = time.monotonic()
    placement = client.place(*SLOW)
    assert (placement.plan, placement.reason) == ("split leaves", "graph")
    assert time.monotonic() - started < 2.5


def test_that_a_plan_past_its_share_gives_way_to_the_next(
    client: LayoutClient, plans: Callable[..., None]
) -> None:
    plans("dot", "split leaves", "rows")
    client.start()
    slow = client.pid
    started = time.monotonic()
    placement = client.place(*SLOW, deadline_s=3.0)
    assert (placement.plan, placement.reason) == ("split leaves", "time")
    assert time.monotonic() - started < 3.5
    assert client.pid != slow


def test_that_a_killed_process_costs_only_its_plan(
    client: LayoutClient, plans: Callable[..., None]
) -> None:
    plans("dot", "split leaves", "rows")
    client.place(*SMALL)
    assert client.pid is not None
    started = time.monotonic()
    killer = after(0.2, partial(os.kill, client.pid, signal.SIGKILL))
    placement = client.place(*SLOW, deadline_s=20.0)
    assert (placement.plan, placement.reason) == ("split leaves", "failure")
    killer.join()
    # Without the kill the first plan alone would have had 12 s.
    assert time.monotonic() - started < 6
    assert client.place(*SMALL).plan == "dot"


def test_that_a_process_killed_while_idle_costs_nothing(client: LayoutClient) -> None:
    client.place(*SMALL)
    killed = client.pid
    assert killed is not None
    os.kill(killed, signal.SIGSEGV)
    # Another one may be there before anybody could see that there was none.
    while client.pid == killed:
        time.sleep(0.01)
    assert client.place(*SMALL).plan == "dot"


def test_that_cancelling_takes_effect_at_once_and_the_client_goes_on(
    client: LayoutClient, plans: Callable[..., None]
) -> None:
    plans("dot")
    client.place(*SMALL)
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.monotonic())
        client.cancel()

    timer = after(0.3, cancel)
    with pytest.raises(LayoutError, match="cancelled"):
        client.place(*SLOW, deadline_s=20.0)
    assert time.monotonic() - cancelled_at[0] < 0.5
    timer.join()
    assert client.place(*SMALL).plan == "dot"


def test_that_cancelling_nothing_does_not_touch_the_next_layout(client: LayoutClient) -> None:
    client.cancel()
    assert client.place(*SMALL).plan == "dot"


def test_that_closing_ends_a_layout_and_its_process(plans: Callable[..., None]) -> None:
    plans("dot", "rows")
    client = LayoutClient()
    client.start()
    timer = after(0.3, client.close)
    with pytest.raises(LayoutError):
        client.place(*SLOW, deadline_s=20.0)
    timer.join()
    assert client.pid is None
    with pytest.raises(LayoutError, match="closed"):
        client.place(*SMALL)


@pytest.mark.parametrize(
    "command",
    [
        ("/nonexistent/python",),
        (sys.executable, "-c", "import sys; sys.exit(3)"),
        (sys.executable, "-c", "print('no message at all, and more than four bytes')"),
    ],
)
def test_that_there_is_a_picture_even_when_the_process_cannot_work(
    command: tuple[str, ...],
) -> None:
    client = LayoutClient(command)
    client.start()
    placement = client.place(*SMALL)
    assert (placement.plan, placement.reason) == ("rows", "failure")
    client.close()


@pytest.mark.parametrize("case", [SMALL, chain(5_000)], ids=["small", "more than a pipe holds"])
def test_that_a_picture_comes_in_time_though_the_process_never_answers(
    case: tuple[tuple[Box, ...], tuple[Link, ...]],
) -> None:
    client = LayoutClient((sys.executable, "-c", "import time; time.sleep(60)"))
    started = time.monotonic()
    placement = client.place(*case, deadline_s=0.5)
    assert placement.plan == "rows"
    assert placement.reason == "time"
    assert time.monotonic() - started < 2
    client.close()


def test_that_a_link_to_nowhere_is_an_error_at_once(client: LayoutClient) -> None:
    with pytest.raises(LayoutError, match="does not exist"):
        client.place((Box("a", 1, 1),), (Link("ab", "a", "b"),))
    assert client.pid is None


def test_that_the_same_graph_has_the_same_placement_unless_it_says_why_not(
    client: LayoutClient,
) -> None:
    graph = chain(1_500)
    first = client.place(*graph, deadline_s=60.0)
    assert (first.plan, first.reason) == ("dot", "")
    again = client.place(*graph, deadline_s=60.0)
    assert msgspec.structs.replace(again, request=first.request) == first
    hurried = client.place(*graph, deadline_s=0.01)
    assert (hurried.plan, hurried.reason) == ("rows", "time")


def test_that_a_death_is_told_and_another_process_started_but_no_end_that_was_asked_for(
    plans: Callable[..., None],
) -> None:
    client = LayoutClient()
    deaths: queue.Queue[tuple[int, bool]] = queue.Queue()
    client.on_death = lambda code, restarted: deaths.put((code, restarted))
    client.place(*SMALL)
    first = client.pid
    assert first is not None
    os.kill(first, signal.SIGSEGV)
    assert deaths.get(timeout=20) == (-signal.SIGSEGV, True)
    assert client.pid not in (None, first)
    assert client.place(*SMALL).plan == "dot"
    plans("dot", "rows")
    timer = after(0.3, client.cancel)
    with pytest.raises(LayoutError, match="cancelled"):
        client.place(*SLOW, deadline_s=20.0)
    timer.join()
    assert client.place(*SLOW, deadline_s=0.5).reason == "time"
    client.close()
    assert deaths.empty()


def test_that_a_process_that_cannot_work_is_not_started_again_and_again() -> None:
    client = LayoutClient((sys.executable, "-c", "import sys; sys.exit(3)"))
    deaths: queue.Queue[tuple[int, bool]] = queue.Queue()
    client.on_death = lambda code, restarted: deaths.put((code, restarted))
    client.start()
    assert deaths.get(timeout=20) == (3, False)
    assert client.pid is None
    client.close()
