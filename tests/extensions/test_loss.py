"""A made-up loss is one row, and is there wherever a loss must be."""

from collections.abc import Iterator
from pathlib import Path

import mpmath
import pytest
import torch
from local_engine import LocalEngine
from pytestqt.qtbot import QtBot
from script_runs import assert_the_script_trains
from window_acts import SOON_MS, shown, stands

from gradviz import cli
from gradviz.core.choices.catalogue import LossEntry
from gradviz.core.choices.settings import Model
from gradviz.engine.catalogue import catalogue
from gradviz.engine.inspection.checks.checker import checked
from gradviz.engine.optim.losses import LOSSES, LossRow, loss_row
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel

LOG_COSH = LossRow(
    LossEntry(
        name="log-cosh",
        title="Σ log cosh",
        criterion="lambda y_pred, y: torch.log(torch.cosh(y_pred - y)).sum()",
    ),
    lambda y_pred, y: torch.log(torch.cosh(y_pred - y)).sum(),
    slope=mpmath.tanh,
)
MARGIN = LossRow(
    LossEntry(
        name="margin",
        title="margin",
        target="classes",
        criterion="torch.nn.MultiMarginLoss()",
    ),
    torch.nn.MultiMarginLoss(),
)


@pytest.fixture(autouse=True)
def _with_the_losses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("gradviz.engine.optim.losses.LOSSES", (*LOSSES, LOG_COSH, MARGIN))
        yield


def offered(panel: TrainingPanel) -> list[str]:
    return [panel.loss.itemText(index) for index in range(panel.loss.count())]


def test_that_a_new_loss_is_in_the_catalogue() -> None:
    assert catalogue().loss("log-cosh") is LOG_COSH.entry


def test_that_the_script_with_a_new_loss_trains_as_the_engine_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for model in ("a x + b", "module"):
        chosen = (model, "--loss", "log-cosh", "--lr", "1e-5", "--steps", "100")
        assert_the_script_trains(tmp_path, capsys, *chosen)


def test_that_the_formula_of_a_new_loss_is_compared_with_the_gradients() -> None:
    run = Run(Model(source="a sin(b x)", points=20))
    run.loss = loss_row("log-cosh").function
    found = [each for node in checked(RunReplay(run), run.recording()[1]) for each in node.findings]
    assert [each.verdict for each in found if each.method == "sympy"] == ["agrees"] * 2


def test_that_a_new_loss_for_classes_is_for_a_model_of_classes_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chosen = ("classifier", "--loss", "margin", "--steps", "3")
    assert cli.main(["train", *chosen]) == 0
    assert cli.main(["code", *chosen]) == 0
    assert "loss_fn = nn.MultiMarginLoss()" in capsys.readouterr().out
    assert cli.main(["train", "autograd", "--loss", "margin"]) == 2
    assert "Margin is for classes" in capsys.readouterr().err
    assert cli.main(["train", "classifier", "--loss", "log-cosh"]) == 2


@pytest.mark.usefixtures("layouts")
def test_that_a_new_loss_is_in_the_form_of_the_models_with_its_target(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    assert "Σ log cosh" in offered(panel)
    assert "margin" not in offered(panel)
    panel.loss.setCurrentIndex(panel.loss.findData("log-cosh"))
    panel.loss.activated.emit(panel.loss.currentIndex())
    sent = engine.sent[-1]
    assert isinstance(sent, ChangeTraining)
    assert sent.training.loss == "log-cosh"
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: stands(window, "classifier") and shown(window), timeout=SOON_MS)
    assert offered(panel) == [
        "the model's own",
        "cross-entropy",
        "NLLLoss of log_softmax",
        "MultiMarginLoss",
        "margin",
    ]
    assert panel.loss.isEnabled()
