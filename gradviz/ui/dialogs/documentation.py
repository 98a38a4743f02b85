"""The documentation, opened in the reader's own browser: pages that need no network."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr
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
            tr("The documentation has not been made in this checkout."),
            tr("Make it with `make docs`, or read the files in docs/."),
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
        raise DocumentationError(
            tr("No browser opened the documentation."), tr("Open {page} in one.", page=page)
        )
