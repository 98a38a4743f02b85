"""The scope of each node of a graph: of operations by their numbers, of leaves by their uses."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from torch import nn

from gradviz.engine.scopes.call_scopes import CallScopes
from gradviz.engine.scopes.scopes import Scope, chain_of
from gradviz.engine.torch_internals.grad_nodes import Feeds, sequence_number

#: The sources of each node by its slots.
_Feeds = Mapping[Any, Feeds]


def scopes_of_operations(
    operations: Sequence[Any], feeds: _Feeds, scopes: CallScopes, heard: Callable[[], set[Any]]
) -> dict[Any, Scope]:
    """Return the scope of each grad_fn that has one; each comes after all nodes that use it.

    Numbers tell it, except for nodes that another thread may have made, which counts anew, and for
    sums of gradients. The calls of modules in that thread tell it where there are any; all others
    have the scope that their users share. `heard` returns the nodes that were heard while the model
    ran.
    """
    numbers = [-1 if (number := sequence_number(node)) is None else number for node in operations]
    # Each thread gives a number once.
    threads = scopes.threads or len(set(numbers)) < len(numbers)
    met = scopes.unknown | scopes.doubtful if threads else scopes.unknown
    others = scopes.others.scope_of
    if not (met or others or scopes.passes):
        told = zip(operations, scopes.scopes_of(numbers), strict=True)
        return {node: scope for node, scope in told if scope is not None}
    elsewhere = met | others.keys()
    unknown = _unknown(operations, feeds, elsewhere, heard()) if elsewhere else set()
    teller = _Teller(scopes)
    found: dict[Any, Scope | None] = {}
    by_users: set[Any] = set()
    for node, number in zip(operations, numbers, strict=True):
        if node in unknown:
            if node in others:
                found[node] = others[node]
            elif threads:
                by_users.add(node)
        elif teller.is_sum(number):
            by_users.add(node)
        else:
            found[node] = teller.scope(number)
    if by_users:
        _take_from_users(by_users, operations, feeds, found)
    return {node: scope for node, scope in found.items() if scope is not None}


class _Teller:
    """Tells the scope of a number, that of a node of a backward pass too."""

    def __init__(self, scopes: CallScopes) -> None:
        self._scopes = scopes
        self._begins = [begin for begin, _, _ in scopes.executions]
        self._mirrors: dict[tuple[Scope | None, Scope], Scope] = {}

    def scope(self, number: int) -> Scope | None:
        """Return the scope in which the node of a number was made."""
        execution = self._execution(number)
        if execution is None:
            return self._scopes.scope_of(number)
        executed = sequence_number(execution)
        if executed is None:
            return None
        # What a model differentiates itself stays within the call that does so.
        begin = max(begin for begin, end in self._scopes.passes if begin <= number < end)
        return self._mirrored(self.scope(executed), self._scopes.scope_of(begin))

    def is_sum(self, number: int) -> bool:
        """Tell whether a backward pass made the node between two executions: it sums gradients."""
        within = any(begin <= number < end for begin, end in self._scopes.passes)
        return within and self._execution(number) is None

    def _execution(self, number: int) -> Any | None:
        """Return the node whose execution made the node of a number."""
        place = bisect_right(self._begins, number) - 1
        if place < 0:
            return None
        _, end, node = self._scopes.executions[place]
        return node if number < end else None

    def _mirrored(self, scope: Scope | None, within: Scope | None) -> Scope | None:
        """Return the scope of the backward pass through a scope, `within` the one that runs it."""
        if scope is None or scope in chain_of(within):
            return scope if scope is not None else within
        key = within, scope
        if key not in self._mirrors:
            around = self._mirrored(scope.parent, within)
            self._mirrors[key] = Scope.backward(around, scope)
        return self._mirrors[key]


def scopes_of_leaves(
    leaves: Sequence[Any],
    feeds: _Feeds,
    found: Mapping[Any, Scope],
    owners: Mapping[int, nn.Module],
    called: Iterable[Scope],
) -> dict[Any, Scope]:
    """Return the scope of each leaf that a module owns.

    It is the first call of that module if all uses are within its calls, else the innermost scope
    that all uses share. `called` are the scopes with nodes in the order of the calls.
    """
    owned = {leaf: owners[id(leaf.variable)] for leaf in leaves if id(leaf.variable) in owners}
    if not owned:
        return {}
    uses: dict[Any, dict[Scope | None, None]] = {leaf: {} for leaf in owned}
    for node, sources in feeds.items():
        for source, _ in sources:
            if source in uses:
                uses[source][found.get(node)] = None
    first = _first_calls(called)
    around: dict[Scope, frozenset[int]] = {}
    result: dict[Any, Scope] = {}
    for leaf, module in owned.items():
        within = all(id(module) in _modules_around(scope, around) for scope in uses[leaf])
        scope = first[id(module)] if within and uses[leaf] else shared(uses[leaf])
        if scope is not None:
            result[leaf] = scope
    return result


def shared(scopes: Iterable[Scope | None]) -> Scope | None:
    """Return the innermost scope that is around all of these; None where there is none."""
    common: list[Scope] | None = None
    for scope in scopes:
        chain = chain_of(scope)
        if common is None:
            common = chain
            continue
        pairs = zip(common, chain, strict=False)
        same = next((i for i, (a, b) in enumerate(pairs) if a is not b), None)
        common = common[: min(len(common), len(chain)) if same is None else same]
        if not common:
            return None
    return common[-1] if common else None


def _unknown(operations: Iterable[Any], feeds: _Feeds, met: Set[Any], heard: Set[Any]) -> set[Any]:
    """Return the nodes that this thread may not have made: those `met`, and what leads to them.

    A node that was heard in this thread ends the way back.
    """
    found = set(met)
    for node in operations:
        if node in found:
            found.update(
                source for source, _ in feeds[node] if source is not None and source not in heard
            )
    return found


def _take_from_users(
    nodes: Set[Any], operations: Iterable[Any], feeds: _Feeds, found: dict[Any, Scope | None]
) -> None:
    users: dict[Any, list[Scope | None]] = {node: [] for node in nodes}
    for node in operations:
        if node in users:
            found[node] = shared(users[node])
        for source, _ in feeds[node]:
            if source in users:
                users[source].append(found.get(node))


def _first_calls(called: Iterable[Scope]) -> dict[int, Scope]:
    """Return for each module, by its identity, its first call."""
    found: dict[int, Scope] = {}
    for scope in called:
        if scope.module is not None:
            found.setdefault(id(scope.module), scope)
    return found


def _modules_around(scope: Scope | None, known: dict[Scope, frozenset[int]]) -> frozenset[int]:
    """Return the modules, by their identities, whose calls are around a scope."""
    if scope is None:
        return frozenset()
    if scope not in known:
        outside = _modules_around(scope.parent, known)
        known[scope] = outside | {id(scope.module)} if scope.module is not None else outside
    return known[scope]
