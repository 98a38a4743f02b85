"""Groups of nodes: the calls of modules, functions and iterations that made them, nested."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Literal

import msgspec

from gradviz.core.language.saying import tr

GroupKind = Literal["module", "function", "iteration"]
#: The index of the group of a node, or of the parent of a group, that is in none.
NO_GROUP: Final = -1
_BACKWARD: Final = "backward of "


class Group(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One call of a module or function, or one iteration of a loop, in the forward pass.

    Attributes:
        id: Stable within a model: equal models give equal ids, in every recording. For a module
            its path and, from the second call on, the number of the call: `h.3.attn`, `cell:2`.
        title: Its name within its parent: `attn`, `rotate_half`, `step 17`. It is typed and found
            in English; `shown_title` is what a reader sees.
        kind: How it came to be.
        parent: The index of the group around it, NO_GROUP at the top; it is less than its own.
        type_name: The class of a module; a function's own name.
        path: The path of a module as PyTorch writes it, `h.3.attn`; empty for any other.
        call: The number of the call of this module, from 1 on; of an iteration its number.
        place: The line that was called, `model.py:12`, where it is known.
    """

    id: str
    title: str
    kind: GroupKind
    parent: int = NO_GROUP
    type_name: str = ""
    path: str = ""
    call: int = 1
    place: str = ""

    @property
    def in_backward(self) -> bool:
        """Tell whether a backward pass made the group."""
        return self.title.startswith(_BACKWARD)

    @property
    def shown_title(self) -> str:
        """Return the title in the language that is spoken."""
        if self.in_backward:
            return _shown_backward(self.title)
        if self.kind == "iteration" and self.title == f"step {self.call}":
            return tr("step {number}", number=self.call)
        return self.title


def _shown_backward(title: str) -> str:
    """Return `backward of h.3` as it is said; the backward of a backward is called so twice."""
    if not title.startswith(_BACKWARD):
        return title
    return tr("backward of {name}", name=_shown_backward(title.removeprefix(_BACKWARD)))


def in_modules(groups: Iterable[Group]) -> bool:
    """Tell whether modules are among the groups, by which a large graph is read."""
    return any(group.kind == "module" for group in groups)


class Grouping:
    """The groups of a graph and their nodes, each as its index in the graph's tuples."""

    def __init__(self, groups: Sequence[Group], group_of: Sequence[int]) -> None:
        """Take a graph's groups, parents first, and for each node the index of its own group."""
        self.groups = tuple(groups)
        self.group_of = tuple(group_of)

    @cached_property
    def index(self) -> dict[str, int]:
        """Return the indices of the groups by their ids."""
        return {group.id: place for place, group in enumerate(self.groups)}

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Return for each group those right within it, in their order."""
        found: list[list[int]] = [[] for _ in self.groups]
        for place, group in enumerate(self.groups):
            if group.parent != NO_GROUP:
                found[group.parent].append(place)
        return tuple(map(tuple, found))

    @cached_property
    def top(self) -> tuple[int, ...]:
        """Return the groups that are in no other."""
        return tuple(i for i, group in enumerate(self.groups) if group.parent == NO_GROUP)

    @cached_property
    def own_nodes(self) -> tuple[tuple[int, ...], ...]:
        """Return for each group the nodes right within it."""
        found: list[list[int]] = [[] for _ in self.groups]
        for node, group in enumerate(self.group_of):
            if group != NO_GROUP:
                found[group].append(node)
        return tuple(map(tuple, found))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Return for each group the number of nodes within it, however deep."""
        found = [len(nodes) for nodes in self.own_nodes]
        for place in range(len(found) - 1, -1, -1):
            parent = self.groups[place].parent
            if parent != NO_GROUP:
                found[parent] += found[place]
        return tuple(found)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """Return for each group how many are around it, itself among them."""
        found: list[int] = []
        for group in self.groups:
            found.append(1 if group.parent == NO_GROUP else found[group.parent] + 1)
        return tuple(found)

    def around(self, group: int) -> tuple[int, ...]:
        """Return a group with those around it, the outermost first; () for NO_GROUP."""
        found: list[int] = []
        while group != NO_GROUP:
            found.append(group)
            group = self.groups[group].parent
        return tuple(reversed(found))

    def nodes_within(self, group: int) -> tuple[int, ...]:
        """Return the nodes within a group, however deep, in the order of the graph."""
        inside, waiting = list(self.own_nodes[group]), list(self.children[group])
        while waiting:
            each = waiting.pop()
            inside.extend(self.own_nodes[each])
            waiting.extend(self.children[each])
        return tuple(sorted(inside))
