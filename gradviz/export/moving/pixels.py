"""The pixels of one frame, as the encoders take them."""

import sys
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from PIL import Image

#: Colours as numbers, 0xFFRRGGBB, of shape (height, width).
Colours: TypeAlias = npt.NDArray[np.uint32]

#: The bytes of such a number as Pillow names them, and the places of red, green and blue in them.
_ORDER: Final = "BGRX" if sys.byteorder == "little" else "XRGB"
_PARTS: Final = [_ORDER.index(part) for part in "RGB"]


class Pixels(NamedTuple):
    """A frame: its size, and its pixels row by row, each the four bytes of 0xFFRRGGBB."""

    width: int
    height: int
    data: bytes

    @property
    def colours(self) -> Colours:
        """Return the colours as numbers, which cannot be changed."""
        return np.frombuffer(self.data, np.uint32).reshape(self.height, self.width)

    @property
    def rgb(self) -> npt.NDArray[np.uint8]:
        """Return red, green and blue, of shape (height, width, 3)."""
        return np.frombuffer(self.data, np.uint8).reshape(self.height, self.width, 4)[:, :, _PARTS]

    def image(self) -> "Image.Image":
        """Return the frame as an image of Pillow's."""
        from PIL import Image

        size = (self.width, self.height)
        return Image.frombuffer("RGB", size, self.data, "raw", _ORDER, 0, 1)
