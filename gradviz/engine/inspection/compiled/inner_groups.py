"""The groups of a compiled function's own graphs: its two passes, and in them its modules."""

from collections.abc import Iterable, Mapping
from itertools import takewhile

from gradviz.core.graphs.groups import Group

#: The modules around a value, as paths with classes, the outermost first.
Modules = tuple[tuple[str, str], ...]


class InnerGroups:
    """Gathers the groups of the passes, one after the other.

    A small graph is read as a whole; modules would cut it into boxes of two operations.
    """

    def __init__(self, *, with_modules: bool) -> None:
        self.groups: list[Group] = []
        #: The index of its group for each node, by its id.
        self.of: dict[str, int] = {}
        self._with_modules = with_modules

    def add(self, whole: Group, modules: Mapping[str, Modules]) -> None:
        """Add the group of a pass, and those of the modules of its nodes."""
        first = len(self.groups)
        self.groups.append(whole)
        places: dict[str, int] = {}
        for node, around in modules.items():
            place, outside = first, ""
            for path, type_name in around if self._with_modules else ():
                if path not in places:
                    places[path] = len(self.groups)
                    self.groups.append(
                        Group(
                            id=f"{whole.id}.{path}",
                            title=path.removeprefix(f"{outside}."),
                            kind="module",
                            parent=place,
                            type_name=type_name,
                            path=path,
                        )
                    )
                place, outside = places[path], path
            self.of[node] = place


def common(several: Iterable[Modules]) -> Modules:
    """Return the modules that are around all of several values."""
    levels = zip(*several, strict=False)
    return tuple(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def outer(modules: Modules) -> Modules:
    """Return the modules without the innermost one."""
    return modules[:-1]
