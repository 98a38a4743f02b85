"""How well the figures of the benchmarks are met, in several runs in a row."""

import pytest
from figures import Figure, figures_in, verdict


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((10.0, 14.3, 12.0), "met with a tenth to spare"),
        ((10.0, 14.5, 12.0), "met"),
        ((10.0, 10.0, 16.1), "not met"),
    ],
)
def test_that_the_worst_of_the_runs_counts(values: tuple[float, ...], told: str) -> None:
    assert verdict([Figure("p95_ms", value, 16.0) for value in values]) == told


@pytest.mark.parametrize(
    ("value", "told"), [(0.96, "met with a tenth to spare"), (0.951, "met"), (0.94, "not met")]
)
def test_that_a_part_of_a_whole_is_spared_from_the_whole(value: float, told: str) -> None:
    assert verdict([Figure("ratio", value, 0.95, best=1.0)]) == told


def test_that_a_result_says_of_each_figure_what_it_is_and_whether_all_are_met() -> None:
    figures = [Figure("a", 1.0, 2.0), Figure("b", 3.0, 2.0)]
    assert figures_in({"nodes": 7, "figures": figures}) == {
        "nodes": 7,
        "figures": {"a": {"value": 1.0, "limit": 2.0}, "b": {"value": 3.0, "limit": 2.0}},
        "met": False,
    }
