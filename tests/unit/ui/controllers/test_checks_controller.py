"""Checks of gradients without a window: what is asked for, what is found, and how they end."""

import pytest
from silent_engine import Bench

from gradviz.core.findings.checks import Finding, NodeCheck
from gradviz.protocol.commands import Withdraw
from gradviz.protocol.questions import CheckGradients, GradientsChecked
from gradviz.ui.controllers.checks_controller import ChecksController

AGREES = (Finding(method="autograd", part="gradient", verdict="agrees"),)
DIFFERS = (Finding(method="autograd", part="gradient", verdict="differs"),)


@pytest.fixture
def checks(bench: Bench) -> ChecksController:
    return bench.workbench.checks


def checked(bench: Bench, node: str, findings: tuple[Finding, ...] = AGREES) -> None:
    """Let the engine find something at a node."""
    found = (NodeCheck(node=node, findings=findings),)
    bench.answer(GradientsChecked(checks=found, done=1, total=4, passes=2), last=False)


def test_that_the_inspected_node_or_every_leaf_is_checked(
    bench: Bench, checks: ChecksController
) -> None:
    checks.check_node()
    assert bench.sent == []
    bench.workbench.select("muld")
    checks.check_node()
    checks.check_leaves()
    assert bench.questions == [
        CheckGradients(nodes=("muld",), limit_s=None),
        CheckGradients(),
    ]
    assert bench.state.checking


def test_that_what_is_found_is_kept_with_the_newest_of_a_node_last(
    bench: Bench, checks: ChecksController
) -> None:
    checks.check_leaves()
    for node in ("a", "b"):
        checked(bench, node)
    checked(bench, "a", DIFFERS)
    assert list(checks.found) == ["b", "a"]
    assert checks.found["a"].verdict == "differs"
    assert (checks.done, checks.total, checks.passes) == (1, 4, 2)
    checks.check_leaves()
    assert (checks.done, checks.total, checks.passes) == (0, 0, 0)


def test_that_checks_that_are_stopped_keep_what_was_found(
    bench: Bench, checks: ChecksController
) -> None:
    checks.check_leaves()
    checked(bench, "a")
    bench.forget()
    checks.stop()
    (withdrawn,) = bench.sent
    assert isinstance(withdrawn, Withdraw)
    assert not bench.state.checking
    assert list(checks.found) == ["a"]
    assert checks.message == ""


def test_that_the_last_part_ends_the_checks(bench: Bench, checks: ChecksController) -> None:
    checks.check_leaves()
    checked(bench, "a")
    assert bench.state.checking
    bench.answer(GradientsChecked(checks=(), done=4, total=4))
    assert not bench.state.checking
    assert list(checks.found) == ["a"]
    assert checks.message == ""


@pytest.mark.parametrize("begun", [False, True])
def test_that_a_refusal_ends_the_checks_and_says_why(
    bench: Bench, checks: ChecksController, *, begun: bool
) -> None:
    checks.check_leaves()
    if begun:
        checked(bench, "a")
    bench.refuse(CheckGradients)
    assert not bench.state.checking
    assert checks.message == "Gone. Record."
    assert bool(checks.found) == begun


@pytest.mark.parametrize("other", ["recording", "model", "engine"])
def test_that_another_pass_ends_the_checks(
    bench: Bench, checks: ChecksController, other: str
) -> None:
    checks.check_leaves()
    checked(bench, "a")
    if other == "recording":
        bench.record(2)
    elif other == "model":
        bench.workbench.rebuild()
        bench.build()
    else:
        bench.end()
    assert not bench.state.checking
    assert bool(checks.found) == (other == "engine")
