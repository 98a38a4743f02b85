"""The boxes of a picture that Graphviz wrote as SVG, as a placement of gradviz."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.shown.readable import LABEL

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def placement_of(path: Path) -> Placement:
    """Return where the boxes lie, in units in which a label is as high as those of gradviz."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - it was written a moment ago
    nodes = [each for each in root.iter(f"{_SVG}g") if each.get("class") == "node"]
    fonts = [float(text.get("font-size", 14.0)) for node in nodes for text in _texts(node)]
    unit = LABEL / median(fonts or [14.0])
    found = {f"b{number}": _bounds(node) for number, node in enumerate(nodes)}
    left, top, right, bottom = _bounds(next(root.iter(f"{_SVG}polygon")))
    return Placement(
        plan="dot",
        width=(right - left) * unit,
        height=(bottom - top) * unit,
        centers={
            key: (((x0 + x1) / 2 - left) * unit, ((y0 + y1) / 2 - top) * unit)
            for key, (x0, y0, x1, y1) in found.items()
        },
        curves={},
        sizes={
            key: ((x1 - x0) * unit, (y1 - y0) * unit) for key, (x0, y0, x1, y1) in found.items()
        },
    )


def _texts(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (text for text in node.iter(f"{_SVG}text") if (text.text or "").strip())


def _bounds(element: ElementTree.Element) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of the outlines within an element."""
    points: list[tuple[float, float]] = []
    for each in element.iter():
        match each.tag.removeprefix(_SVG):
            case "polygon" | "polyline" | "path":
                written = each.get("points") or each.get("d") or ""
                numbers = [float(found) for found in _NUMBER.findall(written)]
                points += zip(numbers[::2], numbers[1::2], strict=False)
            case "ellipse":
                x, y, rx, ry = (float(each.get(key, 0.0)) for key in ("cx", "cy", "rx", "ry"))
                points += [(x - rx, y - ry), (x + rx, y + ry)]
            case "text" if not points:
                points.append((float(each.get("x", 0.0)), float(each.get("y", 0.0))))
            case _:
                pass
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
