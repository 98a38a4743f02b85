"""The colours and verdicts of groups: the worst of all nodes within."""

import math
from collections.abc import Iterable

import msgspec

from gradviz.core.findings.health import MARKED, Colouring, Health, NodeHealth, scale_of
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.shades import Shades, shade, shades


def group_shades(health: Health, colouring: Colouring, index: OutlineIndex) -> Shades:
    """Return the fills and verdicts of nodes, closed groups and frames.

    A closed group has the colour of its worst node, or of that with the largest number; coloured
    by time, that of all its nodes together. A frame has a verdict alone.
    """
    plain, scale = shades(health, colouring), scale_of(health, colouring)
    if colouring == "off":
        return plain
    fills, verdicts = dict(plain.fills), dict(plain.verdicts)
    for item in (*index.outline.members, *index.frame_nodes):
        within = [health.nodes[node] for node in index.members(item) if node in health.nodes]
        if not within:
            continue
        worst = min(within, key=lambda node: _rank(node, colouring))
        if worst.verdict in MARKED:
            verdicts[item] = worst.verdict
        if scale is not None and not index.is_frame(item):
            number = _time(within) if colouring == "time" else worst.number(colouring)
            level = scale.level(number)
            if level is not None:
                fills[item] = shade(level)
    return msgspec.structs.replace(plain, fills=fills, verdicts=verdicts)


def _rank(node: NodeHealth, colouring: Colouring) -> tuple[int, float]:
    """Return a key by which the worst node comes first."""
    number = node.number(colouring)
    size = -math.inf if number is None or math.isnan(number) else number
    return MARKED.index(node.verdict) if node.verdict in MARKED else len(MARKED), -size


def _time(nodes: Iterable[NodeHealth]) -> float | None:
    known = [time for node in nodes if (time := node.time_us) is not None]
    return sum(known) if known else None
