"""A workspace as data: which panels are where, which are in front, and how much room they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

Area = Literal["left", "right", "bottom"]


@dataclass(frozen=True)
class Place:
    """Panels that share a place as tabs, by their ids.

    The first of the opened ones is in front. A closed one comes here when it is asked for. Places
    of one area stand in their order, and have parts of its length like their shares.
    """

    area: Area
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    share: int = 1

    @property
    def panels(self) -> tuple[str, ...]:
        """Return all panels of the place."""
        return self.opened + self.closed


@dataclass(frozen=True)
class PanelArrangement:
    """The places of all panels in a window of at least `from_width` pixels.

    `sizes` are the widths of the areas at the side and the height of that beneath, in pixels.
    """

    from_width: int
    places: tuple[Place, ...]
    sizes: Mapping[Area, int]


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One row of the table of workspaces.

    Title, tip and `whole` are marked, and translated where they are shown.

    Attributes:
        whole: The title with the word workspace; empty for that word after the title.
        arrangements: Those for windows of each width, the widest first; the last is for any width.
        in_training: Groups of panels that show how training goes. Of each group the first plot that
            has something to show is brought into sight when training begins, unless another is.
    """

    id: str
    title: str
    tip: str
    shortcut: str
    arrangements: tuple[PanelArrangement, ...]
    whole: str = ""
    in_training: tuple[tuple[str, ...], ...] = ()

    @property
    def full_title(self) -> str:
        """Return the title with the word workspace, for `tr`."""
        return self.whole or f"{self.title} workspace"

    def arrangement_for(self, width: int) -> PanelArrangement:
        """Return the arrangement for a window of this width."""
        return next(
            (each for each in self.arrangements if width >= each.from_width), self.arrangements[-1]
        )

    def folding(self, arrangement: PanelArrangement) -> int:
        """Return a number that arrangements with the same places share; these differ in sizes."""
        same = (each for each in self.arrangements if each.places == arrangement.places)
        return min(each.from_width for each in same)


class PanelRow(Protocol):
    """The place of a panel in an arrangement that names it nowhere, as its own row has it."""

    @property
    def id(self) -> str: ...
    @property
    def area(self) -> Area: ...
    @property
    def behind(self) -> str: ...
    @property
    def opened(self) -> bool: ...


def completed(arrangement: PanelArrangement, rows: Iterable[PanelRow]) -> PanelArrangement:
    """Return the arrangement with a place for each panel: behind another one, or of its own."""
    places = list(arrangement.places)
    named = {panel for place in places for panel in place.panels}
    for row in rows:
        if row.id in named:
            continue
        at = next((i for i, place in enumerate(places) if row.behind in place.panels), None)
        place = Place(row.area) if at is None else places.pop(at)
        opened = (*place.opened, row.id) if row.opened else place.opened
        closed = place.closed if row.opened else (*place.closed, row.id)
        place = replace(place, opened=opened, closed=closed)
        places.insert(len(places) if at is None else at, place)
    return replace(arrangement, places=tuple(places))
