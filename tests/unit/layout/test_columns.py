"""A long container as columns side by side."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from layout_cases import extent_of, place_at_once, rectangles_of

from gradviz.core.graphs.placement import Box, Direction, Link, Placement
from gradviz.layout.compound import CompoundLayout


def placed(boxes: list[Box], links: list[Link], direction: Direction = "TB") -> Placement:
    """Lay out boxes without frames."""
    return CompoundLayout(place_at_once).place(boxes, links, direction=direction)


@st.composite
def long_graphs(draw: st.DrawFn) -> tuple[list[Box], list[Link]]:
    """Draw a chain that is too long for the canvas, with skips and leaves at any depth."""
    count = draw(st.integers(12, 30))
    boxes = [Box(str(n), draw(st.sampled_from((90, 160))), 44) for n in range(count)]
    links = [Link(f"l{n}", str(n), str(n + 1)) for n in range(count - 1)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    for number, (one, other) in enumerate(draw(st.lists(ends, max_size=8))):
        if one != other:
            low, high = sorted((one, other))
            links.append(Link(f"s{number}", str(low), str(high)))
    for leaf in range(draw(st.integers(0, 3))):
        boxes.append(Box(f"w{leaf}", 80, 44, leaf=True))
        users = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=4, unique=True))
        links.extend(Link(f"w{leaf}.{user}", f"w{leaf}", str(user)) for user in users)
    return boxes, links


def _swung() -> tuple[list[Box], list[Link]]:
    """Return a chain at one of whose wires Graphviz puts control points far outside."""
    boxes = [Box(str(n), 160 if n in (14, 16) else 90, 44) for n in range(22)]
    links = [Link(f"l{n}", str(n), str(n + 1)) for n in range(21)]
    links += [Link("s0", "11", "17"), Link("w0.13", "w0", "13"), Link("w0.1", "w0", "1")]
    return [*boxes, Box("w0", 80, 44, leaf=True)], links


@settings(max_examples=40)
@example(_swung(), "TB")
@given(long_graphs(), st.sampled_from(("TB", "LR")))
def test_that_columns_hold_boxes_apart_and_wires_end_at_their_boxes(
    case: tuple[list[Box], list[Link]], direction: Direction
) -> None:
    boxes, links = case
    placement = placed(boxes, links, direction)
    assert set(placement.centers) == {box.id for box in boxes}
    found = rectangles_of(placement)
    keys = list(found)
    for place, key in enumerate(keys):
        left, top, right, bottom = found[key]
        assert left >= -1
        assert top >= -1
        assert right <= placement.width + 1
        assert bottom <= placement.height + 1
        for other in keys[place + 1 :]:
            assert not overlap(found[key], found[other])
    for link in links:
        curve = placement.curves[link.id]
        assert len(curve) % 3 == 1
        if link.id not in placement.ghosts:
            assert within(curve[0], found[link.source])
        assert within(curve[-1], found[link.target])
        left, top, right, bottom = extent_of(curve)
        assert left >= -1
        assert top >= -1
        assert right <= placement.width + 1
        assert bottom <= placement.height + 1


def test_that_a_chain_fits_the_canvas() -> None:
    boxes = [Box(str(n), 130, 44) for n in range(30)]
    links = [Link(str(n), str(n), str(n + 1)) for n in range(29)]
    placement = placed(boxes, links)
    assert placement.plan == "dot"
    assert placement.width < 1300
    assert placement.height < 806
    assert len({x for x, _ in placement.centers.values()}) > 1


def test_that_ten_thousand_in_a_chain_make_a_square_of_columns() -> None:
    boxes = [Box(str(n), 130, 44) for n in range(10_000)]
    links = [Link(str(n), str(n), str(n + 1)) for n in range(9_999)]
    placement = placed(boxes, links)
    assert 1 / 3 < placement.width / placement.height < 3


def test_that_a_leaf_for_all_columns_is_drawn_in_each() -> None:
    boxes = [Box(str(n), 130, 44) for n in range(30)] + [Box("w", 80, 44, leaf=True)]
    links = [Link(str(n), str(n), str(n + 1)) for n in range(29)]
    links += [Link(f"w{n}", "w", str(n)) for n in (1, 14, 28)]
    placement = placed(boxes, links)
    assert len(placement.ghosts) == 2
    for number in (1, 14, 28):
        (x, _) = placement.ghosts.get(f"w{number}", placement.centers["w"])
        assert abs(x - placement.centers[str(number)][0]) < 250


def test_that_five_thousand_side_by_side_are_broken_into_rows() -> None:
    boxes = [Box("sum", 130, 44), *(Box(str(n), 130, 44) for n in range(5000))]
    links = [Link(str(n), str(n), "sum") for n in range(5000)]
    for direction in ("TB", "LR"):
        placement = placed(boxes, links, direction)
        assert 1 / 3 < placement.width / placement.height < 3
        found = rectangles_of(placement)
        assert len(set(found.values())) == len(boxes)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two rectangles have an area in common."""
    return (
        one[0] + 1 < other[2] and other[0] + 1 < one[2]
        and one[1] + 1 < other[3] and other[1] + 1 < one[3]
    )  # fmt: skip


def within(point: tuple[float, float], box: tuple[float, ...]) -> bool:
    """Tell whether a point is at a box."""
    return box[0] - 2 <= point[0] <= box[2] + 2 and box[1] - 2 <= point[1] <= box[3] + 2
