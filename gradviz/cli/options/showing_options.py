"""The options of the part of a graph that is shown: `--expand h.3.attn`, `--depth 2`, ..."""

import argparse
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

import msgspec

from gradviz.cli.refusals import InputError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import Grouping
from gradviz.core.graphs.shown.first_picture import BoxMeasure, first_picture
from gradviz.core.graphs.shown.opening import depth, opened_all
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.language.saying import listed, tr
from gradviz.render.groups.rough_measure import rough_size

#: In place of a name: every group.
_ALL: Final = "all"
#: So many names are told in place of one that does not exist.
_NEAREST: Final = 3
#: To compare a name with all of many names, or a long one, would take seconds.
_LONGEST_NAME: Final = 200
_MOST_COMPARED: Final = 5_000


def add_showing(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the groups that are open, and of all that is left out."""
    group = parser.add_argument_group(
        tr("the part that is shown"),
        tr("Without these, groups are open as deep as the whole picture can be read."),
    )
    group.add_argument(
        "--depth",
        type=int,
        metavar="N",
        help=tr("open the groups of the first N levels; 0 opens none"),
    )
    group.add_argument(
        "--expand",
        action="append",
        default=[],
        metavar="NAME",
        help=tr(
            "open this group, such as h.3.attn, and those around it; may be given several times; "
            "all opens every group and draws every node"
        ),
    )
    group.add_argument("--focus", metavar="NAME", help=tr("show the inside of this group alone"))
    group.add_argument(
        "--no-fold", action="store_true", help=tr("show equal groups in a row one by one")
    )
    group.add_argument(
        "--hide",
        choices=("views",),
        help=tr("leave out the operations that only reshape, such as views and transposes"),
    )
    group.add_argument(
        "--parameters",
        action="store_true",
        help=tr("draw the parameters of modules, which are left out of a large graph"),
    )


def showing_of(
    graph: Graph, options: argparse.Namespace, measure: BoxMeasure = rough_size
) -> Showing:
    """Return the part of the graph that the options of `add_showing` choose.

    Where they choose no depth, it is as much as can be read with boxes as large as `measure` tells.

    Raises:
        InputError: there is no group of a name, or it lies outside of the one that is shown.
    """
    grouping = graph.grouping
    if options.depth is not None and options.depth < 0:
        raise InputError(
            tr("There is no depth {depth}.", depth=options.depth), tr("Use 0 or more.")
        )
    whole = _ALL in options.expand
    base = Showing(
        root="" if options.focus is None else _focus(grouping, options.focus),
        # The parts of very many equal groups are no folds, but are shown one by one too.
        spread=frozenset(grouping.index if options.no_fold else ()),
        folding=not (options.no_fold or whole),
        parameters=True if options.parameters or whole else None,
        hidden=frozenset(("views",) if options.hide else ()),
    )
    opened = {
        group
        for name in options.expand
        if name != _ALL
        for group in _opened_by(grouping, name, base.root)
    }
    if whole:
        return opened_all(graph, base)
    if options.depth is not None:
        showing = depth(graph, options.depth, base)
    else:
        showing = first_picture(graph, measure, base)
    return msgspec.structs.replace(showing, opened=showing.opened.union(opened), spread=base.spread)


def _opened_by(grouping: Grouping, name: str, root: str) -> Iterable[str]:
    """Return the ids of the groups of this name and of those around them.

    Raises:
        InputError: there is none, or none within the root.
    """
    found = [grouping.around(each) for each in _named(grouping, name, "--expand")]
    inside = [around for around in found if not root or grouping.index[root] in around]
    if not inside:
        raise InputError(
            tr("--expand {name}: it is not within {root}.", name=name, root=root),
            tr("Leave out --focus, or focus on more."),
        )
    return {grouping.groups[place].id for around in inside for place in around}


def _focus(grouping: Grouping, name: str) -> str:
    """Return the id of the one group of this name; raises InputError."""
    found = [grouping.groups[each].id for each in _named(grouping, name, "--focus")]
    if len(found) > 1:
        raise InputError(
            tr(
                "--focus {name}: there are {count} groups of this name.",
                name=name,
                count=len(found),
            ),
            tr("Use the name of one: {names}.", names=_nearest(found)),
        )
    return found[0]


def _named(grouping: Grouping, name: str, option: str) -> Sequence[int]:
    """Return the group of this id, or else those of a module or right within a list of modules.

    Raises:
        InputError: there is none.
    """
    if name in grouping.index:
        return [grouping.index[name]]
    groups = grouping.groups
    found = [place for place, group in enumerate(groups) if name and group.path == name]
    # A list of modules is not called itself, and has no group of its own.
    found = found or [
        place
        for place, group in enumerate(groups)
        if name and group.path.rpartition(".")[0] == name
    ]
    if not found:
        raise InputError(
            tr("{option} {name}: there is no such group.", option=option, name=name[:80]),
            _hint(grouping, name),
        )
    return found


def _hint(grouping: Grouping, name: str) -> str:
    if not grouping.groups:
        return tr("The graph has none: no module, function or loop is known that made its nodes.")
    compared = grouping.groups[:_MOST_COMPARED]
    known = {group.title.casefold(): group.id for group in reversed(compared)}
    known |= {group.id.casefold(): group.id for group in compared}
    near = get_close_matches(name[:_LONGEST_NAME].casefold(), known, _NEAREST, cutoff=0.4)
    found = dict.fromkeys(known[each] for each in near) or [group.id for group in grouping.groups]
    return tr("The nearest names are {names}.", names=_nearest(list(found)))


def _nearest(names: Sequence[str]) -> str:
    return listed([*names[:_NEAREST], "…"] if len(names) > _NEAREST else names)
