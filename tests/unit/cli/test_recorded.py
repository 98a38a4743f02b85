"""The pass that a verb is about, before any training and after some of it."""

import argparse

import pytest

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import recorded_pass
from gradviz.protocol.questions import FindRules, RulesFound


def options(*, at_step: int, lr: float | None = None) -> argparse.Namespace:
    """Return the options of `a x`, trained for `at_step` steps."""
    nothing = dict.fromkeys(("target", "noise", "data_file", "points", "range", "dtype"))
    own = dict.fromkeys(("arguments", "inputs", "own_output", "weights"))
    texts = dict.fromkeys(("loss", "optimizer", "scheduler", "data_folder"), "")
    texts |= dict.fromkeys(("schedulers", "milestones"), "")
    return argparse.Namespace(
        **{**nothing, **own, **texts, "option": [], "scheduler_option": [], "init": []},
        model="a x",
        device="cpu",
        seed=0,
        at=None,
        trust=False,
        trust_also=[],
        at_step=at_step,
        lr=lr,
    )


def test_that_a_recorded_pass_can_be_asked_about_before_and_after_training() -> None:
    for steps, headline in ((0, "loss = "), (3, " after 3 steps")):
        engine = Engine()
        recorded = recorded_pass(engine, options(at_step=steps))
        assert headline in recorded.headline
        assert (recorded.last is not None, recorded.trace.at_step) == (steps > 0, steps)
        found = engine.answer(FindRules(), recorded.recording, RulesFound)
        assert set(found.rules) == set(recorded.graph.node)


def test_that_a_training_that_diverges_is_told_and_leaves_its_pass(
    capsys: pytest.CaptureFixture[str],
) -> None:
    recorded = recorded_pass(Engine(), options(at_step=500, lr=1.0))
    assert recorded.diverged
    assert "smaller learning rate" in capsys.readouterr().err
    assert 0 < recorded.trace.at_step < 500
