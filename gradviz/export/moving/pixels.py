"""The pixels of one frame, as the encoders take them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image


class Pixels(NamedTuple):
    """A frame: its size, and its pixels row by row, three bytes for each, without gaps."""

    width: int
    height: int
    rgb: bytes

    def image(self) -> "Image.Image":
        """Return the frame as an image of Pillow's."""
        from PIL import Image

        return Image.frombytes("RGB", (self.width, self.height), self.rgb)
