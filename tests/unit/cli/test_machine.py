"""The engine in this process: its answers and its refusals."""

import pytest

from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.refusals import RefusedError
from gradviz.core.choices.settings import Model
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import TrainingStopped


def test_that_a_refusal_has_the_text_of_the_model_that_was_built_last() -> None:
    engine = Engine()
    engine.first_pass(Model(source="x^2"))
    with pytest.raises(RefusedError) as refused:
        engine.first_pass(Model(source="5x +* 3"))
    assert (refused.value.model, refused.value.event.position) == ("5x +* 3", 4)


def test_that_all_events_are_followed_until_the_training_stands_still() -> None:
    engine = Engine()
    built, recorded = engine.build(Model(source="a x", points=10))
    events = list(engine.follow(StartTraining(RUN, built.training)))
    assert isinstance(events[-1], TrainingStopped)
    assert recorded.recording == 1
