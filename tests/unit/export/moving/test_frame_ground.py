"""The ground of frames: the same as if it were painted anew for each of them."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from gradviz.core.errors import ExportError
from gradviz.export.moving.frame_ground import FrameGround, StillPart, new_frame, painted_on
from gradviz.render.plots.plot_painter import PlotCurve, PlotGround, paint_ground
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = (320, 180)
AREA = QRectF(0, 0, 320, 180)
AXES = PlotGround((0.0, 10.0, 0.0, 4.0), ("x", "y"))
CURVE = PlotCurve(np.array([0.0, 10.0]), np.array([1.0, 3.0]), LIGHT.now)
WITH_CURVE = replace(AXES, curves=(CURVE,))
LEFT, RIGHT = AREA.adjusted(0, 0, -160, 0), AREA.adjusted(160, 0, 0, 0)


def part(ground: PlotGround, area: QRectF) -> StillPart:
    return StillPart((ground, area), partial(paint_ground, ground=ground, area=area, theme=LIGHT))


FRAMES: tuple[tuple[StillPart, ...], ...] = (
    (),
    (part(AXES, AREA),),
    (part(WITH_CURVE, AREA),),
    (part(AXES, LEFT),),
    (part(AXES, LEFT), part(AXES, RIGHT)),
    (),
)


def painted(ground: FrameGround, parts: tuple[StillPart, ...]) -> QImage:
    frame = new_frame(SIZE)
    painted_on(frame, 1.0, lambda painter: ground.paint(painter, parts))
    return frame


def test_that_every_frame_has_its_own_ground() -> None:
    kept = FrameGround(SIZE, 1.0, LIGHT)
    for parts in FRAMES:
        fresh = painted(FrameGround(SIZE, 1.0, LIGHT), parts)
        assert painted(kept, parts) == fresh
        assert painted(kept, parts) == fresh


def test_that_the_frames_of_this_test_differ() -> None:
    different = [painted(FrameGround(SIZE, 1.0, LIGHT), each) for each in FRAMES[:-1]]
    assert all(one != other for i, one in enumerate(different) for other in different[:i])


@pytest.mark.parametrize("scale", [0.25, 1.0, 3.0])
def test_that_the_canvas_covers_the_whole_frame_at_every_scale(scale: float) -> None:
    frame = new_frame(SIZE)
    frame.fill(0xFFFF0000)
    ground = FrameGround(SIZE, scale, LIGHT)
    painted_on(frame, scale, lambda painter: ground.paint(painter, ()))
    corners = [(0, 0), (319, 0), (0, 179), (319, 179)]
    assert {frame.pixelColor(*corner).name().upper() for corner in corners} == {
        LIGHT.canvas.upper()
    }


def test_that_a_frame_without_memory_is_refused() -> None:
    with pytest.raises(ExportError, match="memory"):
        new_frame((1 << 20, 1 << 20))
