"""A window on recordings of another program: what it shows, answers and refuses."""

import dataclasses

import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.places import TensorPlace
from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.presenter import RUN, Presenter
from gradviz.engine.recording.recorder import record
from gradviz.protocol.commands import (
    Ask,
    BuildModel,
    Command,
    ForgetKept,
    KeepRecording,
    StartTraining,
    VisitStep,
)
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    CommandFailed,
    Event,
    ModelBuilt,
    PassesListed,
    RecordingKept,
    Unanswered,
)
from gradviz.protocol.questions import (
    CompareWithKept,
    ExplainMissing,
    MissingGradients,
    Question,
    ReadTensorPage,
    RecordingsCompared,
    TensorPage,
    TimePass,
)


def _shown(step: int = 0) -> tuple[Shown, torch.Tensor, torch.Tensor]:
    w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    x = torch.tensor([4.0, 5.0, 6.0])
    loss = ((w * x) ** 2).sum() * (step + 1)
    value = float(loss.detach())
    return Shown(record(loss, {"w": w}), f"step {step}", value, step), w, x


def _answers(presenter: Presenter, command: Command) -> list[Event]:
    events = list(presenter.handle(command))
    while presenter.busy:
        events += presenter.advance()
    return events


def test_that_it_offers_nothing_to_build() -> None:
    started = Presenter().started()
    assert not started.catalogue.models
    assert not started.catalogue.optimizers
    assert started.catalogue.torch == str(torch.__version__)


def test_that_a_pass_is_shown_as_a_model_at_a_point_without_modes() -> None:
    shown, _, _ = _shown()
    built, listed, recorded = Presenter().present("loss", [shown])
    assert isinstance(built, ModelBuilt)
    assert isinstance(recorded, BackwardRecorded)
    assert (built.mode, built.modes, built.output) == ("point", (), shown.output)
    assert built.model.source == "loss"
    assert recorded.trace is shown.recording.trace
    assert isinstance(listed, PassesListed)
    assert listed.titles == ("step 0",)


def _leaf(shown: Shown) -> str:
    return next(node.id for node in shown.recording.graph.nodes if node.op == "w")


def _page(shown: Shown, recording: int = 1, number: int = 7) -> Ask:
    place = TensorPlace(node=_leaf(shown), part="gradient")
    question = ReadTensorPage(place=place, rows=1, columns=3)
    return Ask(run=RUN, recording=recording, number=number, question=question)


def test_that_questions_are_answered_with_the_very_tensors() -> None:
    shown, w, x = _shown()
    presenter = Presenter()
    list(presenter.present("loss", [shown]))
    (answered,) = _answers(presenter, _page(shown))
    assert isinstance(answered, Answered)
    assert isinstance(answered.answer, TensorPage)
    assert answered.answer.values is not None
    expected = (2 * w * x * x).tolist()
    assert answered.answer.values.floats().flatten().tolist() == expected


def test_that_a_question_about_an_earlier_pass_is_refused_in_words() -> None:
    shown, _, _ = _shown()
    presenter = Presenter()
    list(presenter.present("loss", [shown]))
    list(presenter.present("loss", [shown]))
    (refused,) = _answers(presenter, _page(shown, recording=1))
    assert isinstance(refused, Unanswered)
    assert refused.message == "Another pass is shown by now."
    assert isinstance(_answers(presenter, _page(shown, recording=2))[0], Answered)


@pytest.mark.parametrize("question", [TimePass(), ExplainMissing()])
def test_that_a_question_that_needs_another_pass_is_refused_in_words(question: Question) -> None:
    shown, _, _ = _shown()
    presenter = Presenter()
    list(presenter.present("loss", [shown]))
    events = _answers(presenter, Ask(run=RUN, recording=1, number=1, question=question))
    (refused,) = events
    assert isinstance(refused, Unanswered)
    assert refused.message.startswith("This pass is that of another program")
    assert not refused.details


@pytest.mark.parametrize(
    "command",
    [
        BuildModel(1, Model(source="a x")),
        StartTraining(RUN, Training(optimizer="sgd", learning_rate=1.0)),
    ],
)
def test_that_building_and_training_are_refused_in_a_sentence(command: Command) -> None:
    presenter = Presenter()
    list(presenter.present("loss", [_shown()[0]]))
    (failed,) = _answers(presenter, command)
    assert isinstance(failed, CommandFailed)
    assert failed.run == command.run
    assert "another program" in failed.message
    assert failed.hint


def test_that_each_kept_pass_can_be_visited_by_its_step() -> None:
    passes = [_shown(step)[0] for step in (0, 10, 20)]
    presenter = Presenter()
    _, listed, _ = presenter.present("loss", passes)
    assert isinstance(listed, PassesListed)
    assert (listed.steps, listed.shown) == ((0, 10, 20), 2)
    listed, recorded = _answers(presenter, VisitStep(RUN, 10))
    assert isinstance(recorded, BackwardRecorded)
    assert isinstance(listed, PassesListed)
    assert recorded.trace is passes[1].recording.trace
    assert (listed.shown, listed.output) == (1, passes[1].output)
    assert isinstance(_answers(presenter, _page(passes[1], recording=2))[0], Answered)
    assert _answers(presenter, VisitStep(RUN, 11)) == []


def test_that_a_kept_pass_outlives_those_that_are_shown_after_it() -> None:
    presenter = Presenter()
    list(presenter.present("loss", [_shown()[0]]))
    (kept,) = _answers(presenter, KeepRecording(RUN))
    assert isinstance(kept, RecordingKept)
    assert kept.kept is not None
    assert kept.kept.title == "loss, step 0"
    list(presenter.present("loss", [_shown(1)[0]]))
    events = _answers(presenter, Ask(run=RUN, recording=2, number=1, question=CompareWithKept()))
    assert isinstance(events[-1], Answered)
    assert isinstance(events[-1].answer, RecordingsCompared)
    assert _answers(presenter, ForgetKept(RUN)) == [RecordingKept(RUN, None)]


def test_that_the_reasons_that_were_noted_for_missing_gradients_are_told() -> None:
    shown, _, _ = _shown()
    lost = MissingGradients(leaves=2, missing=())
    presenter = Presenter()
    list(presenter.present("loss", [dataclasses.replace(shown, missing=lost)]))
    asked = Ask(run=RUN, recording=1, number=1, question=ExplainMissing())
    (answered,) = _answers(presenter, asked)
    assert isinstance(answered, Answered)
    assert answered.answer == lost
