"""GIF, WebP and MP4: the frames, their times, and the memory, which stays bounded."""

import importlib.util
import io
import tracemalloc
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import BinaryIO, cast

import av
import numpy as np
import pytest
from film_cases import SIZE, coloured, frames_in, seconds_in
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExportError
from gradviz.export.moving import gif, mp4, webp
from gradviz.export.moving.film import LAST_S, Film
from gradviz.export.moving.pixels import Pixels

ENCODERS = {".gif": gif.write, ".webp": webp.write, ".mp4": mp4.write}


def film(count: int = 6, size: tuple[int, int] = SIZE, rate: float = 25.0) -> Film:
    return Film(subject="train", steps=tuple(range(count)), size=size, rate=rate)


def written(tmp_path: Path, suffix: str, wish: Film) -> Path:
    path = tmp_path / f"film{suffix}"
    with path.open("wb") as stream:
        ENCODERS[suffix](stream, coloured(wish), wish)
    return path


def array(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(pixels.image())


@pytest.mark.parametrize(("suffix", "error"), [(".gif", 0), (".webp", 60)])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_that_every_frame_is_in_the_file(
    tmp_path: Path, suffix: str, error: int, count: int
) -> None:
    wish = film(count)
    found = frames_in(written(tmp_path, suffix, wish))
    assert len(found) == count
    for shown, meant in zip(found, map(array, coloured(wish)), strict=True):
        assert np.abs(shown.astype(int) - meant).max() <= error


def test_that_a_video_has_every_frame_at_its_time(tmp_path: Path) -> None:
    wish = film(9, size=(321, 181), rate=12.5)
    with av.open(written(tmp_path, ".mp4", wish)) as container:
        video = container.streams.video[0]
        assert video.average_rate == 12.5
        assert (video.width, video.height) == (322, 182)
        found = [frame.to_ndarray(format="rgb24") for frame in container.decode(video)]
    assert len(found) == 9
    for shown, meant in zip(found, map(array, coloured(wish)), strict=True):
        # Colours have half the pixels: away from edges they are as they were.
        assert np.abs(shown[90, 40:300].astype(int) - meant[90, 40:300]).max() <= 12


@given(st.integers(1, 80), st.floats(0.1, 50))
def test_that_the_times_of_a_gif_add_up(count: int, rate: float) -> None:
    times = list(gif.durations(film(count, rate=rate)))
    assert all(time >= 10 and time % 10 == 0 for time in times)
    assert sum(times[:-1]) == pytest.approx(1000 * (count - 1) / rate, abs=5.01 + 1e-9)
    assert times[-1] >= 1000 * LAST_S


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_that_frames_are_shown_for_their_time(tmp_path: Path, suffix: str) -> None:
    times = seconds_in(written(tmp_path, suffix, film(4, rate=10)))
    assert times == pytest.approx([0.1, 0.1, 0.1, LAST_S])


@pytest.mark.parametrize("suffix", ENCODERS)
def test_that_frames_are_let_go_one_by_one(tmp_path: Path, suffix: str) -> None:
    def peak(count: int) -> int:
        wish = film(count)
        with (tmp_path / f"film{suffix}").open("wb") as stream:
            tracemalloc.start()
            try:
                ENCODERS[suffix](stream, coloured(wish), wish)
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(2)
    one_frame = 3 * SIZE[0] * SIZE[1]
    assert peak(60) - peak(10) < 5 * one_frame


@pytest.mark.parametrize("suffix", ENCODERS)
def test_that_the_next_frame_is_painted_after_the_last_one_is_written(
    tmp_path: Path, suffix: str
) -> None:
    wish = film(40)
    painted = 0

    class Watched(io.BytesIO):
        def write(self, content: object, /) -> int:
            seen.append(painted)
            return super().write(cast(bytes, content))

    def frames() -> Iterator[Pixels]:
        nonlocal painted
        for frame in coloured(wish):
            painted += 1
            yield frame

    seen: list[int] = []
    ENCODERS[suffix](cast(BinaryIO, Watched()), frames(), wish)
    assert painted == 40
    if suffix == ".gif":
        assert len(set(seen)) >= 40


def test_that_without_pyav_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "av" else found(name, package)

    monkeypatch.setattr(mp4, "find_spec", without)
    with pytest.raises(ExportError) as raised:
        mp4.write(io.BytesIO(), coloured(film()), film())
    assert "PyAV" in raised.value.message
    assert 'pip install "gradviz-studio[video]"' in raised.value.hint


def test_that_a_video_into_a_pipe_is_refused() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(ExportError, match="pipe"):
        mp4.write(Pipe(), coloured(film()), film())
