"""A tensor in words: its metadata and its statistics."""

from gradviz.core.findings.tensor_view import Component, Statistics, TensorMetadata
from gradviz.core.graphs.tensors import shape_text
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted, short

_UNITS = ("", "KB", "MB", "GB", "TB")


def head_text(head: TensorMetadata, part: Component | None) -> str:
    """Return the tensor's metadata: shape, dtype, device, layout, size and component."""
    sizes = ", ".join("*" if size < 0 else counted(size) for size in head.shape)
    shape = f"({sizes},)" if len(head.shape) == 1 else f"({sizes})"
    layout = "" if head.layout == "strided" else head.layout
    of = ""
    if part is not None and (len(head.components) > 1 or part.shape != head.shape):
        of = f"{part.name} {shape_text(part.shape)} {part.dtype}"
    parts = (shape, head.dtype, head.device, layout, size_text(head.bytes), of)
    return " · ".join(each for each in parts if each)


def size_text(count: int) -> str:
    """Return a number of bytes in the largest unit of which there is one: `1.5 MB`."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value /= 1000
        unit += 1
    shown = short(value, 3)
    if unit == 0:
        return tr_n("{shown} bytes", "{shown} byte", count, shown=shown)
    return f"{shown} {_UNITS[unit]}"


def statistics_text(statistics: Statistics) -> str:
    """Return the statistics of the elements, in one line that may be broken."""
    numbers = {
        tr("min"): statistics.minimum,
        tr("max"): statistics.maximum,
        tr("mean"): statistics.mean,
        tr("std"): statistics.std,
        tr("norm"): statistics.norm,
    }
    told = [f"{name} {short(value)}" for name, value in numbers.items() if value is not None]
    counts = (
        tr("zeros {count}", count=counted(statistics.zeros)),
        f"NaN {counted(statistics.nan)}",
        f"inf {counted(statistics.infinite)}",
    )
    of: tuple[str, ...] = ()
    if statistics.finite != statistics.elements:
        finite, elements = counted(statistics.finite), counted(statistics.elements)
        of = (tr("finite {finite} of {elements}", finite=finite, elements=elements),)
    return "   ".join((*told, *counts, *of))
