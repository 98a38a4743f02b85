"""The leaves of a large model are checked together within a limit of time, and it says so."""

from pathlib import Path

import pytest
from own_models import CUBE, HEAD, built_in, model_of, written
from questions import events_of

from gradviz.core.findings.checks import NodeCheck
from gradviz.engine.inspection.checks import sampled, together
from gradviz.engine.machine import Machine
from gradviz.protocol.events import Answered, Event
from gradviz.protocol.questions import CheckGradients, GradientsChecked

_CODE = (
    HEAD
    + CUBE
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 5)
        self.second = nn.Linear(5, 4)
        self.common = nn.Parameter(torch.ones(1))
        self.scale = nn.Parameter(torch.zeros(3))

    def forward(self, x):
        h = self.second(Cube.apply(torch.tanh(self.first(x))))
        made = nn.Parameter(torch.ones(()))
        rooted = torch.where(self.scale > 0, self.scale.sqrt(), 0 * self.scale)
        return (torch.softmax(h + self.common, 1) * torch.arange(4.0)).sum() * made + rooted.sum()


def example_inputs():
    return torch.randn(8, 6)
"""
)


def _found(
    folder: Path, factor: float, limit_s: float | None, nodes: tuple[str, ...] = ()
) -> tuple[dict[str, NodeCheck], str]:
    """Return the checks by the names of the leaves, and how the limit of time was kept."""
    file = written(folder, _CODE.replace("FACTOR", str(factor)))
    machine = Machine()
    ops = {node.id: node.op for node in built_in(machine, model_of(file, "Net")).graph.nodes}
    question = CheckGradients(nodes=nodes, limit_s=limit_s)
    events = [each for each in events_of(machine, question) if isinstance(each, Answered)]
    answers = [each.answer for each in events if isinstance(each.answer, GradientsChecked)]
    return {ops[each.node]: each for part in answers for each in part.checks}, answers[-1].told


def _told(check: NodeCheck) -> str:
    return " ".join(finding.told for finding in check.findings)


_LINEAR = ("first.weight", "first.bias", "second.weight", "second.bias")


def test_that_leaves_that_take_too_long_one_by_one_are_moved_together(tmp_path: Path) -> None:
    checks, told = _found(tmp_path, 3, limit_s=0.0)
    assert {checks[name].verdict for name in _LINEAR} == {"agrees"}
    assert "moved together with the other 4 leaves" in _told(checks["first.weight"])
    assert "One by one" in told
    assert "4 are checked together" in told


@pytest.mark.parametrize(("limit_s", "told"), [(0.0, "1 random"), (0.2, "2 random")])
def test_that_another_direction_is_taken_where_the_limit_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit_s: float, told: str
) -> None:
    # Leaf by leaf takes an hour, and the directions no time at all.
    monkeypatch.setattr(sampled, "_PASSES", 10**9)
    monkeypatch.setattr(together, "_fits", lambda began, taken, ends: limit_s > 0)
    checks, _ = _found(tmp_path, 3, limit_s=limit_s)
    assert told in _told(checks["first.weight"])


def test_that_a_leaf_whose_part_is_not_seen_among_all_is_not_checked(tmp_path: Path) -> None:
    checks, _ = _found(tmp_path, 3, limit_s=0.0)
    assert checks["common"].verdict == "unchecked"
    assert "too small to be seen" in _told(checks["common"])


def test_that_other_reasons_stay_as_they_are_without_a_limit(tmp_path: Path) -> None:
    for limit_s in (0.0, None):
        checks, _ = _found(tmp_path, 3, limit_s=limit_s)
        assert checks["scale"].verdict == "non-finite"
        assert checks["leaf 1"].verdict == "unchecked"
        assert "makes this leaf anew" in _told(checks["leaf 1"])


@pytest.mark.parametrize("factor", [2, 3.001])
def test_that_a_wrong_gradient_among_all_is_found_beyond_the_limit(
    tmp_path: Path, factor: float
) -> None:
    checks, told = _found(tmp_path, factor, limit_s=0.0)
    verdicts = {name: checks[name].verdict for name in _LINEAR}
    assert verdicts == {
        "first.weight": "differs",
        "first.bias": "differs",
        "second.weight": "agrees",
        "second.bias": "agrees",
    }
    assert "beyond the limit of time" in told


def test_that_a_model_that_is_checked_in_time_is_checked_leaf_by_leaf(tmp_path: Path) -> None:
    for limit_s in (600.0, None):
        checks, told = _found(tmp_path, 3, limit_s=limit_s)
        assert told == ""
        assert checks["common"].verdict == "agrees"
        assert "moved together" not in _told(checks["first.weight"])


def test_that_a_node_between_says_that_the_time_was_over(tmp_path: Path) -> None:
    checks, _ = _found(tmp_path, 3, limit_s=0.0, nodes=("n1",))
    (check,) = checks.values()
    assert check.verdict == "unchecked"
    assert "limit of time was over" in _told(check)


def test_that_a_model_too_large_for_the_memory_is_not_moved_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_MAXIMUM_ELEMENTS", 10)
    checks, told = _found(tmp_path, 3, limit_s=0.0)
    assert {checks[name].verdict for name in _LINEAR} == {"unchecked"}
    assert "as many are checked as the limit of time allows" in told


def test_that_the_leaves_are_left_as_they_are_so_that_another_check_finds_the_same(
    tmp_path: Path,
) -> None:
    machine = Machine()
    built_in(machine, model_of(written(tmp_path, _CODE.replace("FACTOR", "3")), "Net"))
    one, other = (events_of(machine, CheckGradients(limit_s=0.0)) for _ in range(2))
    assert _findings(one) == _findings(other)


def _findings(events: list[Event]) -> list[NodeCheck]:
    answers = [each.answer for each in events if isinstance(each, Answered)]
    parts = [each for each in answers if isinstance(each, GradientsChecked)]
    return [check for part in parts for check in part.checks]
