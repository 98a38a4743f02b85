"""The last plan: rows by longest path with straight links; linear time, and it cannot fail."""

from collections import deque
from math import inf

from gradviz.core.graphs.placement import Box, Direction, Link, Placement
from gradviz.layout.geometry import BOX_GAP, MARGIN, ROW_GAP, Size, joined


def place_in_rows(
    boxes: tuple[Box, ...],
    links: tuple[Link, ...],
    direction: Direction = "TB",
    longest: float = inf,
) -> Placement:
    """Put every box in the row before the first that uses it; cycles are tolerated.

    A row that is longer than `longest` pixels becomes several.
    """
    sizes = {box.id: (box.width, box.height) for box in boxes}
    along = 0 if direction == "TB" else 1
    rows = _broken(_ordered(_rows(boxes, links), links), sizes, along, longest)
    centers, extent = _centers(rows, sizes, along)
    return Placement(
        plan="rows",
        width=extent[0],
        height=extent[1],
        centers=centers,
        curves={
            link.id: joined(
                centers[link.source], sizes[link.source],
                centers[link.target], sizes[link.target], direction,
            )
            for link in links
        },
        sizes=sizes,
        direction=direction,
    )  # fmt: skip


def depths(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> dict[str, int]:
    """Return for each box the length of the longest path from it to an end of the graph.

    A box on a cycle, or with a path to one, counts only its links to boxes without such a path.
    """
    before: dict[str, list[str]] = {box.id: [] for box in boxes}
    waiting = dict.fromkeys(before, 0)
    for link in links:
        before[link.target].append(link.source)
        waiting[link.source] += 1
    depth = dict.fromkeys(before, 0)
    ready = deque(key for key, count in waiting.items() if count == 0)
    while ready:
        current = ready.popleft()
        for source in before[current]:
            # The queue yields boxes by growing depth, so that the last one decides.
            depth[source] = depth[current] + 1
            waiting[source] -= 1
            if waiting[source] == 0:
                ready.append(source)
    return depth


def _rows(boxes: tuple[Box, ...], links: tuple[Link, ...]) -> list[list[str]]:
    within = tuple(box for box in boxes if not box.rank)
    known = {box.id for box in within}
    depth = depths(within, tuple(each for each in links if {each.source, each.target} <= known))
    rows: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for box in within:
        rows[-1 - depth[box.id]].append(box.id)
    first, last = ([box.id for box in boxes if box.rank == rank] for rank in ("first", "last"))
    return [row for row in (first, *rows, last) if row]


def _ordered(rows: list[list[str]], links: tuple[Link, ...]) -> list[list[str]]:
    """Sort each row, from the last to the first, by the mean place of the targets of each box."""
    after: dict[str, list[str]] = {}
    for link in links:
        after.setdefault(link.source, []).append(link.target)
    place: dict[str, float] = {}

    def mean_place(key: str) -> float:
        known = [place[target] for target in after.get(key, ()) if target in place]
        return sum(known) / len(known) if known else 0.5

    for row in reversed(rows):
        row.sort(key=mean_place)
        place |= {key: (index + 0.5) / len(row) for index, key in enumerate(row)}
    return rows


def _broken(
    rows: list[list[str]], sizes: dict[str, Size], along: int, longest: float
) -> list[list[str]]:
    """Return rows none of which is longer than `longest`, but for one of a single box."""
    found: list[list[str]] = []
    for row in rows:
        found.append([])
        length = 0.0
        for key in row:
            if found[-1] and length + sizes[key][along] > longest:
                found.append([])
                length = 0.0
            found[-1].append(key)
            length += sizes[key][along] + BOX_GAP
    return found


def _centers(
    rows: list[list[str]], sizes: dict[str, Size], along: int
) -> tuple[dict[str, tuple[float, float]], Size]:
    """Return the centres, and the extent with margins; rows run along axis `along`."""
    across = 1 - along
    lengths = [sum(sizes[key][along] + BOX_GAP for key in row) - BOX_GAP for row in rows]
    longest = max(lengths, default=0.0)
    centers: dict[str, tuple[float, float]] = {}
    offset = MARGIN
    for row, length in zip(rows, lengths, strict=True):
        thickness = max((sizes[key][across] for key in row), default=0.0)
        position = MARGIN + (longest - length) / 2
        for key in row:
            point = (position + sizes[key][along] / 2, offset + thickness / 2)
            centers[key] = point if along == 0 else (point[1], point[0])
            position += sizes[key][along] + BOX_GAP
        offset += thickness + ROW_GAP
    extent = (longest + 2 * MARGIN, max(offset - ROW_GAP + MARGIN, 2 * MARGIN))
    return centers, extent if along == 0 else (extent[1], extent[0])
