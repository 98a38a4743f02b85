"""Errors as events: each is told in its place."""

import pytest

from gradviz.core.choices.settings import Model
from gradviz.core.errors import DeviceError, ExpressionError, ModelError, SettingError
from gradviz.engine.failures import failure
from gradviz.protocol.commands import BuildModel, ChangeLearningRate, Command

_BUILD = BuildModel(4, Model(source="x"))


@pytest.mark.parametrize(
    ("error", "command", "subject"),
    [
        (ExpressionError("m", "h"), _BUILD, "expression"),
        (ModelError("m", "h"), _BUILD, "model"),
        (DeviceError("m", "h"), _BUILD, "device"),
        (SettingError("m", "h"), _BUILD, "model"),
        (SettingError("m", "h"), ChangeLearningRate(4, 0.0), "training"),
        (SettingError("m", "h"), None, "training"),
    ],
)
def test_that_an_expected_error_has_its_subject_and_no_traceback(
    error: Exception, command: Command | None, subject: str
) -> None:
    event = failure(4, error, command)
    assert (event.run, event.subject) == (4, subject)
    assert (event.message, event.hint, event.details) == ("m", "h", "")


def test_that_an_unexpected_error_without_words_is_called_by_its_type() -> None:
    event = failure(4, ZeroDivisionError())
    assert event.subject == "engine"
    assert "ZeroDivisionError" in event.message
    assert "ZeroDivisionError" in event.details


def test_that_only_the_first_line_of_an_error_is_its_message() -> None:
    assert failure(4, RuntimeError("first\nsecond")).message.endswith("first")
