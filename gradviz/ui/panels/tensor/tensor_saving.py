"""Taking a tensor away: its selected values as text, the whole as .npy."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QObject, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QInputDialog, QMenu, QTableView, QToolButton

from gradviz.core.choices.settings import RECORDING_MB
from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.ui.controllers.npy_saving import NpySaving
from gradviz.ui.controllers.tensor_controller import TensorController
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.widgets.naming import named

_MOST_COPIED: Final = 100_000
#: The megabytes that the tensors of a recording may take at most.
_MOST_MB: Final = 1_000_000


class TensorTaking(QObject):
    """A button with a menu, and one that stops a saving."""

    def __init__(
        self, look: TensorController, table: QTableView, chooser: QComboBox, context: PanelContext
    ) -> None:
        super().__init__(table)
        self._look, self._table, self._chooser = look, table, chooser
        self._workbench, self._settings = context.workbench, context.settings
        self._workbench.choose_recording_mb(_limit_of(context.settings))
        self._saving: NpySaving | None = None
        self.button = text_button(tr("Take"), tr("Copy the values, or save them"))
        menu = QMenu(self.button)
        menu.setToolTipsVisible(True)
        self.copy = menu.addAction(tr("Copy selected values"), self.copy_selection)
        self.copy.setToolTip(tr("As text, with every digit; all that the table shows if none is"))
        self.save = menu.addAction(tr("Save as .npy…"), self._on_save)
        self.save.setToolTip(tr("Write the whole tensor for NumPy"))
        menu.addSeparator()
        limit = menu.addAction(tr("Memory of a recording…"), self._on_limit)
        limit.setToolTip(tr("How much memory the tensors of a recorded pass may take"))
        self.button.setMenu(menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.cancel = text_button(tr("Cancel"), tr("Stop saving; what the file held before stays"))
        self.cancel.clicked.connect(self._on_cancel)
        self.cancel.hide()

    def offer(self) -> None:
        """Enable the entries that are possible for the shown tensor."""
        part = self._look.part
        self.save.setEnabled(part is not None and self._saving is None)
        self.copy.setEnabled(part is not None and part.size > 0)

    def copy_selection(self) -> None:
        """Put the selected values into the clipboard, all that the table shows if none is."""
        rows, columns = self._selected()
        if len(rows) * len(columns) > _MOST_COPIED:
            hint = tr(
                "Select at most {count}, or save the tensor as .npy.", count=counted(_MOST_COPIED)
            )
            error = ExportError(tr("That is too much to copy as text."), hint)
            self._workbench.report("export", error)
        elif rows and columns:
            table = self._look.table
            table.once_loaded(
                rows,
                columns,
                lambda: QGuiApplication.clipboard().setText(table.text(rows, columns)),
            )

    def save_to(self, path: Path) -> None:
        """Write the component that is shown to `path` as .npy."""
        place, part = self._look.place, self._look.part
        if place is None or part is None or self._saving is not None:
            return
        self._saving = NpySaving(self._workbench.inspection, place, part, path)
        self._saving.progressed.connect(self._on_progressed)
        self._saving.ended.connect(self._on_saved)
        self.cancel.setText(tr("Cancel saving"))
        self.cancel.show()
        self.button.hide()
        self.offer()

    def _selected(self) -> tuple[range, range]:
        model, table = self._table.selectionModel(), self._look.table
        if not isinstance(model, QItemSelectionModel) or not model.hasSelection():
            return range(table.rowCount()), range(table.columnCount())
        # Qt's type stubs do not say that it is a list.
        ranges = list(cast("Iterable[QItemSelectionRange]", model.selection()))
        return (
            range(min(each.top() for each in ranges), max(each.bottom() for each in ranges) + 1),
            range(min(each.left() for each in ranges), max(each.right() for each in ranges) + 1),
        )

    def _on_save(self) -> None:
        title = self._chooser.currentText().replace(": ", " ").replace(" ", "-")
        name = "".join(c for c in title if c.isalnum() or c in "-_.") or "tensor"
        window = self._table.window()
        path = asked_path(window, tr("Save the tensor"), tr("NumPy array"), f"{name}.npy")
        if path is not None:
            self.save_to(path)

    def _on_limit(self) -> None:
        megabytes, accepted = QInputDialog.getInt(
            self._table.window(),
            tr("Memory of a recording"),
            tr(
                "MB that the tensors of a recorded pass may take. Of the largest beyond it,\n"
                "statistics are kept, and the pass is run again when their values are asked for."
            ),
            self._workbench.recording_mb,
            0,
            _MOST_MB,
        )
        if accepted:
            self._settings.setValue("recording_mb", megabytes)
            self._workbench.choose_recording_mb(megabytes)

    def _on_cancel(self) -> None:
        if self._saving is not None:
            self._saving.cancel()

    def _on_progressed(self, came: int) -> None:
        if self._saving is not None:
            part = came / max(1, self._saving.size)
            self.cancel.setText(tr("Cancel saving, {part:.0%}", part=part))

    def _on_saved(self, error: Exception | None) -> None:
        self._saving = None
        self.cancel.hide()
        self.button.show()
        self.offer()
        if isinstance(error, GradvizError):
            self._workbench.report("export", error)
        elif error is not None:
            raise error
        else:
            self._workbench.tell_exported()


def text_button(text: str, tip: str, *, checkable: bool = False) -> QToolButton:
    """Return a button with a text, a tool tip and a name for screen readers."""
    button = named(QToolButton(), title=text, tip=tip)
    button.setText(text)
    button.setCheckable(checkable)
    return button


def _limit_of(settings: QSettings) -> int:
    """Return the chosen memory of a recording, the default where it cannot be read."""
    chosen = str(settings.value("recording_mb", ""))
    return min(int(chosen), _MOST_MB) if chosen.isdecimal() else RECORDING_MB
