"""A long wait for an answer: it is told, given up, and asked again, without a window."""

import pytest
from pytestqt.qtbot import QtBot
from silent_engine import Bench

from gradviz.core.findings.source import Sources
from gradviz.protocol.commands import Withdraw
from gradviz.protocol.events import Answered
from gradviz.protocol.questions import FindSources, SourcesFound
from gradviz.ui.controllers.awaited_answer import AwaitedAnswer

_QUESTION = FindSources(libraries=False)


@pytest.fixture
def awaited(bench: Bench) -> AwaitedAnswer:
    return AwaitedAnswer(bench.state, bench.workbench.inspection, bench.state)


def _answered(bench: Bench) -> None:
    bench.answer(SourcesFound(libraries=False, sources=Sources()))


def test_that_a_wait_is_told_only_once_it_is_long(
    bench: Bench, awaited: AwaitedAnswer, qtbot: QtBot
) -> None:
    told: list[Answered] = []
    awaited.ask(_QUESTION, told.append)
    assert not awaited.long
    with qtbot.waitSignal(awaited.changed):
        pass
    assert awaited.long
    _answered(bench)
    assert not awaited.long
    assert len(told) == 1


def test_that_an_answer_in_time_is_not_told_as_a_wait(
    bench: Bench, awaited: AwaitedAnswer, qtbot: QtBot
) -> None:
    awaited.ask(_QUESTION, lambda _: None)
    _answered(bench)
    bench.rested(qtbot)
    assert not awaited.long


def test_that_a_wait_that_is_given_up_is_withdrawn_for_the_shown_pass(
    bench: Bench, awaited: AwaitedAnswer
) -> None:
    told: list[Answered] = []
    awaited.ask(_QUESTION, told.append)
    awaited.give_up()
    assert isinstance(bench.sent[-1], Withdraw)
    assert awaited.given_up
    _answered(bench)
    assert told == []
    bench.record(2)
    assert not awaited.given_up


def test_that_what_was_given_up_can_be_wanted_again(bench: Bench, awaited: AwaitedAnswer) -> None:
    awaited.ask(_QUESTION, lambda _: None)
    awaited.give_up()
    awaited.want_again()
    assert not awaited.given_up


def test_that_the_wait_for_an_earlier_answer_ends_with_another_pass(
    bench: Bench, awaited: AwaitedAnswer, qtbot: QtBot
) -> None:
    awaited.ask(_QUESTION, lambda _: None)
    bench.record(2)
    bench.rested(qtbot)
    assert not awaited.long
