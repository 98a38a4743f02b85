"""About how large a picture becomes, without laying it out."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import Size
from gradviz.core.graphs.shown.cuts import MARGINS, Band, bounded_cuts, fitting_cuts, size_of

#: Between two boxes, two rows, and around what a frame has, with its title.
_BOX_GAP, _ROW_GAP = 22.0, 30.0
_FRAME_WIDTH, _FRAME_HEIGHT = 24.0, 56.0
#: The width that a line takes which passes a row.
_LINE = 14.0
#: The width that a line takes which leads from one column to another: beside the boxes of both.
_CROSSING = 44.0


def estimated_size(outline: Outline, measure: Callable[[Node], Size]) -> Size:
    """Return about the width and height of the picture of an outline, in pixels."""
    around = {frame.id: frame.around for frame in outline.frames}
    inside: dict[str, list[str]] = {"": [], **{frame: [] for frame in around}}
    for frame, outer in around.items():
        inside[outer].append(frame)
    for item, frame in outline.frame_of.items():
        inside[frame].append(item)
    links = _links_within(outline, around)
    sizes: dict[str, Size] = {node.id: measure(node) for node in outline.graph.nodes}
    for frame in reversed(around):
        width, height = _size_within(inside[frame], links.get(frame, ()), sizes, bounded_cuts)
        sizes[frame] = width + _FRAME_WIDTH, height + _FRAME_HEIGHT
    width, height = _size_within(inside[""], links.get("", ()), sizes, fitting_cuts)
    return width + MARGINS, height + MARGINS


def _links_within(outline: Outline, around: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """Return for each frame the pairs of items in it that edges join, however deep they end."""
    found: dict[str, set[tuple[str, str]]] = {}
    for edge in outline.graph.edges:
        source, target = edge.source, edge.target
        above = _above(source, outline.frame_of, around)
        other = _above(target, outline.frame_of, around)
        while len(above) > 1 and len(other) > 1 and above[-2] == other[-2]:
            above.pop()
            other.pop()
        if above[-1] == other[-1] and len(above) > 1 and len(other) > 1:
            found.setdefault(above[-1], set()).add((above[-2], other[-2]))
    return found


def _above(item: str, frame_of: Mapping[str, str], around: Mapping[str, str]) -> list[str]:
    """Return an item with the frames around it, the innermost first, and the whole at the end."""
    found = [item]
    frame = frame_of[item]
    while frame:
        found.append(frame)
        frame = around[frame]
    return [*found, ""]


def _size_within(
    items: Iterable[str],
    links: Collection[tuple[str, str]],
    sizes: Mapping[str, Size],
    cuts_of: Callable[[Sequence[Band]], tuple[int, ...]],
) -> Size:
    """Return about the width and height of items, in columns if they need be."""
    rank = _ranks(items, links)
    bands = _bands(rank, links, sizes)
    cuts = cuts_of(bands)
    width, height = size_of(bands, cuts)
    crossing = sum(rank[source] < cut <= rank[target] for cut in cuts for source, target in links)
    return width + crossing * _CROSSING, height


def _bands(
    rank: Mapping[str, int], links: Iterable[tuple[str, str]], sizes: Mapping[str, Size]
) -> list[Band]:
    """Return the rows of items by their ranks, each with the room for lines through it."""
    count = max(rank.values(), default=-1) + 1
    widths, heights, passing = [0.0] * count, [0.0] * count, [0] * (count + 1)
    for item, row in rank.items():
        widths[row] += sizes[item][0] + _BOX_GAP
        heights[row] = max(heights[row], sizes[item][1])
    for source, target in links:
        for row in range(rank[source] + 1, rank[target]):
            passing[row] += 1
    return [
        Band(
            heights[row] + (_ROW_GAP if row + 1 < count else 0.0),
            widths[row] - _BOX_GAP + passing[row] * _LINE,
        )
        for row in range(count)
    ]


def _ranks(items: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the row of each item: a late one, or an early one where more links end than begin."""
    rank = dict.fromkeys(items, 0)
    after: dict[str, list[str]] = {item: [] for item in rank}
    before: dict[str, list[str]] = {item: [] for item in rank}
    for source, target in links:
        after[source].append(target)
        before[target].append(source)
    waiting = {item: len(before[item]) for item in rank}
    ready = deque(item for item, count in waiting.items() if count == 0)
    order = []
    while ready:
        order.append(item := ready.popleft())
        for target in after[item]:
            rank[target] = max(rank[target], rank[item] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    for item in reversed(order):
        if after[item]:
            rank[item] = min(rank[target] for target in after[item]) - 1
    for item in order:
        if len(before[item]) > len(after[item]):
            rank[item] = max(rank[source] for source in before[item]) + 1
    return rank
