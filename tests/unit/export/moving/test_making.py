"""Films of real trainings and passes: the frames, and files that are whole or not there."""

import errno
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from export_cases import outlined_figure, tutorial_figure
from film_cases import FIT, SIZE, Shown, Trained, frames_in, trained_film
from graphs_in_groups import grouped, recorded
from PySide6.QtGui import QPainter
from sample_graphs import wide_graph

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError
from gradviz.core.graphs.outline import Showing
from gradviz.export.figure import GraphFigure
from gradviz.export.moving import gif
from gradviz.export.moving.film import Film
from gradviz.export.moving.frame_ground import FrameGround, StillPart
from gradviz.export.moving.making import MOST_NODES, write_film
from gradviz.export.moving.pixels import Pixels
from gradviz.export.moving.scene import FilmScene
from gradviz.protocol.moments import RecalledMoment
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def painted(trained: Trained) -> list[Shown]:
    scene = FilmScene(trained.film, GraphFigure(graph=trained.graph))
    return [np.asarray(frame.image()) for frame in scene.trained(trained.moments)]


def test_that_a_gif_shows_what_was_painted(tmp_path: Path) -> None:
    trained = trained_film()
    path = tmp_path / "fit.gif"
    told: list[tuple[int, int]] = []
    write_film(
        path,
        trained.film,
        GraphFigure(graph=trained.graph),
        trained.moments,
        lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    for shown, meant in zip(frames_in(path), painted(trained), strict=True):
        assert shown.shape == (SIZE[1], SIZE[0], 3)
        # A palette has 255 colours: a smooth edge may be a little off, and a surface is not.
        assert np.abs(shown.astype(int) - meant).mean() < 1.5
        assert (np.abs(shown.astype(int) - meant).max(axis=2) < 40).mean() > 0.999


@pytest.mark.parametrize("parts", ["both", "graph", "plots"])
def test_that_each_part_moves(parts: str) -> None:
    trained = trained_film(parts=parts)  # type: ignore[arg-type]
    first, second, third = painted(trained)
    assert (first != second).any()
    assert (second != third).any()


def test_that_graph_and_plots_lie_side_by_side_or_one_above_the_other() -> None:
    wide = painted(trained_film(size=(400, 200)))
    tall = painted(trained_film(size=(200, 400)))
    for frames, axis in ((wide, 1), (tall, 0)):
        moved = (frames[0] != frames[-1]).any(axis=2)
        length = moved.shape[axis]
        halves = np.split(moved, [length // 2], axis=axis)
        assert all(half.any() for half in halves)


def test_that_a_growing_graph_keeps_its_place_and_marks_what_came() -> None:
    model = Model(source="dynamic", mode="fit", points=60)
    trained = trained_film((0, 1, 2, 3, 4, 5), model, parts="graph", size=(480, 270))
    shapes = {len(moment.graph.nodes) for moment in trained.moments if moment.graph}
    assert len(shapes) > 1
    frames = painted(trained)
    places = {bounds_of(frame, LIGHT.kinds["output"].fill) for frame in frames}
    assert len(places) == 1
    assert None not in places
    signed = [bounds_of(frame, LIGHT.came) is not None for frame in frames]
    assert not signed[0]
    assert any(signed)


def bounds_of(frame: Shown, colour: str) -> tuple[int, ...] | None:
    """Return the first and last row and column with a colour; None without it."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    rows, columns = np.nonzero((frame == parts).all(axis=2))
    if not len(rows):
        return None
    return (int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max()))


def test_that_a_backward_pass_is_shown_step_by_step(tmp_path: Path) -> None:
    figure = tutorial_figure()
    assert figure.trace is not None
    steps = tuple(range(len(figure.trace.steps) + 1))
    film = Film(subject="backward", steps=steps, size=(480, 270), rate=2, title="tutorial")
    path = tmp_path / "pass.gif"
    write_film(path, film, figure)
    frames = frames_in(path)
    assert len(frames) == len(steps)
    assert all((one != other).any() for one, other in pairwise(frames))


def _training() -> list[Shown]:
    return painted(trained_film())


def _growing() -> list[Shown]:
    model = Model(source="dynamic", mode="fit", points=60)
    return painted(trained_film((0, 1, 2, 3, 4, 5), model, size=(480, 270)))


def _backward() -> list[Shown]:
    return walked(tutorial_figure())


def _grouped() -> list[Shown]:
    graph, trace = recorded("sin(a + b x) exp(c x)")
    keys = [node.id for node in graph.nodes]
    made = grouped(graph, block=keys[:6], block__open=keys[2:6], closed=keys[6:9])
    return walked(outlined_figure(made, Showing(frozenset({"block", "block.open"})), trace))


def walked(figure: GraphFigure) -> list[Shown]:
    assert figure.trace is not None
    # Forwards and back again, with two frames that are alike.
    steps = (*range(len(figure.trace.steps) + 1), 3, 3, 0)
    film = Film(subject="backward", steps=steps, size=(480, 270), rate=2)
    return [np.asarray(frame.image()) for frame in FilmScene(film, figure).walked()]


@pytest.mark.parametrize("frames", [_training, _growing, _backward, _grouped])
def test_that_what_stands_still_looks_as_if_each_frame_painted_it(
    frames: Callable[[], list[Shown]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = frames()
    paint = FrameGround.paint

    def paint_anew(ground: FrameGround, painter: QPainter, parts: Sequence[StillPart]) -> None:
        paint(ground, painter, [StillPart(object(), part.paint) for part in parts])

    monkeypatch.setattr(FrameGround, "paint", paint_anew)
    assert all((one == other).all() for one, other in zip(kept, frames(), strict=True))


def test_that_a_backward_pass_in_plots_is_refused(tmp_path: Path) -> None:
    film = Film(subject="backward", steps=(0,), parts="plots")
    with pytest.raises(ExportError, match="on the graph"):
        write_film(tmp_path / "pass.gif", film, tutorial_figure())


def test_that_a_large_graph_in_every_frame_is_refused_with_another_way(tmp_path: Path) -> None:
    figure = GraphFigure(graph=wide_graph(MOST_NODES + 10))
    film = Film(subject="train", steps=(0, 1))
    with pytest.raises(ExportError) as raised:
        write_film(tmp_path / "fit.gif", film, figure)
    assert "plots alone" in raised.value.hint


def test_that_a_film_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    trained = trained_film()
    path = tmp_path / "fit.gif"
    path.write_bytes(b"before")

    def failing() -> Iterator[RecalledMoment]:
        yield trained.moments[0]
        raise ExportError("The run was changed.")

    with pytest.raises(ExportError, match="changed"):
        write_film(path, trained.film, GraphFigure(graph=trained.graph), failing())
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["fit.gif"]


def test_that_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(stream: BinaryIO, frames: Iterator[Pixels], film: Film) -> None:
        next(iter(frames))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(gif, "write", full)
    trained = trained_film()
    with pytest.raises(ExportError, match="no space left"):
        write_film(
            tmp_path / "fit.gif", trained.film, GraphFigure(graph=trained.graph), trained.moments
        )
    assert list(tmp_path.iterdir()) == []


def test_that_a_model_that_is_no_curve_has_its_loss_alone() -> None:
    trained = trained_film(model=FIT)
    moments = tuple(
        RecalledMoment(step=each.step, loss=each.loss, equation="") for each in trained.moments
    )
    frames = painted(trained._replace(moments=moments))
    assert (frames[0] != frames[-1]).any()
