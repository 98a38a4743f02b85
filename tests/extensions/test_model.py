"""A made-up model is its class and its line, and is there wherever a model must be."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from script_runs import assert_the_script_trains
from window_acts import SOON_MS, shown, stands

from gradviz import cli
from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.catalogue import catalogue
from gradviz.engine.inspection.checks.checker import checked
from gradviz.engine.models import MODELS
from gradviz.engine.models.base import NamedModel, drawn
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.training.trainer import Trainer
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.code_panel import CodePanel
from gradviz.ui.panels.models_panel import ModelsPanel


class Wave(NamedModel):
    """y = a sin(b x)."""

    entry = ModelEntry(
        name="wave",
        title="A wave",
        summary="y = a sin(b x), made up.",
        expression="a sin(b x)",
        modes=("fit", "point"),
        loss="MSELoss, sum",
        script=ModelScript(
            make=tuple(f"{name} = torch.randn(()).to(device).requires_grad_()" for name in "ab"),
            y_pred="a * torch.sin(b * x)",
            parameters=("a", "b"),
            result="y = {a.item()} sin({b.item()} x)",
        ),
    )
    training = Training(optimizer="descent", learning_rate=1e-5)

    def __init__(self, device: torch.device) -> None:
        self.parameters = {"a": drawn(device), "b": drawn(device)}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b = self.parameters.values()
        return a * torch.sin(b * x)

    def equation(self) -> str:
        a, b = (p.item() for p in self.parameters.values())
        return f"y = {a} sin({b} x)"


@pytest.fixture(autouse=True)
def _with_the_wave(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("gradviz.engine.models.MODELS", (*MODELS, Wave))
        yield


def test_that_a_new_model_is_in_the_catalogue_and_on_the_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert catalogue().model("wave") is Wave.entry
    assert cli.main(["models"]) == 0
    assert "wave       y = a sin(b x), made up." in capsys.readouterr().out
    assert cli.main(["models", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1] == {
        "name": "wave",
        "title": "A wave",
        "summary": "y = a sin(b x), made up.",
        "expression": "a sin(b x)",
        "modes": ["fit", "point"],
    }


def test_that_a_new_model_is_built_and_trained_as_its_expression_is() -> None:
    losses = []
    for source in ("wave", Wave.entry.expression):
        trainer = Trainer(Run(Model(source=source, seed=3)))
        training = Training(
            optimizer="descent", learning_rate=1e-5, steps=100, loss=Wave.entry.loss
        )
        trainer.start(training)
        losses.append(trainer.advance(math.inf).losses)
    assert losses[0] == losses[1]
    assert losses[0][-1] < losses[0][0]


def test_that_a_new_model_is_stepped_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(Model(source="wave"))
    _, recording = run.recording()
    assert {"Sin", "a", "b"} <= {node.op for node in recording.graph.nodes}
    nodes = tuple(node.id for node in recording.graph.nodes)
    verdicts = {
        finding.verdict
        for each in checked(RunReplay(run), recording, nodes)
        for finding in each.findings
    }
    assert "agrees" in verdicts
    assert "differs" not in verdicts
    for arguments in (["step", "wave"], ["step", "wave", "--at", "0.5"], ["check", "wave"]):
        assert cli.main(arguments) == 0
    assert "Sin" in capsys.readouterr().out


def test_that_the_script_of_a_new_model_trains_as_the_engine_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_the_script_trains(tmp_path, capsys, "wave", "--steps", "200", "--seed", "5")


@pytest.mark.usefixtures("layouts")
def test_that_a_new_model_is_chosen_in_the_window(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    models = window.panels.widgets["models"]
    assert isinstance(models, ModelsPanel)
    item = models.list.item(models.list.count() - 1)
    assert item.text().endswith("A wave")
    place = models.list.visualItemRect(item).center()
    QTest.mouseClick(models.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: stands(window, "wave") and shown(window), timeout=SOON_MS)
    assert window.top.field.text() == "y = a sin(b x)"
    code = window.panels.widgets["code"]
    assert isinstance(code, CodePanel)
    code.refresh()
    assert "y_pred = a * torch.sin(b * x)" in code.text.toPlainText()
