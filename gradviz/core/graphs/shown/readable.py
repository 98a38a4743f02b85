"""How much of a picture can be read when it is fitted to a canvas."""

from typing import Final

from gradviz.core.graphs.placement import Direction, Placement

#: Pixels of the canvas that pictures are made for, of a label, and of the smallest readable one.
CANVAS: Final = (1000.0, 620.0)
LABEL: Final = 13.0
LEAST_LABEL: Final = 10.0
#: A picture is never shown smaller by itself.
LEAST_SCALE: Final = LEAST_LABEL / LABEL


def fitted_scale(
    width: float, height: float, canvas: tuple[float, float] = CANVAS, least: float = LEAST_SCALE
) -> float:
    """Return the scale at which a picture fits a canvas: at most 1, and no less than `least`."""
    return max(least, min(1.0, canvas[0] / max(width, 1.0), canvas[1] / max(height, 1.0)))


def readable_share(
    placement: Placement,
    output: str = "",
    direction: Direction = "TB",
    canvas: tuple[float, float] = CANVAS,
) -> float:
    """Return the share of all boxes that are on the canvas with a label that can be read.

    The picture is fitted to the canvas, or is shown at the least scale from its output on.

    Args:
        placement: Where the boxes are.
        output: The box that is in sight if not all of them are; without one the picture's end is.
        direction: Where the output lies: at the bottom or at the right.
        canvas: The width and height of the canvas in pixels.
    """
    scale = fitted_scale(placement.width, placement.height, canvas)
    width, height = canvas[0] / scale, canvas[1] / scale
    end = (placement.width, placement.height)
    at = placement.centers.get(output, (end[0] / 2, end[1]) if direction == "TB" else end)
    left = _start(placement.width, width, at[0] - width / 2)
    top = _start(placement.height, height, at[1] - height / 2)
    seen = sum(
        left <= x - w / 2 + 1 and x + w / 2 <= left + width + 1
        and top <= y - h / 2 + 1 and y + h / 2 <= top + height + 1
        for (x, y), (w, h) in (
            (at, placement.sizes[key]) for key, at in placement.centers.items()
        )
    )  # fmt: skip
    return seen / len(placement.centers) if placement.centers else 1.0


def _start(whole: float, seen: float, wanted: float) -> float:
    """Return where the part that is seen begins; a picture that fits is in the middle."""
    return (whole - seen) / 2 if whole <= seen else min(max(wanted, 0.0), whole - seen)
