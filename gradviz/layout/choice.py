"""The choice of the plans that are worth trying for a graph, from its shape alone."""

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link, Plan
from gradviz.layout.rows import depths
from gradviz.layout.split import shared_leaves

#: Above this Graphviz took more than 3 s in our measurements, or crashed.
_MOST_BOXES = 3_000
#: Rows that the links of shared leaves pass through, in all; 3,900 took Graphviz 1.3 s, 7,000
#: took 5 s, and 16,000 more than 25 s.
_MOST_ROWS_PASSED = 3_000


def promising_plans(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> tuple[Plan, ...]:
    """Return the plans to try in turn, without those that are known to take too long.

    Raises:
        LayoutError: a link leads to no box.
    """
    check_links(boxes, links)
    shared = shared_leaves(boxes, links)
    plans: list[Plan] = []
    if len(boxes) <= _MOST_BOXES and _rows_passed(boxes, links, shared) <= _MOST_ROWS_PASSED:
        plans.append("dot")
    copies = sum(link.source in shared for link in links) - len(shared)
    if shared and len(boxes) + copies <= _MOST_BOXES:
        plans.append("split leaves")
    return (*plans, "rows")


def _rows_passed(boxes: tuple[Box, ...], links: tuple[Link, ...], shared: frozenset[str]) -> int:
    depth = depths(boxes, links)
    return sum(
        depth[link.source] - depth[link.target] - 1 for link in links if link.source in shared
    )


def check_links(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> None:
    """Raise LayoutError when a link leads to no box."""
    known = {box.id for box in boxes}
    for link in links:
        if link.source not in known or link.target not in known:
            raise LayoutError(f"The link {link.id} leads to a node that does not exist.")
