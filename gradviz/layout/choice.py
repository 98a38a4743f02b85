"""The choice of the plans that are worth trying for a graph, from its shape alone.

A busy machine takes the same plan as an idle one, as far as this choice goes.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link, Plan
from gradviz.core.language.saying import tr
from gradviz.layout.rows import depths
from gradviz.layout.split import shared_leaves, split_leaves

#: Above this Graphviz took more than 3 s in our measurements, or crashed.
_MOST_BOXES = 3_000
#: Rows that the links of shared leaves pass through, in all; 3,900 took Graphviz 1.3 s, 7,000
#: took 5 s, and 16,000 more than 25 s.
_MOST_ROWS_PASSED = 3_000
#: The squares of how many links pass each row, in all. Graphviz makes a box of each row that a
#: link passes, and compares all pairs in a row: 100,000 took it 2 to 6 s, 500,000 more than 12 s.
_MOST_CROSSED = 100_000
#: The same where the links to the ports on a border pass all rows up to it: 320,000 took less than
#: 2 s, 440,000 took 4.4 s on a busy machine, and 900,000 more than 25 s.
_MOST_CROSSED_WITH_PORTS = 440_000
#: Graphviz has a node of its own in each row that a link passes. The boxes, and the rows that all
#: long links pass: 12,000 took 2 s.
_MOST_NODES = 20_000
#: A link that passes fewer rows is a short one.
_LONG = 12


def promising_plans(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> tuple[Plan, ...]:
    """Return the plans to try in turn, without those that are known to take too long.

    Raises:
        LayoutError: a link leads to no box.
    """
    check_links(boxes, links)
    shared = shared_leaves(boxes, links)
    plans: list[Plan] = []
    if _rows_passed(boxes, links, shared) <= _MOST_ROWS_PASSED and _is_quick(boxes, links):
        plans.append("dot")
    if shared and _is_quick(*split_leaves(boxes, links)[:2]):
        plans.append("split leaves")
    return (*plans, "rows")


def _is_quick(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> bool:
    """Tell whether Graphviz is done with a graph within seconds."""
    if len(boxes) > _MOST_BOXES or _crossing(depths(boxes, links), links) > _MOST_CROSSED:
        return False
    inner = tuple(box for box in boxes if not box.rank)
    known = {box.id for box in inner}
    depth = depths(inner, tuple(each for each in links if {each.source, each.target} <= known))
    # The ports on the border lie above and beneath all rows.
    beyond = {"first": max(depth.values(), default=-1) + 1, "last": -1}
    depth |= {box.id: beyond[box.rank] for box in boxes if box.rank}
    if _crossing(depth, links) > _MOST_CROSSED_WITH_PORTS:
        return False
    spans = (depth[link.source] - depth[link.target] for link in links)
    return len(boxes) + sum(span for span in spans if span > _LONG) <= _MOST_NODES


def _crossing(depth: Mapping[str, int], links: tuple[Link, ...]) -> int:
    """Return the sum of the squares of the numbers of links that pass each row."""
    begun: Counter[int] = Counter()
    for link in links:
        begun[depth[link.target] + 1] += 1
        begun[depth[link.source]] -= 1
    rows = range(min(depth.values(), default=0), max(depth.values(), default=0) + 1)
    return sum(passing**2 for passing in accumulate(begun[row] for row in rows))


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
            message = tr("The link {link} leads to a node that does not exist.", link=link.id)
            raise LayoutError(message)
