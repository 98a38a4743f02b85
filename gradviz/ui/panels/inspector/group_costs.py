"""The operations and the time of groups, as rows of the inspector."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted
from gradviz.render.shades import number_text
from gradviz.ui.panels.inspector.node_facts import Row

#: Only products and sums of these are counted.
_NO_FLOPS = marked("0: no matrix product, convolution or attention")


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
        yield Row(tr("FLOPs forwards"), counted(flops) if flops else tr(_NO_FLOPS))
    elif costs.flops_note:
        yield Row(tr("FLOPs forwards"), costs.flops_note)
    if costs.times:
        for place, name in enumerate((tr("time forwards"), tr("time backwards"))):
            known = [costs.times[group][place] for group in groups]
            measured = [each for each in known if each is not None]
            told = number_text(sum(measured), "time") if measured else tr("not measured")
            yield Row(name, told)
    elif costs.times_note:
        yield Row(tr("time"), costs.times_note)
