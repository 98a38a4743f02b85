"""MP4 by PyAV: H.264 with the colours that every player knows."""

from collections.abc import Iterable
from fractions import Fraction
from importlib.util import find_spec
from typing import BinaryIO, Final

import numpy as np

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.moving.film import Film
from gradviz.export.moving.pixels import Pixels

#: Sharp text, at a size that can be sent; the preset is for a machine that has other work.
_OPTIONS: Final = {"crf": "18", "preset": "veryfast"}


def require() -> None:
    """Raise ExportError with the command that installs it where PyAV is missing."""
    if find_spec("av") is None:
        raise ExportError(
            tr("MP4 needs PyAV, which is not installed."),
            tr(
                'Install it with: python -m pip install "gradviz-studio[video]". '
                "GIF and WebP need nothing."
            ),
        )


def write(stream: BinaryIO, frames: Iterable[Pixels], film: Film) -> None:
    """Write the frames; raises ExportError where PyAV is missing or the file cannot be sought."""
    require()
    import av

    if not stream.seekable():
        raise ExportError(
            tr("MP4 cannot be written to a pipe."),
            tr("Choose the name of a file, or GIF or WebP."),
        )
    with av.open(stream, "w", format="mp4") as container:
        video = container.add_stream("libx264", Fraction(film.rate).limit_denominator(1000))
        video.pix_fmt, video.options = "yuv420p", dict(_OPTIONS)
        # Half as many colours as pixels: each side has an even number of them.
        video.width, video.height = (side + side % 2 for side in film.size)
        for frame in frames:
            container.mux(video.encode(av.VideoFrame.from_ndarray(_even(frame), "rgb24")))
        container.mux(video.encode(None))


def _even(frame: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return an array of shape (height, width, 3), each side even: the last row is repeated."""
    more = ((0, frame.height % 2), (0, frame.width % 2), (0, 0))
    return np.pad(frame.rgb, more, mode="edge")
