"""A tensor in words: its metadata and its statistics."""

from gradviz.core.findings.tensor_view import Component, Statistics, TensorMetadata
from gradviz.core.graphs.tensors import shape_text
from gradviz.core.number_text import counted, short

_UNITS = ("bytes", "KB", "MB", "GB", "TB")


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
    return f"{short(value, 3)} {_UNITS[unit]}"


def statistics_text(statistics: Statistics) -> str:
    """Return the statistics of the elements, in one line that may be broken."""
    numbers = {
        "min": statistics.minimum,
        "max": statistics.maximum,
        "mean": statistics.mean,
        "std": statistics.std,
        "norm": statistics.norm,
    }
    told = [f"{name} {short(value)}" for name, value in numbers.items() if value is not None]
    counts = (
        f"zeros {counted(statistics.zeros)}",
        f"NaN {counted(statistics.nan)}",
        f"inf {counted(statistics.infinite)}",
    )
    of: tuple[str, ...] = ()
    if statistics.finite != statistics.elements:
        of = (f"finite {counted(statistics.finite)} of {counted(statistics.elements)}",)
    return "   ".join((*told, *counts, *of))
