"""A made-up scheduler is one row, and is there wherever a scheduler must be."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from local_engine import LocalEngine
from script_runs import assert_the_script_trains
from torch.optim import lr_scheduler

from gradviz import cli
from gradviz.engine.catalogue import catalogue
from gradviz.engine.optim.schedulers import SCHEDULERS, SchedulerRow, scheduler_row
from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel

WARM_UP = SchedulerRow(
    msgspec.structs.replace(
        scheduler_row("LinearLR").entry,
        name="WarmUp",
        title="Warm up",
        constructor="torch.optim.lr_scheduler.LinearLR",
    ),
    lr_scheduler.LinearLR,
)


@pytest.fixture(autouse=True)
def _with_the_scheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("gradviz.engine.optim.schedulers.SCHEDULERS", (*SCHEDULERS, WARM_UP))
        yield


def test_that_a_new_scheduler_is_in_the_catalogue_and_on_the_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert catalogue().scheduler("WarmUp") is WARM_UP.entry
    assert cli.main(["schedulers"]) == 0
    assert "WarmUp                       starts from --lr" in capsys.readouterr().out


def test_that_the_script_with_a_new_scheduler_trains_as_the_engine_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--scheduler", "WarmUp", "--scheduler-option", "total_iters=40")
    common = (*chosen, "--points", "30", "--steps", "100", "--lr", "1e-3")
    assert_the_script_trains(tmp_path, capsys, "a x + b", *common)
    assert_the_script_trains(tmp_path, capsys, "a x + b", "--optimizer", "sgd", *common)


@pytest.mark.usefixtures("layouts")
def test_that_a_new_scheduler_is_in_the_form_with_its_options(
    window: MainWindow, engine: LocalEngine
) -> None:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    form = panel.schedule
    index = form.scheduler.findText("Warm up")
    assert index >= 0
    form.scheduler.setCurrentIndex(index)
    form.scheduler.activated.emit(index)
    sent = engine.sent[-1]
    assert isinstance(sent, ChangeTraining)
    assert sent.training.scheduler == "WarmUp"
    assert list(form.options.controls) == [option.name for option in WARM_UP.entry.options]
