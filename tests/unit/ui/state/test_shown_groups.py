"""The first picture of a large graph is made beside the window's thread, and once."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from grouped_graphs import gpt2, lstm

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.render.measure import measured
from gradviz.ui.state import shown_groups
from gradviz.ui.state.shown_groups import ShownGroups

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Return the threads in which first pictures and outlines are made from here on."""
    found: list[threading.Thread] = []

    def noted(made: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(made)
        def make(*arguments: object) -> object:
            found.append(threading.current_thread())
            return made(*arguments)

        return make

    for name in ("first_picture", "outline_of"):
        monkeypatch.setattr(shown_groups, name, noted(getattr(shown_groups, name)))
    return found


def prepared(shown: ShownGroups, graph: Graph) -> None:
    other = threading.Thread(target=shown.prepare, args=(graph,))
    other.start()
    other.join()


def test_that_a_prepared_picture_is_the_first_one_and_is_made_once(
    threads: list[threading.Thread],
) -> None:
    graph, shown = gpt2(), ShownGroups()
    prepared(shown, graph)
    shown.showing = shown.first(graph)
    assert shown.showing == first_picture(graph, measured)
    assert shown.outline_of(graph) == outline_of(graph, shown.showing)
    assert len(threads) == 2
    assert threading.main_thread() not in threads


def test_that_what_was_prepared_for_another_graph_is_not_shown(
    threads: list[threading.Thread],
) -> None:
    graph, shown = lstm(40), ShownGroups()
    prepared(shown, gpt2())
    assert shown.first(graph) == first_picture(graph, measured)
    assert threading.main_thread() in threads


def test_that_a_small_graph_is_not_prepared(threads: list[threading.Thread]) -> None:
    ShownGroups().prepare(gpt2(1))
    assert threads == []
