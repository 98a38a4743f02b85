"""What a picture says about itself, beside what all of its views say."""

from collections.abc import Mapping

from gradviz.render.picture import Picture


def assert_difference(before: Picture, after: Picture) -> None:
    """Assert that `after`, made from `before`, knows which of its views are others."""
    if after is not before:
        known = after.difference
        assert known is not None
        assert known.since == before.number
        assert set(known.nodes) == _others(before.nodes, after.nodes)
        assert set(known.edges) == _others(before.edges, after.edges)
        assert set(known.frames) == _others(before.frames, after.frames)
    assert after.chips == tuple(view for view in after.edges.values() if view.chip)


def _others(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {key for key, view in after.items() if before[key] is not view}
