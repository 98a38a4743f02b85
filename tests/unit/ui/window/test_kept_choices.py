"""The choices that the window remembers from one start to the next."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from silent_engine import Bench

from gradviz.ui.actions.pace_actions import PACES
from gradviz.ui.window.kept_choices import KeptChoices


@pytest.fixture
def settings(tmp_path: Path, qapp: object) -> QSettings:
    return QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)


def restored(settings: QSettings) -> Bench:
    """Return the bench of a later start."""
    bench = Bench()
    KeptChoices(settings, bench.workbench).restore()
    return bench


def test_that_without_a_choice_the_first_ones_are_made(settings: QSettings) -> None:
    state = restored(settings).state
    assert state.minimap
    assert state.pace == 0.0
    assert not state.begins_at_inputs


def test_that_each_choice_is_made_again_at_the_next_start(settings: QSettings) -> None:
    choices = KeptChoices(settings, Bench().workbench)
    pace = max(PACES)
    choices.choose_minimap(False)
    choices.choose_pace(pace)
    choices.choose_beginning(at_inputs=True)
    choices.choose_names("backward")
    state = restored(settings).state
    assert not state.minimap
    assert state.pace == pace > 0.0
    assert state.begins_at_inputs
    assert state.shown.names == "backward"


def test_that_a_pace_that_cannot_be_chosen_is_full_speed(settings: QSettings) -> None:
    settings.setValue("pace", "17.5")
    assert restored(settings).state.pace == 0.0
