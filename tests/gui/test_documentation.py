"""Help opens the documentation in a browser, and says so where it cannot."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from gradviz.ui.main_window import MainWindow

_OPEN = "gradviz.ui.dialogs.documentation.QDesktopServices.openUrl"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the first page is looked for; it is not there yet."""
    monkeypatch.setattr("gradviz.ui.dialogs.documentation.resources", lambda: tmp_path)
    return tmp_path / "documentation" / "index.html"


def _made(page: Path) -> None:
    page.parent.mkdir()
    page.write_text("<p>gradviz</p>", encoding="utf-8")


def _asked_for(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)


def test_that_the_key_opens_the_first_page(
    window: MainWindow, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made(page)
    opened: list[QUrl] = []

    def browse(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(_OPEN, browse)
    _asked_for(window)
    assert [Path(url.toLocalFile()) for url in opened] == [page]
    assert window.notices.isHidden()


def test_that_a_checkout_without_pages_says_how_to_make_them(
    window: MainWindow, page: Path
) -> None:
    _asked_for(window)
    assert "make docs" in window.notices.text.text()


def test_that_the_page_is_named_where_no_browser_takes_it(
    window: MainWindow, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made(page)
    monkeypatch.setattr(_OPEN, lambda url: False)
    _asked_for(window)
    assert str(page) in window.notices.text.text()
