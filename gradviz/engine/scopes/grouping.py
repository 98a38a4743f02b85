"""The groups of a graph: the scopes of its nodes that tell a reader something, with their names."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec
from torch import nn

from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.engine.scopes.call_scopes import CallScopes
from gradviz.engine.scopes.module_paths import ModulePaths, class_name
from gradviz.engine.scopes.node_scopes import scopes_of_leaves, scopes_of_operations
from gradviz.engine.scopes.scopes import CalledAt, LoopRun, Scope, chain_of
from gradviz.engine.scopes.user_frames import facts_of
from gradviz.engine.torch_internals.grad_nodes import Feeds

#: A model that builds another graph at every step would otherwise fill the memory.
_MOST_KNOWN: Final = 16
#: Before the id of the group of a backward pass, for each order.
_BACKWARD: Final = "backward/"
#: The number of a scope's nodes, or of what is within it.
_Counts = dict[Scope, int]


class Grouped(NamedTuple):
    """The groups of a graph, and for each operation and then each leaf the index of its own.

    Both are empty where there is no group.
    """

    groups: tuple[Group, ...] = ()
    group_of: tuple[int, ...] = ()


class GroupMemory:
    """The groups of earlier recordings of a model, which most of the later ones have too."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Grouped, object]] = {}

    def groups(
        self,
        operations: Sequence[Any],
        leaves: Sequence[Any],
        feeds: Mapping[Any, Feeds],
        scopes: CallScopes,
        heard: Callable[[], set[Any]],
    ) -> Grouped:
        """Return the groups of a graph as `grouped` does."""
        place = {leaf: index for index, leaf in enumerate(leaves)}
        told = scopes.signature(operations)
        if told is None:
            return grouped(operations, leaves, feeds, scopes, heard)
        key = (
            *told.key,
            tuple([id(leaf.variable) for leaf in leaves]),
            tuple([place.get(source) for node in operations for source, _ in feeds[node]]),
        )
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = grouped(operations, leaves, feeds, scopes, heard)
            # What is held keeps the identities in the key from being given again.
            held = (told.held, [leaf.variable for leaf in leaves])
            known = self._known[key] = (found, held)
        return known[0]


def grouped(
    operations: Sequence[Any],
    leaves: Sequence[Any],
    feeds: Mapping[Any, Feeds],
    scopes: CallScopes,
    heard: Callable[[], set[Any]],
) -> Grouped:
    """Return the groups of a graph; each operation comes after all that use it.

    `heard` returns the nodes that were heard while the model ran.
    """
    found = scopes_of_operations(operations, feeds, scopes, heard)
    if not found:
        return Grouped()
    called = list(scopes.called())
    counts = _counts(found.values())
    ordered = _ordered(called, counts)
    kept = _kept(ordered, counts, len(operations))
    if not kept:
        return Grouped()
    told = {_forward(scope)[1] for scope in counts}
    paths = ModulePaths(scopes.roots, [scope for scope in called if scope in told])
    owners = paths.owners() if leaves else {}
    owned = scopes_of_leaves(leaves, feeds, found, owners, ordered)
    index = {scope: place for place, scope in enumerate(kept)}
    own = {scope: _index(scope, index) for scope in {*found.values(), *owned.values()}}
    return Grouped(
        _Namer(paths, called, index).groups(kept),
        tuple(
            NO_GROUP if scope is None else own[scope]
            for scope in (*map(found.get, operations), *map(owned.get, leaves))
        ),
    )


def _counts(scopes: Iterable[Scope]) -> _Counts:
    """Return the number of nodes within each scope that has any."""
    found: _Counts = {}
    for scope in scopes:
        found[scope] = found.get(scope, 0) + 1
    for scope, count in list(found.items()):
        around = scope.parent
        while around is not None:
            found[around] = found.get(around, 0) + count
            around = around.parent
    return found


def _ordered(called: Iterable[Scope], counts: _Counts) -> list[Scope]:
    """Return the scopes with nodes in the order of their calls, each after the one around it.

    Those of a backward pass come behind, in the order of the calls that it goes through.
    """
    place = {scope: index for index, scope in enumerate(called)}
    found = [scope for scope in place if scope in counts]
    if len(found) == len(counts):
        return found

    def key(scope: Scope) -> tuple[int, list[int]]:
        passes, _ = _forward(scope)
        return passes, [place[_forward(each)[1]] for each in chain_of(scope)]

    return found + sorted((scope for scope in counts if scope not in place), key=key)


def _forward(scope: Scope) -> tuple[int, Scope]:
    """Return the scope of the forward pass that was mirrored, and by how many passes."""
    passes = 0
    while scope.mirrored is not None:
        passes, scope = passes + 1, scope.mirrored
    return passes, scope


def _kept(ordered: Sequence[Scope], counts: _Counts, operations: int) -> list[Scope]:
    """Return the scopes that become groups: all modules, and others that tell something.

    A function of one node, or with all that is around it, or with a single module tells nothing
    more; nor does a loop of which one iteration has nodes, or each is a single node or module.
    """
    modules = _with_one_module(ordered, counts)
    turns: dict[tuple[LoopRun, Scope | None], int] = {}
    telling: set[tuple[LoopRun, Scope | None]] = set()
    for scope in ordered:
        if scope.run is not None:
            loop = (scope.run, scope.parent)
            turns[loop] = turns.get(loop, 0) + 1
            if counts[scope] > 1 and scope not in modules:
                telling.add(loop)
    size: dict[Scope | None, int] = {None: operations}
    kept: list[Scope] = []
    for scope in ordered:
        count = counts[scope]
        outside = size[scope.parent]
        if scope.run is not None:
            loop = (scope.run, scope.parent)
            keep = turns[loop] > 1 and loop in telling
        else:
            keep = scope.module is not None or (1 < count < outside and scope not in modules)
        size[scope] = count if keep else outside
        if keep:
            kept.append(scope)
    return kept


