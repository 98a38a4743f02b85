"""The operations and the time of groups, as rows of the inspector."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gradviz.core.number_text import counted
from gradviz.render.shades import number_text
from gradviz.ui.panels.inspector.node_facts import Row

#: Only products and sums of these are counted.
_NO_FLOPS = "0: no matrix product, convolution or attention"


@dataclass(frozen=True)
class Costs:
    """The costs of all groups of a graph, as far as they are known.

    Attributes:
        flops: The floating-point operations of each group; empty while they are not known.
        flops_note: Why they are not.
        times: The microseconds of each group, forwards and backwards; empty while not measured.
        times_note: Why they are not.
    """

    flops: Sequence[int] = ()
    flops_note: str = ""
    times: Sequence[tuple[float | None, float | None]] = ()
    times_note: str = ""


def cost_rows(costs: Costs, groups: Sequence[int]) -> Iterable[Row]:
    """Yield the rows of one group, or of several together, by their places in the graph."""
    if costs.flops:
        flops = sum(costs.flops[group] for group in groups)
        yield Row("FLOPs forwards", counted(flops) if flops else _NO_FLOPS)
    elif costs.flops_note:
        yield Row("FLOPs forwards", costs.flops_note)
    if costs.times:
        for place, name in enumerate(("time forwards", "time backwards")):
            known = [costs.times[group][place] for group in groups]
            measured = [each for each in known if each is not None]
            yield Row(name, number_text(sum(measured), "time") if measured else "not measured")
    elif costs.times_note:
        yield Row("time", costs.times_note)
