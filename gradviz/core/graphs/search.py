"""Search in a graph: the nodes and groups for which all terms of a query hold, the best first."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Final, TypeAlias, assert_never

import numpy as np
import numpy.typing as npt

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import item_id
from gradviz.core.graphs.rows.measures import Flags, Measures, Numbers
from gradviz.core.graphs.search_query import Bound, Has, OfType, Query, QueryTerm, Sizes, Words
from gradviz.core.graphs.trace import Trace
from gradviz.core.word_fit import Fit, fit_of, words_in

_Ranks: TypeAlias = npt.NDArray[np.uint8]
_Places: TypeAlias = npt.NDArray[np.intp]

#: How well a term holds: 0 to 2 by a title, 3 to 5 by a description, then by a group around it.
_ABOUT: Final = len(Fit)
_AROUND: Final = 2 * len(Fit)
_NOT: Final = 255
#: The name of every leaf, which is found by its beginning alone.
_OF_LEAVES: Final = "accumulategrad"


class SearchIndex:
    """A graph and a pass through it, prepared so that each query takes a few milliseconds.

    An item is a node or a group. It is found where every term holds for it, and at least one by
    itself and not merely by the groups around it: `attn` finds the group, `attn mul` the products
    in it. Comparisons, shapes, types and traits hold for nodes; `params` for groups too.
    """

    def __init__(
        self, graph: Graph, trace: Trace | None = None, inputs: Collection[str] = ()
    ) -> None:
        """Take a graph with its pass; `inputs` are the names of leaves that are no parameters."""
        self._graph = graph
        self._trace = trace
        self._inputs = frozenset(inputs)
        self._groups = len(graph.groups)

    def find(self, query: Query) -> tuple[str, ...]:
        """Return the ids, as in an outline, of the items for which `query` holds, best first.

        Of items that fit alike groups come first, then nodes in the order of the forward pass.
        """
        if not query.terms:
            return ()
        ranks = np.stack([self._ranks(term) for term in query.terms])
        found = np.flatnonzero((ranks != _NOT).all(0) & (ranks < _AROUND).any(0))
        chosen = ranks[:, found].astype(np.int64)
        order = np.lexsort(
            (
                self._texts.order[found],
                self._texts.lengths[found],
                chosen.sum(0),
                chosen.max(0),
                self._texts.wholes(query.title)[found],
            )
        )
        ids = self._ids
        return tuple(ids[place] for place in found[order].tolist())

    def prepare(self, query: Query) -> None:
        """Do all that other queries of the same kind find done."""
        _ = self._texts
        if query.asks_for_numbers:
            _ = self._measures

    def is_of_another(self, graph: Graph, trace: Trace | None) -> bool:
        """Tell whether this is the index of another graph or pass."""
        return graph is not self._graph or trace is not self._trace

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        groups = (item_id(group.id) for group in self._graph.groups)
        return (*groups, *(node.id for node in self._graph.nodes))

    @cached_property
    def _texts(self) -> "_Texts":
        return _Texts(self._graph)

    @cached_property
    def _measures(self) -> "Measures":
        return Measures(self._graph, self._trace, self._inputs)

    def _ranks(self, term: QueryTerm) -> _Ranks:
        """Return for each item how well a term holds."""
        match term:
            case Words():
                return self._texts.ranks(term.text)
            case Sizes():
                shapes = {shape: term.holds(shape) for shape in {n.shape for n in self._nodes}}
                return self._of_nodes([shapes[node.shape] for node in self._nodes])
            case OfType():
                return self._of_nodes([node.dtype == term.name for node in self._nodes])
            case Has():
                return self._of_nodes(self._with_trait(term))
            case Bound():
                return _holding(self._compared(term))
            case _:
                assert_never(term)

    @property
    def _nodes(self) -> tuple[Node, ...]:
        return self._graph.nodes

    def _of_nodes(self, held: Iterable[bool] | Flags) -> _Ranks:
        flags = np.zeros(self._groups + len(self._nodes), np.bool_)
        flags[self._groups :] = np.fromiter(held, np.bool_, len(self._nodes))
        return _holding(flags)

    def _with_trait(self, term: Has) -> Iterable[bool] | Flags:
        match term.trait:
            case "nan":
                return self._measures.nan
            case "inf":
                return self._measures.infinite
            case "nonfinite":
                return self._measures.nan | self._measures.infinite
            case "leaf":
                return [node.kind == "leaf" for node in self._nodes]
            case "param":
                inputs = self._inputs
                return [node.kind == "leaf" and node.op not in inputs for node in self._nodes]
            case "function":
                return [node.kind == "function" for node in self._nodes]
            case _:
                assert_never(term.trait)

    def _compared(self, term: Bound) -> Flags:
        measures = self._measures
        if term.quantity == "params":
            return _bounded(term, measures.parameters)
        each = {
            "grad": (measures.gradient,),
            "value": (measures.value,),
            "norm": (measures.gradient, measures.value),
        }[term.quantity]
        held = np.any([_bounded(term, numbers) for numbers in each], axis=0)
        return np.concatenate([np.zeros(self._groups, np.bool_), held])


class _Texts:
    """The texts of all items in small letters, each once however many have it."""

    def __init__(self, graph: Graph) -> None:
        grouping, nodes = graph.grouping, graph.nodes
        self._known: dict[str, int] = {}
        groups = len(grouping.groups)
        #: Of groups their titles and ids, of nodes their operations and nothing.
        titles = [group.title for group in grouping.groups] + [node.op for node in nodes]
        self._titles = self._places(titles)
        self._paths = self._places([group.id for group in grouping.groups])
        self._kinds = self._places([group.type_name for group in grouping.groups])
        self._names = self._places([node.name for node in nodes])
        self._labels = self._places([node.label for node in nodes])
        self._texts = list(self._known)
        self._parents = [group.parent for group in grouping.groups]
        self._group_of = np.asarray(grouping.group_of, np.intp)
        lengths = np.asarray([words_in(text) for text in self._texts] or [0])
        self.lengths: _Places = lengths[self._titles]
        if groups:
            self.lengths[:groups] = np.maximum(self.lengths[:groups], lengths[self._paths])
        #: The nodes are in the order from the output back.
        self.order = np.concatenate(
            [np.arange(groups), groups + np.arange(len(nodes))[::-1]]
        ).astype(np.intp)

    def _places(self, texts: Iterable[str]) -> _Places:
        known = self._known
        return np.asarray([known.setdefault(text.lower(), len(known)) for text in texts], np.intp)

    def ranks(self, word: str) -> _Ranks:
        """Return for each item how well a word fits it."""
        fits = np.asarray([_fit(word, text) for text in self._texts] or [_NOT], np.uint8)
        about = np.where(fits == _NOT, _NOT, fits + _ABOUT).astype(np.uint8)
        groups = len(self._parents)
        ranks, kinds = fits[self._titles], about[self._kinds]
        nodes = ranks[groups:]
        nodes[:] = np.minimum(nodes, about[self._labels])
        if _OF_LEAVES in self._known and not _OF_LEAVES.startswith(word):
            # Nobody who looks for products, or sums, looks for AccumulateGrad.
            about[self._known[_OF_LEAVES]] = _NOT
        nodes[:] = np.minimum(nodes, about[self._names])
        if groups:
            own = np.minimum(ranks[:groups], kinds)
            ranks[:groups], inside = self._within(own.tolist(), fits[self._paths].tolist())
            around = inside[self._group_of] & (self._group_of != NO_GROUP)
            nodes[:] = np.minimum(nodes, np.where(around, _AROUND, _NOT))
        return ranks

    def _within(self, own: list[int], paths: list[int]) -> tuple[_Ranks, Flags]:
        """Return the rank of each group, and whether it, or one around it, has the word.

        A path has that of the group around it in it, which is no text of its own.
        """
        inside: list[bool] = []
        ranks: list[int] = []
        for rank, path, parent in zip(own, paths, self._parents, strict=True):
            around = parent != NO_GROUP and inside[parent]
            best = min(rank, _AROUND) if around else min(rank, path)
            ranks.append(best)
            inside.append(best != _NOT)
        return np.asarray(ranks, np.uint8), np.asarray(inside, np.bool_)

    def wholes(self, title: str) -> _Ranks:
        """Return for each item 0 where its title is the text, 1 where it begins so, else 2."""
        found = [
            2 if not title or not text.startswith(title) else int(text != title)
            for text in self._texts
        ]
        wholes = np.asarray(found or [2], np.uint8)
        ranks = wholes[self._titles]
        groups = len(self._parents)
        if groups:
            ranks[:groups] = np.minimum(ranks[:groups], wholes[self._paths])
        return ranks


def _fit(word: str, text: str) -> int:
    # Most texts do not have it, and to ask that takes a fraction of the time.
    fit = fit_of(word, text) if word in text else None
    return _NOT if fit is None else int(fit)


def _holding(flags: Flags) -> _Ranks:
    return np.where(flags, 0, _NOT).astype(np.uint8)


def _bounded(term: Bound, numbers: Numbers) -> Flags:
    """Return where known numbers keep the bound of a term."""
    held: Flags = term.holds(numbers) & ~np.isnan(numbers)
    return held