def _with_one_module(ordered: Sequence[Scope], counts: _Counts) -> set[Scope]:
    """Return the scopes whose nodes all are within the call of one module in them."""
    found: set[Scope] = set()
    for scope in ordered:
        if scope.module is None:
            continue
        around = scope.parent
        while around is not None and counts[around] == counts[scope]:
            found.add(around)
            around = around.parent
    return found


def _index(scope: Scope | None, index: Mapping[Scope, int]) -> int:
    """Return the index of the innermost group around a scope."""
    while scope is not None and scope not in index:
        scope = scope.parent
    return NO_GROUP if scope is None else index[scope]


class _Namer:
    """Gives scopes their names as groups."""

    def __init__(
        self, paths: ModulePaths, called: Iterable[Scope], index: Mapping[Scope, int]
    ) -> None:
        self._paths = paths
        self._index = index
        self._calls: dict[Scope, int] = {}
        self._values: dict[LoopRun, list[int | None]] = {}
        self._counting: dict[LoopRun, bool] = {}
        self._loops: dict[tuple[LoopRun, int], str] = {}
        self._made: list[Group] = []
        self._used: dict[str, int] = {}
        counted: dict[int, int] = {}
        for scope in called:
            if scope.module is not None:
                key = id(scope.module)
                counted[key] = self._calls[scope] = counted.get(key, 0) + 1
            elif scope.run is not None:
                self._values.setdefault(scope.run, []).append(scope.value)

    def groups(self, kept: Iterable[Scope]) -> tuple[Group, ...]:
        """Return the groups of scopes, each after the one around it."""
        for scope in kept:
            parent = _index(scope.parent, self._index)
            passes, forward = _forward(scope)
            group = self._group(forward, parent, _BACKWARD * passes)
            if passes:
                title = "backward of " * passes + (group.path or group.title)
                group = msgspec.structs.replace(group, title=title)
            self._made.append(group)
        return tuple(self._made)

    def _group(self, scope: Scope, parent: int, before: str) -> Group:
        if scope.module is not None:
            return self._module(scope, scope.module, parent, before)
        around = self._made[parent].id if parent != NO_GROUP else before
        if scope.run is not None:
            return self._iteration(scope, scope.run, parent, around)
        name = scope.code.co_name if scope.code is not None else ""
        key, call = self._counted(f"{around}/{name}")
        return Group(
            id=key,
            title=name,
            kind="function",
            parent=parent,
            type_name=name,
            call=call,
            place=_text(scope.place),
        )

    def _module(self, scope: Scope, module: nn.Module, parent: int, before: str) -> Group:
        path, kind, call = self._paths.path(module), class_name(module), self._calls[scope]
        key, _ = self._counted(before + (path or kind) + (f":{call}" if call > 1 else ""))
        return Group(
            id=key,
            title=self._within(path, parent) or kind,
            kind="module",
            parent=parent,
            type_name=kind,
            path=path,
            call=call,
            place=_text(scope.place),
        )

    def _iteration(self, scope: Scope, run: LoopRun, parent: int, around: str) -> Group:
        if (run, parent) not in self._loops:
            self._loops[run, parent] = self._counted(f"{around}/loop@{run.line}")[0]
        number = self._number(scope, run)
        return Group(
            id=self._counted(f"{self._loops[run, parent]}/{number}")[0],
            title=f"step {number}",
            kind="iteration",
            parent=parent,
            call=number,
            place=f"{facts_of(run.code).file}:{run.line}",
        )

    def _number(self, scope: Scope, run: LoopRun) -> int:
        """Return the number that the loop itself counts with, where it counts up; else from 0."""
        counts = self._counting.get(run)
        if counts is None:
            pairs = pairwise(self._values.get(run, []))
            counts = self._counting[run] = all(
                one is not None and other is not None and one < other for one, other in pairs
            )
        return scope.value if counts and scope.value is not None else scope.number

    def _within(self, path: str, parent: int) -> str:
        """Return the rest of a path within the module around it."""
        while parent != NO_GROUP and self._made[parent].kind != "module":
            parent = self._made[parent].parent
        outside = self._made[parent].path if parent != NO_GROUP else ""
        return path.removeprefix(f"{outside}.") if outside else path

    def _counted(self, name: str) -> tuple[str, int]:
        """Return an id that no other group has, and how often its name was asked for."""
        self._used[name] = count = self._used.get(name, 0) + 1
        found = name if count == 1 else f"{name}:{count}"
        while count > 1 and found in self._used:
            found += "'"
        if count > 1:
            self._used[found] = 1
        return found, count


def _text(place: CalledAt | None) -> str:
    """Return a place as `model.py:12`; empty where it is not known."""
    if place is None:
        return ""
    code, instruction = place
    facts = facts_of(code)
    return f"{facts.file}:{facts.line(instruction)}"
