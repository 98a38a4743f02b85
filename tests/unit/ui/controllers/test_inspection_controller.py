"""Questions of the window: each asker gets the answers to its own, and only while they fit."""

from gradviz.core.choices.settings import Model, Training
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.protocol.commands import Ask, Command, Withdraw
from gradviz.protocol.events import Answered, ModelBuilt, Unanswered
from gradviz.protocol.questions import (
    Answer,
    CheckGradients,
    ExplainMissing,
    FindRules,
    GradientsChecked,
    MissingGradients,
    RulesFound,
)
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

_NONE_MISSING = MissingGradients(leaves=2, missing=())


def _state(run: int = 1, recording: int = 3) -> State:
    state = State()
    state.engine = "ready"
    state.recording = recording
    state.built = ModelBuilt(
        run=run,
        model=Model(source="a x"),
        mode="fit",
        modes=("fit",),
        graph=Graph(nodes=(), edges=(), output=""),
        training=Training(optimizer="descent", learning_rate=1e-6),
        snapshot=Snapshot(parameters={}, equation=""),
        output=0.0,
    )
    return state


def _answered(
    number: int, answer: Answer = _NONE_MISSING, *, recording: int = 3, last: bool = True
) -> Answered:
    return Answered(run=1, recording=recording, number=number, answer=answer, last=last)


class Asked:
    """A controller with a state, and the commands that it has sent."""

    def __init__(self) -> None:
        self.state = _state()
        self.sent: list[Command] = []
        self.controller = InspectionController(self.state, self.sent.append)
        self.answers: list[Answered] = []
        self.refusals: list[Unanswered] = []


def test_that_a_question_goes_out_with_the_run_and_the_recording_that_are_shown() -> None:
    asked = Asked()
    first = asked.controller.ask(FindRules(), asked.answers.append)
    second = asked.controller.ask(CheckGradients(nodes=("n1",)), asked.answers.append)
    assert asked.sent == [
        Ask(run=1, recording=3, number=first.number, question=FindRules()),
        Ask(run=1, recording=3, number=second.number, question=CheckGradients(nodes=("n1",))),
    ]
    assert first.number != second.number


def test_that_each_asker_gets_the_answers_to_its_own_question() -> None:
    asked = Asked()
    others: list[Answered] = []
    first = asked.controller.ask(FindRules(), others.append)
    second = asked.controller.ask(ExplainMissing(), asked.answers.append)
    asked.controller.hear(_answered(second.number))
    asked.controller.hear(_answered(first.number, RulesFound({})))
    assert [event.answer for event in asked.answers] == [_NONE_MISSING]
    assert [event.answer for event in others] == [RulesFound({})]


def test_that_parts_come_until_the_last_and_nothing_after_it() -> None:
    asked = Asked()
    inquiry = asked.controller.ask(CheckGradients(), asked.answers.append)
    part = GradientsChecked(checks=(), done=0, total=2)
    for last in (False, False, True, True):
        asked.controller.hear(_answered(inquiry.number, part, last=last))
    assert [event.last for event in asked.answers] == [False, False, True]


def test_that_an_answer_about_an_older_recording_is_dropped() -> None:
    asked = Asked()
    inquiry = asked.controller.ask(ExplainMissing(), asked.answers.append, asked.refusals.append)
    asked.state.recording = 4
    asked.controller.hear(_answered(inquiry.number))
    assert (asked.answers, asked.refusals) == ([], [])


def test_that_only_a_failure_is_told_as_a_refusal() -> None:
    asked = Asked()
    for reason in ("replaced", "withdrawn", "failed"):
        inquiry = asked.controller.ask(FindRules(), asked.answers.append, asked.refusals.append)
        event = Unanswered(run=1, number=inquiry.number, reason=reason, message="It failed.")
        asked.controller.hear(event)
        # A question is ended once.
        asked.controller.hear(event)
    assert [event.reason for event in asked.refusals] == ["failed"]


def test_that_what_was_withdrawn_is_told_to_the_engine_once_and_answered_no_more() -> None:
    asked = Asked()
    inquiry = asked.controller.ask(CheckGradients(), asked.answers.append, asked.refusals.append)
    asked.controller.withdraw(inquiry)
    asked.controller.withdraw(inquiry)
    asked.controller.hear(_answered(inquiry.number))
    assert asked.sent[1:] == [Withdraw(1, inquiry.number)]
    assert asked.answers == []


def test_that_an_engine_that_has_ended_leaves_no_question_open() -> None:
    asked = Asked()
    inquiry = asked.controller.ask(FindRules(), asked.answers.append, asked.refusals.append)
    asked.state.engine = "starting"
    asked.state.engine_changed.emit()
    asked.controller.hear(_answered(inquiry.number, RulesFound({})))
    asked.controller.withdraw(inquiry)
    assert (asked.answers, asked.refusals, len(asked.sent)) == ([], [], 1)
