"""A made-up optimizer is one row, and is there wherever an optimizer must be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from local_engine import LocalEngine
from script_runs import assert_the_script_trains

from gradviz import cli
from gradviz.core.choices.catalogue import OptimizerEntry
from gradviz.engine.catalogue import catalogue
from gradviz.engine.optim.optimizers import OPTIMIZERS, OptimizerRow
from gradviz.engine.optim.signatures import options_of
from gradviz.protocol.commands import ChangeTraining
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel


class Search(torch.optim.LBFGS):
    """Another one that computes the loss several times in each step."""


PLAIN = OptimizerRow(
    OptimizerEntry(
        name="plain",
        title="Plain steps",
        learning_rate=1e-3,
        options=options_of(torch.optim.NAdam),
        constructor="torch.optim.NAdam",
    ),
    torch.optim.NAdam,
)
SEARCH = OptimizerRow(
    OptimizerEntry(
        name="search",
        title="Search",
        learning_rate=1.0,
        options=options_of(Search),
        constructor="torch.optim.LBFGS",
        closure=True,
    ),
    Search,
)
_each = pytest.mark.parametrize("row", [PLAIN, SEARCH], ids=lambda row: row.entry.name)


@pytest.fixture(autouse=True)
def _with_the_optimizers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("gradviz.engine.optim.optimizers.OPTIMIZERS", (*OPTIMIZERS, PLAIN, SEARCH))
        yield


@_each
def test_that_a_new_optimizer_is_in_the_catalogue_and_on_the_list(
    row: OptimizerRow, capsys: pytest.CaptureFixture[str]
) -> None:
    assert catalogue().optimizer(row.entry.name) is row.entry
    assert cli.main(["optimizers"]) == 0
    assert f"{row.entry.name:10} {row.entry.title}" in capsys.readouterr().out


def test_that_the_script_with_a_new_optimizer_trains_as_the_engine_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ("--points", "30", "--steps", "100", "--lr", "0.01")
    plain = ("a x + b", "--optimizer", "plain", "--option", "weight_decay=0.1")
    assert_the_script_trains(tmp_path, capsys, *plain, *common)
    search = ("module", "--optimizer", "search", "--option", "max_iter=2")
    assert_the_script_trains(tmp_path, capsys, *search, *common)


@pytest.mark.usefixtures("layouts")
@_each
def test_that_a_new_optimizer_is_in_the_form_with_its_options(
    row: OptimizerRow, window: MainWindow, engine: LocalEngine
) -> None:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    index = panel.optimizer.findText(row.entry.title)
    assert index >= 0
    panel.optimizer.setCurrentIndex(index)
    panel.optimizer.activated.emit(index)
    sent = engine.sent[-1]
    assert isinstance(sent, ChangeTraining)
    assert sent.training.optimizer == row.entry.name
    assert list(panel.options.controls) == [option.name for option in row.entry.options]
