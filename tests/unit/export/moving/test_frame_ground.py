"""The ground of frames: the same as if it were painted anew for each of them."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from gradviz.core.errors import ExportError
from gradviz.export.moving.frame_ground import FrameGround, Grounds, new_frame, painted_on
from gradviz.render.plots.plot_painter import PlotCurve, PlotGround
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = (320, 180)
AREA = QRectF(0, 0, 320, 180)
AXES = PlotGround((0.0, 10.0, 0.0, 4.0), ("x", "y"))
CURVE = PlotCurve(np.array([0.0, 10.0]), np.array([1.0, 3.0]), LIGHT.now)
GROUNDS: tuple[Grounds, ...] = (
    (),
    ((AXES, AREA),),
    ((AXES._replace(curves=(CURVE,)), AREA),),
    ((AXES, AREA.adjusted(0, 0, -160, 0)),),
    ((AXES, AREA.adjusted(0, 0, -160, 0)), (AXES, AREA.adjusted(160, 0, 0, 0))),
    (),
)


def painted(ground: FrameGround, grounds: Grounds) -> QImage:
    frame = new_frame(SIZE)
    painted_on(frame, 1.0, lambda painter: ground.paint(painter, grounds))
    return frame


def test_that_every_frame_has_its_own_ground() -> None:
    kept = FrameGround(SIZE, 1.0, LIGHT)
    for grounds in GROUNDS:
        fresh = painted(FrameGround(SIZE, 1.0, LIGHT), grounds)
        assert painted(kept, grounds) == fresh
        assert painted(kept, grounds) == fresh


def test_that_the_grounds_of_this_test_differ() -> None:
    different = [painted(FrameGround(SIZE, 1.0, LIGHT), each) for each in GROUNDS[:-1]]
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
