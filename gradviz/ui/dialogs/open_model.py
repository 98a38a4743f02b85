"""The dialog for a user's own model: the file's text, its arguments and inputs, its trust."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError, GradvizError
from gradviz.core.language.saying import listed, marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.own.calls import parse_arguments, parse_inputs
from gradviz.own.criteria import CRITERIA, parse_criterion
from gradviz.own.siblings import ModelFiles
from gradviz.own.source import ModelFile, OwnSource, own_source
from gradviz.own.trust import Standing
from gradviz.ui.dialogs.details import DetailsDialog
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.naming import named
from gradviz.ui.workspaces.window_places import remember_size

_SHOWN_LINES: Final = 400
#: Field, label, and the example in the empty field.
_ROWS: Final = (
    ("arguments", marked("arguments"), marked("in_features=4, bias=True")),
    (
        "inputs",
        marked("example inputs"),
        marked("randn(2, 3); (ones(2), ones(2))   or example_inputs() in it"),
    ),
    (
        "output",
        marked("output"),
        marked("logits, 0 or hidden[0]; otherwise the first tensor, or loss(output)"),
    ),
    (
        "own_loss",
        marked("loss"),
        marked("CrossEntropyLoss or HuberLoss(delta=0.5); otherwise as the output says"),
    ),
    ("own_target", marked("target"), marked("the values that the loss compares with")),
    (
        "weights",
        marked("weights"),
        marked("a .safetensors or .pt file; otherwise drawn from the seed"),
    ),
)

_EXAMPLES: Final = {field: example for field, _, example in _ROWS}
#: The shape of an output for which an example of a target is shown: (batch, classes).
_SHOWN_SHAPE: Final = (2, 9)


#: How a file in the list stands, in words.
_STANDINGS: Final[Mapping[Standing, str]] = {
    "trusted": marked("trusted"),
    "changed": marked("changed since you trusted it"),
    "new": marked("new"),
}
_LISTED_ROWS: Final = 4


class OpenModelDialog(QDialog):
    """Shows a file, with those that it imports from its folder, and asks for the model to build.

    `wanted` has the model to build, trusted with the shown texts; `stopped` says that it is not
    waited for any longer. The dialog stays until the model is built. Errors are shown under their
    fields.
    """

    wanted = Signal(object)
    stopped = Signal()

    def __init__(
        self,
        files: ModelFiles,
        standings: Mapping[Path, Standing],
        model: Model,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Open model"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(720, 640)
        remember_size(self, "own_model")
        self.files = files
        self._standings = standings
        self._notice: Notice | None = None
        self.waiting = False
        self.name = named(QComboBox(editable=True), "name", title=tr("Class or function"))
        self.name.addItems(["", *files.file.names])
        self.name.setItemData(0, tr("The one in the file"), Qt.ItemDataRole.AccessibleTextRole)
        self.fields = {
            field: named(QLineEdit(placeholderText=tr(example)), field, title=tr(label))
            for field, label, example in _ROWS
        }
        self.losses = _losses()
        self.fields["own_loss"] = _line_of(self.losses)
        self.fields["own_loss"].setPlaceholderText(tr(_EXAMPLES["own_loss"]))
        self.errors = {field: _error_label() for field in ("name", *self.fields, "source")}
        self.details = QPushButton(tr("Details"))
        self.details.clicked.connect(self._show_details)
        self.run = named(QPushButton(), title=tr("Run"))
        self.cancel = named(QPushButton(tr("Cancel")), title=tr("Cancel"))
        for choice in (self.name, self.losses):
            _line_of(choice).setAccessibleName(choice.accessibleName())
        self._lay_out()
        self._show_choices(model)
        self.run.clicked.connect(self._run)
        self.cancel.clicked.connect(self.reject)
        for field, edit in self.fields.items():
            edit.textEdited.connect(lambda _, field=field: self._check(field))
        self.losses.activated.connect(lambda: self._check("own_loss"))
        self.fields["own_loss"].textChanged.connect(self._show_example)
        self._show_example()
        self.listed.currentRowChanged.connect(self._show_text)
        self.show_files(files, standings)

    def show_files(self, files: ModelFiles, standings: Mapping[Path, Standing]) -> None:
        """Show the files as they are now, and how each stands, by its path."""
        self.files = files
        self._standings = standings
        self.listed.clear()
        for each in files.every:
            standing = tr(_STANDINGS[standings[each.path]])
            self.listed.addItem(f"{files.name_of(each)} · {standing}")
        self.listed.setVisible(bool(files.beside))
        rows = min(len(files.every), _LISTED_ROWS)
        self.listed.setFixedHeight(rows * self.listed.sizeHintForRow(0) + 6)
        # The first that is to be looked at.
        asked = (row for row, each in enumerate(files.every) if self._asks(each))
        self.listed.setCurrentRow(next(asked, 0))
        self.warning.setText(self._warning())
        self.set_waiting(False)

    def set_waiting(self, waiting: bool) -> None:
        """Wait for the model, or let the user choose."""
        self.waiting = waiting
        for control in (self.name, self.losses, *self.fields.values(), self.run):
            control.setEnabled(not waiting)
        run = tr("Trust and run") if self._asked else tr("Run")
        self.run.setText(tr("Building…") if waiting else run)
        self.cancel.setText(tr("Stop") if waiting else tr("Cancel"))

    def refuse(self, notice: Notice) -> None:
        """Show why the model was not built, under the field to be corrected."""
        self.set_waiting(False)
        self._notice = notice
        self.details.setVisible(bool(notice.details))
        field = notice.field if notice.field in self.errors else "source"
        self._show_error(field, sentences([notice.message, notice.hint]))
        if field in self.fields:
            self.fields[field].setFocus()

    def reject(self) -> None:
        """Close the dialog; stop the model that is being built."""
        if self.waiting:
            self.set_waiting(False)
            self.stopped.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        path = named(QLabel(str(self.files.file.path), wordWrap=True), "where", title=tr("File"))
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warning = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.listed = named(QListWidget(), "beside", title=tr("Files that will run"))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (path, self.warning, self.listed):
            column.addWidget(widget)
        column.addWidget(self._preview(), 1)
        column.addLayout(self._form())
        column.addWidget(self.errors["source"])
        buttons = QDialogButtonBox()
        buttons.addButton(self.details, QDialogButtonBox.ButtonRole.HelpRole)
        buttons.addButton(self.run, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.ActionRole)
        self.details.hide()
        column.addWidget(buttons)
        # Enter in a field does not run an untrusted file.
        for button in (self.run, self.cancel, self.details):
            button.setAutoDefault(False)

    def _preview(self) -> QPlainTextEdit:
        self.preview = named(QPlainTextEdit(), title=tr("Text of the file"))
        self.preview.setReadOnly(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setTabChangesFocus(True)
        return self.preview

    def _show_text(self, row: int) -> None:
        """Show the text of the file in that row of the list; it is cleared with row -1."""
        lines = self.files.every[row].text.split("\n") if row >= 0 else []
        shown = "\n".join(lines[:_SHOWN_LINES])
        if len(lines) > _SHOWN_LINES:
            more = len(lines) - _SHOWN_LINES
            left = tr_n(
                "… and {shown} more lines", "… and {shown} more line", more, shown=counted(more)
            )
            shown += f"\n{left}"
        self.preview.setPlainText(shown)

    def _asks(self, file: ModelFile) -> bool:
        return self._standings[file.path] != "trusted"

    @property
    def _asked(self) -> list[ModelFile]:
        """Return the files that are not trusted as they stand."""
        return [each for each in self.files.every if self._asks(each)]

    def _warning(self) -> str:
        if not self._asked and not self.files.beside:
            return tr(
                "You have trusted this file with what stands in it. It runs with your rights."
            )
        if not self._asked:
            return tr(
                "You have trusted these files with what stands in them: the model's, and those "
                "that it imports from its folder. They run with your rights."
            )
        changed = [
            self.files.name_of(each)
            for each in self._asked
            if self._standings[each.path] == "changed"
        ]
        since = tr_n(
            "{names} have changed since you gave trust.",
            "{names} has changed since you gave trust.",
            len(changed),
            names=listed(changed),
        )
        risk = tr(
            "Its code, and what it imports, will run with your rights: it can read, change and "
            "send what you can. Run it only if you trust it."
        )
        return sentences([since, risk] if changed else [risk])

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("class or function"), self.name)
        form.addRow(self.errors["name"])
        for field, label, _ in _ROWS:
            edit = self.fields[field]
            form.addRow(tr(label), self._control(field, edit))
            form.addRow(self.errors[field])
        return form

    def _control(self, field: str, edit: QLineEdit) -> QWidget:
        """Return the control that the line of a field is a part of."""
        match field:
            case "weights":
                return self._with_browser(edit)
            case "own_loss":
                return self.losses
            case _:
                return edit

    def _show_example(self) -> None:
        """Show a target that fits the loss in the empty field."""
        name = self.fields["own_loss"].text().partition("(")[0].partition(",")[0].strip()
        row = next((each for each in CRITERIA if each.name == name), None)
        if row is None:
            shown = tr(_EXAMPLES["own_target"])
        elif not row.targets:
            shown = tr("none: forward returns {outputs}", outputs=", ".join(row.outputs))
        else:
            shown = tr(
                "{targets}, such as {example}",
                targets=", ".join(row.targets),
                example=row.example(_SHOWN_SHAPE),
            )
        self.fields["own_target"].setPlaceholderText(shown)

    def _with_browser(self, edit: QLineEdit) -> QWidget:
        browse = named(QPushButton(tr("Browse…")), title=tr("Choose a file of weights"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(edit, 1)
        row.addWidget(browse)
        return beside

    def _browse(self) -> None:
        title = tr("Weights")
        kinds = f"{title} (*.safetensors *.pt *.pth *.bin *.ckpt)"
        path, _ = QFileDialog.getOpenFileName(self, title, str(self.files.file.path.parent), kinds)
        if path:
            self.fields["weights"].setText(path)

    def _show_choices(self, model: Model) -> None:
        source = own_source(model.source)
        names = self.files.file.names
        only = names[0] if len(names) == 1 else ""
        self.name.setCurrentText((source.name if source is not None else "") or only)
        for field, edit in self.fields.items():
            edit.setText(getattr(model, field))

    def _check(self, field: str) -> bool:
        """Parse the text of a field as the engine will; tell whether that succeeds."""
        text = self.fields[field].text()
        try:
            if field == "arguments":
                parse_arguments(text)
            elif field in ("inputs", "own_target"):
                parse_inputs(text)
            elif field == "own_loss" and text.strip():
                parse_criterion(text)
        except ExpressionError as error:
            part = text[error.position : error.position + error.length].strip()
            problem = sentences([error.message, error.hint])
            if part:
                told = tr("At “{part}”: {problem}", part=part, problem=problem)
            else:
                told = tr("At the end: {problem}", problem=problem)
            self._show_error(field, told)
            return False
        self._show_error(field, "")
        return True

    def _run(self) -> None:
        for field in self.errors:
            self._show_error(field, "")
        self.details.hide()
        readable = [self._check(field) for field in self.fields]
        source = OwnSource(str(self.files.file.path), self.name.currentText().strip()).text
        try:
            own_source(source)
        except GradvizError as error:
            self._show_error("name", str(error))
            return
        if all(readable):
            self.set_waiting(True)
            self.wanted.emit(self._model(source))

    def _model(self, source: str) -> Model:
        chosen = {field: edit.text().strip() for field, edit in self.fields.items()}
        beside = self.files.hashes_beside
        model = Model(source=source, trusted=self.files.file.hash, trusted_beside=beside)
        return msgspec.structs.replace(model, **chosen)

    def _show_error(self, field: str, text: str) -> None:
        label = self.errors[field]
        label.setText(text)
        label.setVisible(bool(text))
        combos = {"name": self.name, "own_loss": self.losses}
        edit: QWidget = combos.get(field, self.fields.get(field, label))
        edit.setProperty("wrong", bool(text))
        edit.style().polish(edit)

    def _show_details(self) -> None:
        if self._notice is not None:
            DetailsDialog(self._notice, self).exec()


def _losses() -> QComboBox:
    """Return the list of losses; the arguments of one are typed behind its name."""
    losses = named(QComboBox(editable=True), "losses", title=tr("Loss"))
    losses.addItems(["", *(row.name for row in CRITERIA)])
    losses.setItemData(0, tr("None"), Qt.ItemDataRole.AccessibleTextRole)
    # A name that goes on by itself would be in the way of the arguments behind it.
    losses.setCompleter(None)  # type: ignore[arg-type]
    return losses


def _line_of(choice: QComboBox) -> QLineEdit:
    line = choice.lineEdit()
    if line is None:
        raise AssertionError("an editable list has a line")
    return line


def _error_label() -> QLabel:
    label = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "error")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label
