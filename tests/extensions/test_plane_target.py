"""A made-up target for networks of two inputs is one row, on the command line and in the window."""

import json
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from window_acts import typed

from gradviz import cli
from gradviz.core.choices import drawn_points
from gradviz.core.choices.drawn_points import PLANES, PlaneRow
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.plane_panel import PlanePanel

_NETWORK = "Linear(2, 1)"


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def halves(
        rng: np.random.Generator, labels: drawn_points._Labels
    ) -> tuple[drawn_points._Floats, drawn_points._Floats]:
        x, y = rng.uniform(0.1, 0.9, (2, len(labels)))
        return np.where(labels == 0, -x, x), y

    with monkeypatch.context() as patch:
        patch.setitem(PLANES, "halves", PlaneRow("Halves", 2, halves))
        yield


def test_that_it_is_a_target_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (_NETWORK, "--target", "halves", "--points", "50", "--steps", "300", "--lr", "0.1")
    assert cli.main(["train", *arguments, "--json"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["correct"] == result["points"] == 50
    assert result["held_correct"] == result["held_out"] == 25


@pytest.mark.usefixtures("layouts")
def test_that_it_is_chosen_in_the_panel(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, _NETWORK)
    panel = window.panels.widgets["plane"]
    assert isinstance(panel, PlanePanel)
    assert panel.target.findText("Halves") >= 0
    window.workbench.choose_data(target="halves")
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.target == "halves",
        timeout=5000,
    )
