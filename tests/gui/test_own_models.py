"""A user's own model in the window: asked for, trusted, built, trained, and not waited for."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from own_models import HEAD, NET, written
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from torch import nn
from window_acts import SOON_MS, action, rested, stands, typed

from gradviz.core.choices.settings import Model
from gradviz.ui.dialogs.open_model import OpenModelDialog
from gradviz.ui.main_window import MainWindow

ANSWER_MS = 20_000


def canary(mark: Path) -> str:
    """Return a file that leaves a mark when it is run, with a model."""
    return f"from pathlib import Path\nPath({str(mark)!r}).write_text('executed')\n{NET}"


def asked(window: MainWindow) -> OpenModelDialog:
    """Return the dialog that is open."""
    dialog = window.own_models.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def click(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(dialog: OpenModelDialog, **texts: str) -> None:
    """Type into the fields of the dialog."""
    for field, text in texts.items():
        edit = dialog.name.lineEdit() if field == "name" else dialog.fields[field]
        assert edit is not None
        edit.clear()
        QTest.keyClicks(edit, text)


def run(window: MainWindow, qtbot: QtBot, path: Path, **texts: str) -> None:
    """Open a file, fill the form, trust and run, and wait until the model stands."""
    window.own_models.open(Model(source=str(path)))
    fill(asked(window), **texts)
    click(asked(window).run)
    qtbot.waitUntil(lambda: window.own_models.dialog is None, timeout=SOON_MS)
    assert window.state.built is not None
    assert window.state.built.model.source.startswith(str(path))


@pytest.fixture
def local(layouts: object, window: MainWindow) -> MainWindow:
    """Return a window over an engine in this process."""
    return window


@pytest.fixture(autouse=True)
def _no_dialog_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, OpenModelDialog) and widget.isVisible():
            widget.reject()


def test_that_a_file_runs_only_when_trust_is_given(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    path = written(tmp_path, canary(mark))
    before = local.state.built
    local.own_models.open(Model(source=str(path)))
    dialog = asked(local)
    assert "class Net" in dialog.preview.toPlainText()
    assert "your rights" in dialog.warning.text()
    assert dialog.run.text() == "Trust and run"
    press_enter_everywhere(dialog)
    click(dialog.cancel)
    rested(local, qtbot)
    assert not mark.exists()
    assert local.state.built is before
    run(local, qtbot, path)
    assert mark.read_text() == "executed"
    local.own_models.open(Model(source=str(path)))
    assert asked(local).run.text() == "Run"
    click(asked(local).cancel)


def press_enter_everywhere(dialog: OpenModelDialog) -> None:
    for edit in dialog.fields.values():
        QTest.keyClick(edit, Qt.Key.Key_Return)


def test_that_a_changed_file_is_asked_for_again(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    path = written(tmp_path, NET)
    run(local, qtbot, path, arguments="3, hidden=5")
    path.write_text(canary(mark))
    action(local, "gradviz.model.rebuild").trigger()
    qtbot.waitUntil(lambda: local.own_models.dialog is not None, timeout=SOON_MS)
    assert asked(local).run.text() == "Trust and run"
    assert asked(local).fields["arguments"].text() == "3, hidden=5"
    assert not mark.exists()
    click(asked(local).run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    assert mark.exists()


def test_that_what_a_file_imports_from_its_folder_is_shown_and_trusted_with_it(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    helper = written(tmp_path, f"open({str(mark)!r}, 'w').close()\n", "helper.py")
    path = written(tmp_path, "import helper\n" + NET)

    def rows() -> list[str]:
        return [dialog.listed.item(row).text() for row in range(dialog.listed.count())]

    local.own_models.open(Model(source=str(path)))
    dialog = asked(local)
    assert rows() == ["net.py · new", "helper.py · new"]
    QTest.keyClick(dialog.listed, Qt.Key.Key_Down)
    assert str(mark) in dialog.preview.toPlainText()
    QTest.keyClick(dialog.listed, Qt.Key.Key_Return)
    assert not dialog.waiting
    assert not mark.exists()
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    assert mark.exists()
    mark.unlink()
    helper.write_text(helper.read_text() + "# changed\n")
    action(local, "gradviz.model.rebuild").trigger()
    qtbot.waitUntil(lambda: local.own_models.dialog is not None, timeout=SOON_MS)
    dialog = asked(local)
    assert rows() == ["net.py · trusted", "helper.py · changed since you trusted it"]
    assert "# changed" in dialog.preview.toPlainText()
    assert dialog.warning.text().startswith("helper.py has changed since you gave trust.")
    assert dialog.run.text() == "Trust and run"
    assert not mark.exists()
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    assert mark.exists()
    local.own_models.open(Model(source=str(path)))
    assert asked(local).run.text() == "Run"
    assert asked(local).warning.text().startswith("You have trusted these files")


def test_that_an_import_that_only_a_run_finds_is_asked_for_in_the_dialog(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    written(tmp_path, f"open({str(mark)!r}, 'w').close()\n", "late.py")
    path = written(tmp_path, "__import__('la' + 'te')\n" + NET)
    local.own_models.open(Model(source=str(path)))
    dialog = asked(local)
    assert not dialog.listed.isVisible()
    click(dialog.run)
    qtbot.waitUntil(dialog.listed.isVisible, timeout=SOON_MS)
    assert dialog.listed.item(1).text() == "late.py · new"
    assert str(mark) in dialog.preview.toPlainText()
    assert "late.py, which net.py imports, is not trusted" in dialog.errors["source"].text()
    assert dialog.run.text() == "Trust and run"
    assert not mark.exists()
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    assert mark.exists()
    local.own_models.open(Model(source=str(path)))
    assert asked(local).listed.item(1).text() == "late.py · trusted"


def test_that_errors_stand_under_their_fields(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    local.own_models.open(Model(source=str(path)))
    dialog = asked(local)

    def told(field: str) -> str:
        label = dialog.errors[field]
        return label.text() if label.isVisible() else ""

    fill(dialog, inputs="randn(2; 3)")
    assert "At “;”" in told("inputs")
    click(dialog.run)
    assert not dialog.waiting
    fill(dialog, inputs="randn(2, 3)", output="logits", name="Net")
    click(dialog.run)
    qtbot.waitUntil(lambda: bool(told("output")), timeout=SOON_MS)
    assert told("inputs") == ""
    assert "There is: output (2, 2) float32" in told("output")
    fill(dialog, output="", arguments="depth=1")
    click(dialog.run)
    qtbot.waitUntil(lambda: bool(told("arguments")), timeout=SOON_MS)
    fill(dialog, arguments="", weights="nothing.pt")
    click(dialog.run)
    qtbot.waitUntil(lambda: bool(told("weights")), timeout=SOON_MS)
    fill(dialog, weights="")
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)


def test_that_the_traceback_of_the_file_is_in_the_details(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET.replace("torch.tanh", "torch.tan_h"))
    local.own_models.open(Model(source=str(path)))
    click(asked(local).run)
    qtbot.waitUntil(lambda: asked(local).details.isVisible(), timeout=SOON_MS)
    assert "in line 12 of net.py" in asked(local).errors["source"].text()
    notice = asked(local)._notice
    assert notice is not None
    assert "return self.second(torch.tan_h(self.first(x)))" in notice.details


def test_that_an_own_model_is_shown_trained_and_left(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run(local, qtbot, written(tmp_path, NET))
    for name, panel in local.panels.widgets.items():
        local.panels.docks[name].show()
        local.panels.docks[name].raise_()
        qtbot.waitUntil(partial(getattr, panel, "seen"), timeout=SOON_MS)
    assert "net.py" in local.windowTitle()
    assert "Training makes this loss small" in local.top.hint.text()
    assert not local.top.target.isVisible()
    action(local, "gradviz.train.step").trigger()
    qtbot.waitUntil(lambda: local.state.progress.step == 1, timeout=SOON_MS)
    texts = [label.text() for label in local.findChildren(QLabel) if label.isVisible()]
    assert "This model is no curve over x." in texts or not local.panels.docks["fit"].isVisible()
    typed(local, qtbot, "a x + b")
    assert local.state.model == Model(source="a x + b", mode=local.state.model.mode)


def test_that_a_file_can_be_dropped_onto_the_window(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    for name, taken in (("picture.png", False), (path.name, True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), actions, data, Qt.MouseButton.LeftButton, none)
        enter.ignore()
        QApplication.sendEvent(local, enter)
        assert enter.isAccepted() == taken
        assert not local.top.field.canInsertFromMimeData(data)
    drop = QDropEvent(QPointF(5, 5), actions, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(local, drop)
    qtbot.waitUntil(lambda: local.own_models.dialog is not None, timeout=SOON_MS)
    assert str(path) in [label.text() for label in asked(local).findChildren(QLabel)]


def test_that_open_model_asks_for_a_file_and_offers_it_again(
    local: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, NET)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    assert not local.own_models.menu.isEnabled()
    QTest.keyClick(local, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    fill(asked(local), name="Net", inputs="ones(1, 3)")
    click(asked(local).run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    (recent,) = local.own_models.menu.actions()
    assert recent.text() == "net.py:Net"
    recent.trigger()
    assert asked(local).fields["inputs"].text() == "ones(1, 3)"
    assert asked(local).name.currentText() == "Net"


def test_that_what_another_version_remembered_is_left_out(
    local: MainWindow, settings: QSettings
) -> None:
    settings.setValue("recent_models", ["{}", "no json", '{"source": 3}'])
    assert local.own_models.recent() == []


ENDLESS = (
    HEAD
    + "class Net(nn.Linear):\n"
    + "    def __init__(self):\n        super().__init__(1, 1)\n"
    + "    def forward(self):\n        while True: pass\n"
)


def test_that_what_stood_before_is_built_after_a_stop_and_after_a_model_that_ends_the_engine(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = real_window
    before = window.state.model.source
    window.own_models.open(Model(source=str(written(tmp_path, ENDLESS))))
    click(asked(window).run)
    qtbot.waitUntil(window.notices.acting.isVisible, timeout=ANSWER_MS)
    with qtbot.waitSignal(window._engine.engine_ended, timeout=ANSWER_MS):
        click(asked(window).cancel)
        assert window.own_models.dialog is None
    qtbot.waitUntil(
        lambda: window.state.engine == "ready" and not window.state.building, timeout=ANSWER_MS
    )
    assert stands(window, before)
    assert window.state.model.trusted == ""
    assert "Stopped." in window.notices.text.text()
    window.own_models.open(Model(source=str(written(tmp_path, "import os\nos._exit(3)\n"))))
    click(asked(window).run)
    qtbot.waitUntil(asked(window).errors["source"].isVisible, timeout=ANSWER_MS)
    assert "exit code 3" in asked(window).errors["source"].text()
    qtbot.waitUntil(
        lambda: window.state.engine == "ready" and not window.state.building, timeout=ANSWER_MS
    )
    assert stands(window, before)


def test_that_a_file_named_at_the_start_is_asked_for_and_not_taken_for_an_expression(
    local: MainWindow, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    local.open_expression(f"{path}:Net")
    assert asked(local).name.currentText() == "Net"
    assert local.top.field.text() != f"{path}:Net"
    click(asked(local).cancel)
    local.open_expression("nothing.py:1a")
    assert local.own_models.dialog is None
    assert "no name" in local.notices.text.text()


def test_that_a_loss_and_its_target_are_chosen_in_the_form(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    local.own_models.open(Model(source=str(path)))
    dialog = asked(local)
    target = dialog.fields["own_target"]
    dialog.losses.setFocus()
    while dialog.losses.currentText() != "CrossEntropyLoss":
        QTest.keyClick(dialog.losses, Qt.Key.Key_Down)
    assert target.placeholderText() == "target, such as randint(0, 9, (2,))"
    fill(dialog, inputs="randn(5, 3)", own_target="randint(0, 2, (4,))")
    click(dialog.run)
    qtbot.waitUntil(lambda: dialog.errors["own_target"].isVisible(), timeout=SOON_MS)
    told = dialog.errors["own_target"].text()
    assert "Expected input batch_size (5) to match target batch_size (4)" in told
    assert "such as randint(0, 2, (5,))" in told
    fill(dialog, own_loss="CrossEntropyLoss(label_smoothing=0.1)", own_target="randint(0, 2, (5,))")
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=SOON_MS)
    built = local.state.built
    assert built is not None
    assert "CrossEntropyLoss(label_smoothing=0.1)(output, target)" in built.snapshot.equation
    action(local, "gradviz.train.step").trigger()
    qtbot.waitUntil(lambda: local.state.progress.step == 1, timeout=SOON_MS)
    local.own_models.menu.actions()[0].trigger()
    again = asked(local).fields
    assert again["own_loss"].text() == "CrossEntropyLoss(label_smoothing=0.1)"
    assert again["own_target"].text() == "randint(0, 2, (5,))"


def test_that_a_loss_that_is_none_is_told_before_the_file_runs(
    local: MainWindow, tmp_path: Path
) -> None:
    local.own_models.open(Model(source=str(written(tmp_path, NET))))
    dialog = asked(local)
    fill(dialog, own_loss="L3Loss")
    assert "There is no loss 'L3Loss'" in dialog.errors["own_loss"].text()
    click(dialog.run)
    assert not dialog.waiting
    fill(dialog, own_loss="TripletMarginLoss")
    assert dialog.errors["own_loss"].text() == ""
    assert "anchor, positive, negative" in dialog.fields["own_target"].placeholderText()
    fill(dialog, own_target="randn(2; 3)")
    assert "At “;”" in dialog.errors["own_target"].text()


def test_that_a_dropped_archive_is_shown_and_runs_once_it_is_trusted(
    local: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "net.pt2"
    torch.export.save(torch.export.export(nn.Linear(2, 1), (torch.ones(3, 2),)), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    QApplication.sendEvent(local, QDragEnterEvent(QPoint(5, 5), actions, data, button, none))
    drop = QDropEvent(QPointF(5, 5), actions, data, button, none)
    QApplication.sendEvent(local, drop)
    qtbot.waitUntil(lambda: local.own_models.dialog is not None, timeout=SOON_MS)
    dialog = asked(local)
    assert "# exported program" in dialog.preview.toPlainText()
    assert dialog.run.text() == "Trust and run"
    click(dialog.run)
    qtbot.waitUntil(lambda: local.own_models.dialog is None, timeout=ANSWER_MS)
    assert stands(local, str(path))
    graph = local.state.graph
    assert graph is not None
    assert {"weight", "bias"} <= {node.op for node in graph.nodes if node.kind == "leaf"}


def test_that_weights_alone_are_refused_before_anybody_is_asked(
    local: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "weights.pt"
    torch.save(nn.Linear(2, 1).state_dict(), path)
    told: list[str] = []
    local.state.noticed.connect(lambda notice: told.append(notice.message))
    local.own_models.open(Model(source=str(path)))
    assert local.own_models.dialog is None
    assert told == ["weights.pt holds neither an exported program nor TorchScript, or is damaged."]
