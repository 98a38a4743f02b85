"""The code panel: the plain PyTorch script that does what the window is set to do."""

from gradviz.core.choices.catalogue import OptimizerEntry
from gradviz.core.errors import ExportError, GradvizError
from gradviz.export.atomic import write_bytes
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.text import TextPanel
from gradviz.ui.widgets.pace import Pace

_REFRESH_MS = 50


class CodePanel(TextPanel):
    """The script, to read, to copy and to save; it is written anew only while it is seen."""

    title = "The script in plain PyTorch"

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.saving = self.button("Save…", "Save the script as a file of Python")
        self.saving.clicked.connect(self._save)
        self._row.addWidget(self.saving)
        self._writing = Pace(_REFRESH_MS, self.refresh, self)
        for changed in (
            context.state.model_built,
            context.state.data_changed,
            context.state.training_changed,
            context.state.catalogue_changed,
        ):
            changed.connect(self._on_changed)
        self._show("", "The script stands here once a model is built.")

    def refresh(self) -> None:
        """Write the script for what is set now, or say why there is none."""
        if self._state.built is None:
            return
        try:
            text = self._script()
        except GradvizError as error:
            self._show("", str(error))
        else:
            self._show(text, "Run, it prints the same losses.")

    def _script(self) -> str:
        # The grammar is loaded with the first expression, after the window has appeared.
        from gradviz.export.script import script

        state = self._state
        if state.built is None:
            return ""
        return script(
            state.built.model,
            state.training,
            state.built.mode,
            self._optimizer(),
            state.built.own,
            state.scheduler_of(state.training),
        )

    def _optimizer(self) -> OptimizerEntry:
        entries = self._state.catalogue.optimizers if self._state.catalogue else ()
        for entry in entries:
            if entry.name == self._state.training.optimizer:
                return entry
        raise ExportError(
            "There is no script without an optimizer.", "Choose one in the panel Training."
        )

    def _show(self, text: str, note: str) -> None:
        self.note.setText(note)
        for button in (self.copying, self.saving):
            button.setEnabled(bool(text))
        # The text stays where it has been scrolled to, and what is selected in it selected.
        if text != self.text.toPlainText():
            self.text.setPlainText(text)

    def _on_changed(self) -> None:
        if self.seen:
            self._writing.request()

    def _save(self) -> None:
        path = asked_path(self.window(), "Save the script", "Python", "script.py")
        if path is None:
            return
        try:
            write_bytes(path, self.text.toPlainText().encode())
        except GradvizError as error:
            self._workbench.report("export", error)
