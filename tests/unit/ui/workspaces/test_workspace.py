"""The table of workspaces: each has a place for every panel, and grows with the list of panels."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.ui.panels import PANELS
from gradviz.ui.workspaces import WORKSPACES, workspace_named
from gradviz.ui.workspaces.workspace import Area, PanelArrangement, Place, Workspace, completed

ALL = sorted(panel.id for panel in PANELS)
ARRANGED = [(row, each) for row in WORKSPACES for each in row.arrangements]


@dataclass(frozen=True)
class Row:
    """A made-up row of the list of panels."""

    id: str
    area: Area
    behind: str = ""
    opened: bool = True


@pytest.mark.parametrize(("row", "arrangement"), ARRANGED)
def test_that_each_panel_has_one_place(row: Workspace, arrangement: PanelArrangement) -> None:
    assert sorted(name for place in arrangement.places for name in place.panels) == ALL


@pytest.mark.parametrize(("row", "arrangement"), ARRANGED)
def test_that_each_used_area_has_a_size_and_the_left_one_is_one_column(
    row: Workspace, arrangement: PanelArrangement
) -> None:
    assert {place.area for place in arrangement.places if place.opened} == set(arrangement.sizes)


@pytest.mark.parametrize(("row", "arrangement"), ARRANGED)
def test_that_the_models_stand_open_in_each(row: Workspace, arrangement: PanelArrangement) -> None:
    assert any("models" in place.opened for place in arrangement.places)


@pytest.mark.parametrize("row", WORKSPACES)
def test_that_a_narrower_window_shows_the_same_panels(row: Workspace) -> None:
    opened = {
        frozenset(name for place in each.places for name in place.opened)
        for each in row.arrangements
    }
    assert len(opened) == 1


def test_that_no_two_workspaces_share_a_name_or_a_key() -> None:
    for names in ("id", "title", "shortcut"):
        counts = Counter(getattr(row, names) for row in WORKSPACES)
        assert max(counts.values()) == 1


@pytest.mark.parametrize("row", WORKSPACES)
@given(width=st.integers(0, 10_000))
def test_that_every_width_has_an_arrangement(row: Workspace, width: int) -> None:
    found = row.arrangement_for(width)
    widths = [each.from_width for each in row.arrangements]
    assert all(wider > narrower for wider, narrower in pairwise(widths))
    assert found.from_width == max(each for each in widths if each <= width)


def test_that_an_unknown_name_means_the_first_workspace() -> None:
    assert workspace_named("") is workspace_named("no such workspace") is WORKSPACES[0]
    assert workspace_named("debug").title == "Debug"


def test_that_a_panel_without_a_place_takes_that_of_its_own_row() -> None:
    given = PanelArrangement(0, (Place("left", ("a",)), Place("bottom", ("b",))), {})
    rows = (
        *(Row("a", "right"), Row("b", "right")),
        *(Row("c", "left", behind="b"), Row("d", "left", behind="a", opened=False)),
        Row("e", "right"),
    )
    assert completed(given, rows).places == (
        Place("left", ("a",), ("d",)),
        Place("bottom", ("b", "c")),
        Place("right", ("e",)),
    )


def test_that_arrangements_of_the_same_places_share_a_folding() -> None:
    row = workspace_named("debug")
    wide, middle, narrow = row.arrangements
    assert row.folding(wide) == row.folding(middle) != row.folding(narrow)
