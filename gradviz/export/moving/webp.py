"""Animated WebP by Pillow, which asks for one frame after another."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from PIL import Image

from gradviz.export.moving.film import LAST_S, Film
from gradviz.export.moving.pixels import Pixels

#: The quickest of its methods; lossy, as text at this quality has no visible trace of it.
_OPTIONS: Final = {"method": 0, "quality": 85, "loop": 0, "kmin": 9, "kmax": 17}


def write(stream: BinaryIO, frames: Iterable[Pixels], film: Film) -> None:
    """Write the frames; the encoder keeps them compressed until the last one."""
    _Frames(iter(frames), film).save(
        stream, "WEBP", save_all=True, duration=durations(film), **_OPTIONS
    )


def durations(film: Film) -> list[int]:
    """Return how long each frame is shown, in milliseconds; an error does not add up."""
    ends = [round(1000 * place / film.rate) for place in range(len(film.steps) + 1)]
    found = [end - start for start, end in pairwise(ends)]
    found[-1] = max(found[-1], round(1000 * LAST_S))
    return found


class _Frames(Image.Image):
    """An image of several frames, each of which is painted when it is sought."""

    def __init__(self, frames: Iterator[Pixels], film: Film) -> None:
        super().__init__()
        self._frames = frames
        self._place = -1
        self._mode, self._size = "RGB", film.size
        self.n_frames = len(film.steps)
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Take the next frame; at its end Pillow goes back, which is nothing to do."""
        if frame == self._place + 1:
            self.im = next(self._frames).image().im
            self._place = frame
