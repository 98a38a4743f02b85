"""Labels that fit their text, or cut it, also where another language brings that text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.core.language.saying import (
    ENGLISH,
    Translations,
    remember_what_is_said,
    tr,
    use,
)
from gradviz.ui.widgets.whole_label import ElidedLabel, WholeLabel
from gradviz.ui.window.shown_texts import say_texts_again

_LONG = "也许是指另一个名字，它比这里的一行要长得多，所以要换行。"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin and leave in English."""
    remember_what_is_said()
    yield
    use(Translations(ENGLISH))


def test_that_a_text_of_another_language_has_its_height(qtbot: QtBot) -> None:
    label = WholeLabel()
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    label.setText(tr("Weights"))
    low = label.minimumHeight()
    use(Translations("zh_CN", {"Weights": _LONG}))
    for _ in say_texts_again():
        pass
    assert label.minimumHeight() > low
    assert label.minimumHeight() == label.heightForWidth(label.width())


def test_that_a_text_that_is_cut_is_said_again(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.show_text(tr("Choose a file of weights"))
    assert label.text().endswith("…")
    use(Translations("zh_CN", {"Choose a file of weights": _LONG}))
    QApplication.sendEvent(label, QEvent(QEvent.Type.LanguageChange))
    assert label.whole == label.toolTip() == _LONG
    assert label.text().endswith("…")
