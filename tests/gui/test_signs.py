"""The legend of the graph's signs, in the Help menu."""

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from window_acts import action, answering

from gradviz.render.groups.sign_samples import sign_samples
from gradviz.render.style import THEMES
from gradviz.ui.dialogs.signs import SampleView, SignsDialog
from gradviz.ui.main_window import MainWindow


def test_that_the_help_menu_explains_every_sign(window: MainWindow) -> None:
    seen: list[list[str]] = []

    def read(dialog: QDialog) -> None:
        seen.append([each.accessibleName() for each in dialog.findChildren(SampleView)])
        dialog.reject()

    clock = answering(SignsDialog, read)
    action(window, "gradviz.help.signs").trigger()
    assert not clock.isActive()
    assert seen == [[sample.text for sample in sign_samples()]]
    told = " ".join(seen[0]).lower()
    for sign in ("group", "fold", "bundle", "copy", "share", "broken ring", "gradient", "leaf"):
        assert sign in told


@pytest.mark.parametrize("theme", THEMES)
def test_that_no_two_samples_look_alike(qtbot: QtBot, theme: str) -> None:
    looks = []
    for sample in sign_samples():
        view = SampleView(sample, THEMES[theme])
        qtbot.addWidget(view)
        image = view.grab().toImage()
        looks.append(bytes(image.constBits()))
    assert all(len(set(memoryview(look).cast("I"))) > 2 for look in looks)
    assert len(set(looks)) == len(looks)
