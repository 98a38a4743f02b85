"""Everything is reached by keys and has a name for those who do not see it; contrast is enough."""

from itertools import product

import pytest
from contrasts import contrast
from promised import Tell
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from window_acts import reached_by_tab

from gradviz.render.style import DARK, LIGHT, Theme
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

_PARTS = QAccessible.Text.Name


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 700)])
def test_that_tab_reaches_every_control_and_each_has_a_name(
    window: MainWindow, size: tuple[int, int], tell: Tell
) -> None:
    window.resize(*size)
    QApplication.processEvents()
    reached = reached_by_tab(window)
    stops = [each for each in window.findChildren(QWidget) if _is_stop(each)]
    unnamed = [each for each in {*stops, *reached} if not _name(each)]
    assert unnamed == []
    missed = [each for each in stops if each not in reached and not _within(each, reached)]
    assert missed == []
    tell(f"{size[0]} × {size[1]}: {len(reached)} stops of Tab, all named")


def _is_stop(widget: QWidget) -> bool:
    area = widget.parent()
    inner = isinstance(area, QAbstractScrollArea) and area.viewport() is widget
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(widget, QLabel)
        and not inner
        and not widget.objectName().startswith("qt_")
        and not widget.visibleRegion().isEmpty()
    )


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(_PARTS) if interface is not None else ""


def _within(widget: QWidget, others: list[QWidget]) -> bool:
    """Tell whether arrows reach `widget` from a sibling that Tab reaches, as in a row of tabs."""
    parent = widget.parent()
    return any(each.parent() is parent for each in others) and not isinstance(
        widget, QAbstractScrollArea
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_contrast_is_at_least_four_and_a_half(theme: Theme, tell: Tell) -> None:
    surfaces = [theme.canvas, theme.panel, theme.bar]
    tints = [tint.fill for tint in theme.kinds.values()] + [theme.now_tint.fill, theme.saved.fill]
    pairs = [
        *product((theme.text, theme.secondary, theme.done_text, theme.now_text), surfaces + tints),
        (theme.chip_text, theme.chip),
        (theme.accent_text, theme.accent),
    ]
    least = min(contrast(*pair) for pair in pairs)
    assert least >= 4.5
    tell(f"{theme.name}: {len(pairs)} pairs of colours, the least contrast {least:.2f}")
