"""A picture cache gives the pictures that would be made anew, in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_differences import assert_difference

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.walk import first_cursor, last_cursor
from gradviz.engine.runs.run import Run
from gradviz.render.picture import picture
from gradviz.render.picture_cache import PictureCache

_SOURCES = ("5x^3 + 2x^2 + 4x + 8", "autograd", "dynamic", "numpy")
_RECORDED: dict[str, tuple[Graph, Trace]] = {}


def _recorded(source: str) -> tuple[Graph, Trace]:
    if source not in _RECORDED:
        _RECORDED[source] = Run(Model(source=source)).record()[1:]
    return _RECORDED[source]


@given(st.sampled_from(_SOURCES), st.lists(st.integers(-40, 40), min_size=2, max_size=12))
def test_that_a_picture_cache_shows_what_a_picture_made_anew_shows(
    source: str, places: list[int]
) -> None:
    graph, trace = _recorded(source)
    local = {edge.id: 0.5 for edge in graph.edges}
    picture_cache = PictureCache(graph, trace, local)
    for place in places:
        assert picture_cache.at(place) == picture(graph, trace, place, local)


@pytest.mark.parametrize("source", _SOURCES)
def test_that_a_picture_cache_walks_there_and_back_step_by_step(source: str) -> None:
    graph, trace = _recorded(source)
    picture_cache = PictureCache(graph, trace)
    walk = range(first_cursor(trace), last_cursor(trace) + 1)
    for place in (*walk, *reversed(walk)):
        assert picture_cache.at(place) == picture(graph, trace, place)


@pytest.mark.parametrize("source", _SOURCES)
def test_that_a_picture_knows_what_a_step_has_changed(source: str) -> None:
    graph, trace = _recorded(source)
    for first, last in ((first_cursor(trace), 0), (0, last_cursor(trace))):
        picture_cache = PictureCache(graph, trace)
        before = picture_cache.at(first)
        for place in (*range(first + 1, last), *range(last, first, -1)):
            after = picture_cache.at(place)
            assert_difference(before, after)
            before = after


def test_that_nothing_is_left_to_look_up_once_a_picture_cache_is_prepared() -> None:
    graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()[1:]
    picture_cache = PictureCache(graph, trace)
    picture_cache.at(0)
    pieces = sum(1 for _ in picture_cache.preparation())
    known = vars(graph).keys() | vars(picture_cache).keys()
    for cursor in (1, 2, 3, 2, 1, 0, -1, -2, -1):
        picture_cache.at(cursor)
    assert vars(graph).keys() | vars(picture_cache).keys() == known
    assert pieces > 1
