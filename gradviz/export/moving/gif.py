"""GIF: one palette of the theme's colours, and of each frame only the part that has changed."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import BinaryIO, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.GifImagePlugin import getdata, getheader

from gradviz.export.moving.film import LAST_S, Film
from gradviz.export.moving.pixels import Colours, Pixels
from gradviz.render.style import LIGHT, mixed

_COLOURS: Final = 255
#: In the palette, the place of no colour: the frame before is seen through it.
_UNCHANGED: Final = 255
#: Text and lines are smooth: between their colour and the ground there are so many others.
_BLENDS: Final = (0.8, 0.6, 0.4, 0.2)
_END: Final = b";"

#: In a colour's number, the part that is not its opacity.
_RGB: Final = np.uint32(0xFFFFFF)

_Places: TypeAlias = npt.NDArray[np.uint8]


def write(stream: BinaryIO, frames: Iterable[Pixels], film: Film) -> None:
    """Write the frames; at most two of them are in memory at a time."""
    palette = _Palette()
    before: Colours | None = None
    for frame, duration in zip(frames, durations(film), strict=True):
        colours = frame.colours
        if before is None:
            shown, corner = palette.image(palette.places(colours)), (0, 0)
            header, _ = getheader(shown.copy(), info={"loop": 0, "optimize": False})
            stream.write(b"".join(header))
        else:
            shown, corner = _changed(before, colours, palette)
        part = getdata(shown, corner, duration=duration, transparency=_UNCHANGED, disposal=1)
        stream.write(b"".join(part))
        before = colours
    stream.write(_END)


def durations(film: Film) -> Iterator[int]:
    """Yield how long each frame is shown, in milliseconds that GIF can count, tens.

    The times of the frames are as exact as that allows: an error does not add up.
    """
    for place in range(len(film.steps)):
        start, end = round(100 * place / film.rate), round(100 * (place + 1) / film.rate)
        last = place == len(film.steps) - 1
        yield 10 * max(end - start, round(100 * LAST_S) if last else 1)


class _Palette:
    """The colours of the file, and the nearest of them to each colour that has been met."""

    def __init__(self) -> None:
        colours = [tuple(int(each[i : i + 2], 16) for i in (1, 3, 5)) for each in _theme_colours()]
        self._known = np.array(colours, dtype=np.int32)
        self._bytes = [part for colour in colours for part in colour]
        # A table of all colours is quicker to look into than any search, and small.
        self._nearest = np.full(1 << 24, _UNCHANGED, np.uint8)

    def places(self, colours: Colours) -> _Places:
        """Return the place of the nearest colour for each pixel, in their shape."""
        numbers = colours & _RGB
        found: _Places = self._nearest[numbers]
        new = np.unique(numbers[found == _UNCHANGED])
        if len(new):
            parts = np.stack([new >> 16, new >> 8 & 0xFF, new & 0xFF], axis=1).astype(np.int32)
            for some in np.array_split(np.arange(len(new)), -(-len(new) // 1024)):
                apart = ((parts[some, None, :] - self._known) ** 2).sum(axis=2)
                self._nearest[new[some]] = apart.argmin(axis=1)
            found = self._nearest[numbers]
        return found

    def image(self, places: _Places) -> Image.Image:
        """Return an image of these places, with the palette."""
        image = Image.fromarray(places)
        image.putpalette(self._bytes)
        return image


def _changed(
    before: Colours, colours: Colours, palette: _Palette
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the part that is another one than before, and where its corner is.

    Pixels in it that are as before are transparent, which takes far fewer bytes.
    """
    other = before != colours
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    # A frame with nothing new still takes its time: one pixel of it is written.
    top, bottom = (rows[0], rows[-1] + 1) if len(rows) else (0, 1)
    left, right = (columns[0], columns[-1] + 1) if len(columns) else (0, 1)
    part = (slice(top, bottom), slice(left, right))
    changed = other[part]
    places = np.full(changed.shape, _UNCHANGED, np.uint8)
    places[changed] = palette.places(colours[part][changed])
    return palette.image(places), (int(left), int(top))


def _theme_colours() -> list[str]:
    """Return every colour of the theme, and its blends with the grounds that it is seen on."""
    theme = LIGHT
    fills = [tint.fill for tint in (*theme.kinds.values(), theme.saved, theme.now_tint)]
    inks = [theme.text, theme.secondary, theme.now, theme.done, theme.edge, theme.line]
    inks += [theme.now_text, theme.done_text, theme.accent, theme.chip, theme.came]
    inks += [tint.border for tint in theme.kinds.values()]
    colours = [theme.panel, theme.canvas, *fills, *inks, theme.bar, theme.chip_text]
    colours += [mixed(ink, theme.canvas, part) for part in _BLENDS for ink in inks]
    colours += [mixed(theme.text, fill, part) for fill in fills for part in _BLENDS]
    colours += [mixed(theme.secondary, fill, part) for fill in fills for part in _BLENDS]
    colours += [mixed(theme.chip_text, theme.chip, part) for part in _BLENDS]
    colours += [mixed(one, other, 0.5) for one, other in combinations(inks[:6], 2)]
    return list(dict.fromkeys(colours))[:_COLOURS]
