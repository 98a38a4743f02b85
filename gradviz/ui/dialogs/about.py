"""What gradviz is, and the keys that it listens to."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from gradviz import __version__
from gradviz.core.catalogue import Catalogue
from gradviz.ui.actions import MENUS


def show_about(parent: QWidget, catalogue: Catalogue | None) -> None:
    """Show version, the torch behind it, and what the program promises."""
    engine = f"<p>PyTorch {escape(catalogue.torch)}</p>" if catalogue else ""
    QMessageBox.about(
        parent,
        "About gradviz",
        f"<h3>gradviz {__version__}</h3>"
        "<p>See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained "
        f"live.</p>{engine}<p>What is typed is never executed. No network is used.</p>",
    )


def show_shortcuts(parent: QWidget) -> None:
    """Show every shortcut, menu by menu."""
    QMessageBox.information(parent, "Keyboard shortcuts", shortcuts_table())


def shortcuts_table() -> str:
    """Return every shortcut as a rich-text table."""
    rows = []
    for title, actions in MENUS:
        reached = [action for action in actions if action is not None and action.shortcuts]
        if reached:
            rows.append(f"<tr><td colspan=2><br><b>{title}</b></td></tr>")
        for action in reached:
            keys = ", ".join(
                QKeySequence(text).toString(QKeySequence.SequenceFormat.NativeText)
                for text in action.shortcuts
            )
            name = escape(action.title.rstrip("…"))
            rows.append(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{escape(keys)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"
