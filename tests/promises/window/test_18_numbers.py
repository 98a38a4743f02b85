"""Numbers are typed with a point or a comma, in every language of the system."""

from collections.abc import Iterator

import pytest
from local_engine import LocalEngine
from promised import Tell
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from window_acts import rested, typed
from window_fields import Field, fields_in, named, press_keys, text_of
from windows import opened

from gradviz.core.errors import SettingError
from gradviz.core.number_text import read_number
from gradviz.ui.main_window import MainWindow
from gradviz.ui.widgets.number_boxes import NumberBox, WholeBox

pytestmark = pytest.mark.usefixtures("layouts")

#: With the locale a number in its own digits.
_LOCALES = {"en_US": "2.5", "de_DE": "2,5", "fr_FR": "2,5", "ar_EG": "٢٫٥", "hi_IN": "२.५"}


@pytest.fixture(params=_LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let a locale be the one of the system; return its name."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def spoken(locale: str, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window whose widgets are made in that locale."""
    window = opened(LocalEngine(), settings, qtbot)
    yield window
    window.close()


def enter(field: Field, text: str) -> None:
    """Replace what stands in a field by real keys, and press Enter."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press_keys(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def number_of(field: Field) -> float | None:
    """Return the number in a field, None where there is another text."""
    try:
        return read_number(text_of(field))
    except SettingError:
        return None


def has_number(field: Field) -> bool:
    wanted = isinstance(field, QLineEdit | QAbstractSpinBox) and not field.isReadOnly()
    return wanted and field.isEnabled() and field.isVisible() and number_of(field) is not None


def number_fields(window: MainWindow) -> Iterator[Field]:
    return (field for field in list(fields_in(window)) if has_number(field))


def refusals(window: MainWindow, field: Field) -> list[str]:
    """Return what is said of a refused text."""
    if isinstance(field, NumberBox | WholeBox):
        return [field.message.text()] if field.message.isVisible() else []
    labels = window.findChildren(QLabel, "error")
    return [label.text() for label in labels if label.isVisible() and label.text()]


def check_number(
    window: MainWindow, field: Field, qtbot: QtBot, good: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    """Enter numbers that are taken, and texts that may be two, which are refused."""
    before = text_of(field)
    for text in good:
        enter(field, text)
        rested(window, qtbot)
        assert number_of(field) == read_number(text), (named(field), text)
        assert not refusals(window, field)
    for text in refused:
        enter(field, text)
        rested(window, qtbot)
        told = " ".join(refusals(window, field))
        assert "decimal point" in told, (named(field), text)
        assert number_of(field) in (read_number(good[-1]), None), (named(field), text)
    enter(field, before)
    rested(window, qtbot)
    assert not refusals(window, field)


def test_that_no_spin_box_is_of_another_kind(window: MainWindow) -> None:
    for field in fields_in(window):
        if isinstance(field, QAbstractSpinBox):
            assert isinstance(field, NumberBox | WholeBox), named(field)


def test_that_a_comma_and_a_point_are_typed_in_every_field_of_a_fit(
    spoken: MainWindow, locale: str, qtbot: QtBot, tell: Tell
) -> None:
    window = spoken
    typed(window, qtbot, "a + b x")
    window.workbench.choose_optimizer("adam")
    window.workbench.choose_data(low=-3.0, high=3.0)
    rested(window, qtbot)
    found = []
    for field in number_fields(window):
        found.append(named(field))
        if isinstance(field, WholeBox):
            check_whole(window, field, qtbot)
        elif named(field) not in ("betas_1", "betas_2"):
            # Those are below 1.
            check_number(window, field, qtbot, ("2,5", _LOCALES[locale]), ("1,234",))
    assert {"Learning rate", "Noise", "Lowest x", "Value of a", "eps", "Training steps"} <= set(
        found
    )
    tell(f"{locale}: {len(found)} fields of numbers take a comma and a point as what they are")


def check_whole(window: MainWindow, box: WholeBox, qtbot: QtBot) -> None:
    enter(box, "3")
    rested(window, qtbot)
    assert box.value() == 3
    for text in ("1,000", "2.5", "pi"):
        enter(box, text)
        rested(window, qtbot)
        assert box.value() == 3, (named(box), text)
        assert refusals(window, box), (named(box), text)
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Return)
    rested(window, qtbot)
    assert box.value() == 4
    assert text_of(box) == "4"


def test_that_an_input_is_stepped_typed_pasted_and_left(
    spoken: MainWindow, locale: str, qtbot: QtBot
) -> None:
    window = spoken
    typed(window, qtbot, "x^2 + 1")
    box = window.top.at
    good = ("2,5", "1.5", _LOCALES[locale], "2٫5", "２．５")
    check_number(window, box, qtbot, good, ("1,234", "1.234,5", "1,5,6", "1 234", "1'234"))
    enter(box, "2")
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert text_of(box) == "2.5"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 2.5
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press_keys(box, "−1,5")
    window.canvas.view.setFocus()
    rested(window, qtbot)
    assert box.value() == window.state.model.at == -1.5
    assert text_of(box) == "−1.5"
    QApplication.clipboard().setText("3,25")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    window.canvas.view.setFocus()
    rested(window, qtbot)
    assert box.value() == window.state.model.at == 3.25


def test_that_a_refused_number_leaves_the_one_from_before_it_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "x^2")
    box = window.top.at
    for text, said in (("1,234", "1234 or 1.234"), ("1e10", "not between"), ("0.12345", "4 dec")):
        enter(box, "2")
        QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        press_keys(box, text)
        window.canvas.view.setFocus()
        rested(window, qtbot)
        assert box.value() == window.state.model.at == 2
        assert said in box.message.text()
        assert box.message.text().endswith("It stays 2.")


def test_that_a_field_of_text_is_none_of_numbers(window: MainWindow) -> None:
    assert not has_number(window.top.field)
    assert isinstance(window.top.field, QPlainTextEdit)
