"""The dialog with the changes of the newest version; shown by itself once, after an update."""

from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from gradviz import __version__
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, tr
from gradviz.core.reporting.changelog import NewestChanges, newest_changes
from gradviz.ui.widgets.icons import resources
from gradviz.ui.widgets.naming import named
from gradviz.ui.workspaces.window_places import remember_size

_TITLE: Final = marked("What's new")
_HEADING: Final = marked("What's new in gradviz {version}")
_FILE: Final = "CHANGELOG.md"
#: The version that was last used here, in the settings.
_USED: Final = "used_version"
#: In the settings of everybody who has used the program before it kept its version.
_EARLIER: Final = "geometry"


class ChangelogError(GradvizError):
    """The changelog cannot be shown."""


class WhatsNewDialog(QDialog):
    """The newest section of the changelog."""

    def __init__(self, changes: NewestChanges, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_TITLE))
        self.text = named(QTextBrowser(), title=tr(_TITLE))
        self.text.setOpenExternalLinks(True)
        heading = tr(_HEADING, version=changes.version)
        self.text.setMarkdown(f"## {heading}\n\n{changes.text}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.resize(min(680, parent.width() - 80), min(640, parent.height() - 60))
        remember_size(self, "news")


def is_updated(settings: QSettings) -> bool:
    """Tell whether another version was used here before, and take this one for used.

    At the very first start there was none, and everything is new.
    """
    used, known = settings.value(_USED), settings.contains(_EARLIER)
    settings.setValue(_USED, __version__)
    return str(used) != __version__ if used is not None else known


def show_whats_new(parent: QWidget) -> None:
    """Show the changes beside the window, which goes on.

    Raises:
        ChangelogError: the changelog is missing, or has no section.
    """
    inside = resources() / _FILE
    path = inside if inside.is_file() else resources().parent / _FILE
    try:
        changes = newest_changes(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        changes = None
    if changes is None:
        raise ChangelogError(
            tr("The list of changes is missing."), tr("Install gradviz again to have it.")
        )
    dialog = WhatsNewDialog(changes, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
