"""The code panel: the plain PyTorch script of the window's model and training."""

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, tr
from gradviz.export.atomic import write_bytes
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.text_panel import TextPanel
from gradviz.ui.widgets.background_work import Background
from gradviz.ui.widgets.pace import Pace

_REFRESH_MS = 50
_NO_SCRIPT = marked("There is no script of this graph: another program has built it in its own.")


class CodePanel(TextPanel):
    """The script, to read, to copy and to save; it is written anew only while it is seen."""

    title = marked("The script in plain PyTorch")

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.saving = self.button(tr("Save…"), tr("Save the script as a file of Python"))
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
        self._show("", tr("The script appears here once a model is built."))

    def refresh(self) -> None:
        """Show the script of the present model and training, or why there is none."""
        if self._state.built is None:
            return
        if self._state.attached:
            self._show("", tr(_NO_SCRIPT))
            return
        try:
            text = self._script()
        except GradvizError as error:
            self._show("", str(error))
        else:
            self._show(text, tr("Run, it prints the same losses."))

    def _script(self) -> str:
        # The grammar is loaded with the first expression, after the window has appeared.
        from gradviz.export.scripts.script import script

        state = self._state
        built, catalogue = state.built, state.catalogue
        if built is None or catalogue is None:
            return ""
        return script(built.model, state.training, built.mode, catalogue, built.own)

    def _show(self, text: str, note: str) -> None:
        self.note.setText(note)
        for button in (self.copying, self.saving):
            button.setEnabled(bool(text))
        # An unchanged text keeps its scroll position and its selection.
        if text != self.text.toPlainText():
            self.text.setPlainText(text)

    def _on_changed(self) -> None:
        if self.seen:
            self._writing.request()

    def _save(self) -> None:
        path = asked_path(self.window(), tr("Save the script"), "Python", "script.py")
        if path is None:
            return
        content = self.text.toPlainText().encode()
        Background(lambda: write_bytes(path, content), self._workbench.on_written)
