"""The dialogs about gradviz itself, and about the keys that it listens to."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol, TypeAlias

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gradviz import __version__
from gradviz.core.choices.catalogue import Catalogue
from gradviz.core.language.saying import listed, tr
from gradviz.ui.widgets.naming import named, without_mnemonic
from gradviz.ui.workspaces.window_places import remember_size


class HasShortcuts(Protocol):
    """An action as the table of shortcuts reads it."""

    @property
    def title(self) -> str: ...
    @property
    def shortcuts(self) -> tuple[str, ...]: ...
    @property
    def keys(self) -> tuple[str, ...]: ...


#: The title of a menu, and its actions; None is a line between two.
Menu: TypeAlias = tuple[str, Sequence[HasShortcuts | None]]


def show_about(parent: QWidget, catalogue: Catalogue | None) -> None:
    """Show the program's version, that of torch, and the program's promises."""
    engine = f"<p>PyTorch {escape(catalogue.torch)}</p>" if catalogue else ""
    what = tr(
        "See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live."
    )
    promises = tr("What is typed is never executed. No network is used.")
    QMessageBox.about(
        parent,
        tr("About gradviz"),
        f"<h3>gradviz {__version__}</h3><p>{what}</p>{engine}<p>{promises}</p>",
    )


class ShortcutsDialog(QDialog):
    """Every shortcut, menu by menu; it scrolls where the screen is too low for all."""

    def __init__(self, parent: QWidget, menus: Iterable[Menu]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.text = named(QTextBrowser(), title=tr("Keyboard shortcuts"))
        self.text.setHtml(shortcuts_table(menus))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.resize(480, min(700, parent.height() - 80))
        remember_size(self, "shortcuts")


def show_shortcuts(parent: QWidget, menus: Iterable[Menu]) -> None:
    """Show every shortcut until it is closed."""
    ShortcutsDialog(parent, menus).exec()


def shortcuts_table(menus: Iterable[Menu]) -> str:
    """Return every shortcut as a rich-text table."""
    rows = []
    for title, actions in menus:
        reached = [each for each in actions if each is not None and (each.shortcuts or each.keys)]
        if reached:
            heading = escape(without_mnemonic(tr(title)))
            rows.append(f"<tr><td colspan=2><br><b>{heading}</b></td></tr>")
        for action in reached:
            keys = list(map(_native, action.shortcuts))
            if action.keys:
                keys.append(tr("on the graph {keys}", keys=listed(map(_native, action.keys))))
            name = escape(tr(action.title).rstrip("…"))
            rows.append(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{escape(listed(keys))}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
