"""The panel of ready-made models, from the engine's catalogue."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.language.saying import tr
from gradviz.ui.actions.registry import ATTACHED
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named

#: So that all models have room in a window of the usual size.
_ROW_PIXELS = 26


class ModelsPanel(PanelWidget):
    """A list to pick from; a typed expression leaves it without a choice."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self.list = named(QListWidget(), "models", title=tr("Models"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(self.list)
        if context.state.attached:
            self.list.setEnabled(False)
            self.list.setToolTip(tr(ATTACHED))
        context.state.catalogue_changed.connect(self._on_catalogue_changed)
        context.state.choice_changed.connect(self._show_choice)

    def sizeHint(self) -> QSize:
        return QSize(250, 12 + _ROW_PIXELS * max(3, self.list.count()))

    def refresh(self) -> None:
        """Write the names of the models in the language that is spoken."""
        rows = range(self.list.count())
        for row, entry in zip(rows, self._catalogue_models(), strict=False):
            title = tr(entry.title)
            self.list.item(row).setText(f"{row + 1}   {title}")
            self.list.item(row).setToolTip(
                tr("{title}. {summary}", title=title, summary=tr(entry.summary))
            )

    def _on_catalogue_changed(self) -> None:
        self.list.clear()
        for entry in self._catalogue_models():
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, entry.name)
            item.setSizeHint(QSize(0, _ROW_PIXELS))
            self.list.addItem(item)
        self.refresh()
        self._show_choice()

    def _catalogue_models(self) -> tuple[ModelEntry, ...]:
        return self._state.catalogue.models if self._state.catalogue else ()

    def _show_choice(self) -> None:
        chosen = self._state.model.source
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == chosen:
                self.list.setCurrentItem(item)
                return
        self.list.setCurrentRow(-1)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self._workbench.choose_model(item.data(Qt.ItemDataRole.UserRole))
