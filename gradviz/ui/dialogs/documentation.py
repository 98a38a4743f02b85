"""The documentation, opened in the reader's own browser: pages that need no network."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gradviz.core.errors import GradvizError
from gradviz.ui.widgets.icons import resources

_FIRST_PAGE: Final = Path("documentation") / "index.html"


class DocumentationError(GradvizError):
    """The documentation cannot be shown."""


def open_documentation() -> None:
    """Open the first page of the documentation in the browser of the desktop.

    Raises:
        DocumentationError: it has not been made yet, or no browser takes it.
    """
    page = resources() / _FIRST_PAGE
    if not page.is_file():
        raise DocumentationError(
            "The documentation has not been made in this checkout.",
            "Make it with `make docs`, or read the files in docs/.",
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
        raise DocumentationError("No browser opened the documentation.", f"Open {page} in one.")
