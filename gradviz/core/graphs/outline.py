"""A graph as it is shown: open groups are frames, and a closed one is a box in place of its nodes.

The outline is a graph of its own. Its nodes are nodes of the true graph and closed groups, and each
of its edges stands for all true ones between two of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import NO_GROUP, Group

#: Before the id of a group in the id of its box or frame: no node has such an id.
_SIGN: Final = "@"


class Showing(msgspec.Struct, frozen=True):
    """The part of a graph that is shown, and how.

    Attributes:
        opened: The ids of the groups that are open; of one within a closed one nothing is seen.
        root: The id of the group that is the whole canvas, empty for the whole graph.
    """

    opened: frozenset[str] = frozenset()
    root: str = ""


class Frame(NamedTuple):
    """An open group: its id in the outline, the group, and the frame around it, "" for none."""

    id: str
    group: Group
    around: str


@dataclass(frozen=True)
class Outline:
    """What is shown of a graph.

    Attributes:
        graph: The nodes and closed groups that are shown; a group is a node of kind "group".
        frames: The open groups, each after the one around it.
        frame_of: The innermost frame of each shown node by its id, "" for none.
        item_of: For each node of the true graph by its id: the shown node, closed group or, where
            it is not drawn itself, frame that has it; nodes outside of the root are left out.
        bundles: For each edge of the outline by its id the ids of the true ones.
        members: For each closed group by its id in the outline the ids of its true nodes.
    """

    graph: Graph
    frames: tuple[Frame, ...]
    frame_of: Mapping[str, str]
    item_of: Mapping[str, str]
    bundles: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    folds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def item_id(group: str) -> str:
    """Return the id of the box or frame of a group in an outline."""
    return _SIGN + group


def group_id(item: str) -> str | None:
    """Return the id of the group whose box or frame this is, None for a node."""
    return item.removeprefix(_SIGN) if item.startswith(_SIGN) else None


def outline_of(graph: Graph, showing: Showing) -> Outline:
    """Return what is shown of `graph`; a graph without groups is its own outline."""
    grouping = graph.grouping
    root = grouping.index.get(showing.root, NO_GROUP)
    inside = len(grouping.around(root))
    #: For each group: the closed group whose box stands for it, and its innermost frame.
    box: dict[int, int] = {NO_GROUP: NO_GROUP}
    frame: dict[int, int] = {NO_GROUP: NO_GROUP}
    frames: list[Frame] = []
    for place, group in enumerate(grouping.groups):
        if root != NO_GROUP and root not in grouping.around(place)[:inside]:
            continue
        parent = group.parent
        if place == root:
            box[place], frame[place] = NO_GROUP, NO_GROUP
        elif box[parent] != NO_GROUP:
            box[place], frame[place] = box[parent], frame[parent]
        elif group.id in showing.opened:
            box[place], frame[place] = NO_GROUP, place
            around = frame[parent]
            outside = item_id(grouping.groups[around].id) if around != NO_GROUP else ""
            frames.append(Frame(item_id(group.id), group, outside))
        else:
            box[place], frame[place] = place, frame[parent]
    return _filled(graph, box, frame, tuple(frames), whole=root == NO_GROUP)


def _filled(
    graph: Graph,
    box: Mapping[int, int],
    frame: Mapping[int, int],
    frames: tuple[Frame, ...],
    *,
    whole: bool,
) -> Outline:
    groups = graph.grouping.groups
    nodes: list[Node] = []
    item_of: dict[str, str] = {}
    frame_of: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for node, group in zip(graph.nodes, graph.grouping.group_of, strict=True):
        if group not in box or (group == NO_GROUP and not whole):
            continue
        closed, around = box[group], frame[group]
        item = node.id if closed == NO_GROUP else item_id(groups[closed].id)
        item_of[node.id] = item
        if item not in frame_of:
            frame_of[item] = item_id(groups[around].id) if around != NO_GROUP else ""
            nodes.append(node if closed == NO_GROUP else _box(groups[closed]))
        if closed != NO_GROUP:
            members.setdefault(item, []).append(node.id)
    bundles: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        source, target = item_of.get(edge.source), item_of.get(edge.target)
        if source is not None and target is not None and source != target:
            bundles.setdefault((source, target), []).append(edge)
    edges = tuple(
        msgspec.structs.replace(bundle[0], source=source, target=target)
        for (source, target), bundle in bundles.items()
    )
    shown = msgspec.structs.replace(
        graph,
        nodes=tuple(nodes),
        edges=edges,
        output=item_of.get(graph.output, nodes[0].id if nodes else ""),
        groups=(),
        group_of=(),
    )
    return Outline(
        shown,
        frames,
        frame_of,
        item_of,
        {bundle[0].id: tuple(edge.id for edge in bundle) for bundle in bundles.values()},
        {item: tuple(ids) for item, ids in members.items()},
    )


def _box(group: Group) -> Node:
    return Node(id=item_id(group.id), op=group.title, name=group.type_name, kind="group")
