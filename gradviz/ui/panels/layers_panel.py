"""The form that stacks layers: it writes the text of the field, and reads it back."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.options import OptionValue
from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import marked, tr
from gradviz.expression.networks import LAYERS, TypedLayer, names_network, network_text
from gradviz.expression.networks.stacking import (
    FIRST_NETWORK,
    Layers,
    with_kind,
    with_layer,
    with_moved,
    with_option,
    without_layer,
)
from gradviz.ui.actions.registry import ATTACHED
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.training.options_form import OptionsForm
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.whole_label import WholeLabel

_EMPTY: Final = marked(
    "The layers of a network will be here. Type them where an expression is typed, such as "
    "{network}, or begin with these."
)
_KEYS: Final = marked("The layers from x to y; Delete takes one away, Alt+↑ and Alt+↓ move it")
_ROW_PIXELS: Final = 26


class _LayerList(QListWidget):
    """The layers, one a row; keys are handed to the panel first."""

    def __init__(self, panel: "LayersPanel") -> None:
        super().__init__()
        self._panel = panel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Delete:
            self._panel.remove_layer()
        elif alt and event.key() in moves:
            self._panel.move_layer(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class LayersPanel(PanelWidget):
    """The list of the layers, and the kind and the arguments of the one that is selected."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self._layers: Layers = ()
        self.empty = named(QLabel(tr(_EMPTY, network=FIRST_NETWORK), wordWrap=True), "empty")
        self.empty.setMinimumHeight(32)
        self.begin = named(QPushButton(tr("Begin with these layers")), "begin_layers")
        self.list = named(_LayerList(self), "layers", title=tr("Layers"), tip=tr(_KEYS))
        self.kind = named(QComboBox(), "layer_kind", title=tr("Kind of the layer"))
        self.kind.addItems(list(LAYERS))
        self.doc = named(WholeLabel(), "secondary")
        self.options = OptionsForm()
        self.add = _button("+", "add_layer", tr("Add a layer behind the selected one"))
        self.taken = _button("−", "remove_layer", tr("Take the selected layer away"))
        self.up = _button("↑", "layer_up", tr("Move the selected layer towards x"))
        self.down = _button("↓", "layer_down", tr("Move the selected layer towards y"))
        self._form = QWidget()
        self._lay_out()
        self._connect()
        if context.state.attached:
            self.setEnabled(False)
            self.setToolTip(tr(ATTACHED))
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(250, 300)

    def refresh(self) -> None:
        """Show the layers that stand in the field; those that cannot be read leave it as it is."""
        text = self._state.text
        if not names_network(text):
            self._layers = ()
        else:
            # lark takes longer to import than a window may take to come up.
            from gradviz.expression.networks.layer_reading import read_layers

            try:
                self._layers = read_layers(text)
            except ExpressionError:
                # It is being typed.
                return
        self._show()

    def remove_layer(self) -> None:
        """Take the selected layer away; the last one stays."""
        if len(self._layers) > 1:
            self._write(without_layer(self._layers, self._place), self._place)

    def move_layer(self, by: int) -> None:
        """Move the selected layer by one place."""
        to = self._place + by
        if 0 <= to < len(self._layers):
            self._write(with_moved(self._layers, self._place, to), to)

    @property
    def _place(self) -> int:
        return max(0, self.list.currentRow())

    @property
    def _chosen(self) -> TypedLayer | None:
        return self._layers[self._place] if self._place < len(self._layers) else None

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.add, self.taken, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        arguments = QWidget()
        inner = QVBoxLayout(arguments)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        for widget in (self.kind, self.doc, self.options):
            inner.addWidget(widget)
        inner.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(arguments)
        # All panels of a side are to fit one height; both scroll.
        for part in (self.list, scroll):
            part.setMinimumHeight(32)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(self.list, 2)
        form.addLayout(buttons)
        form.addWidget(scroll, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.empty)
        column.addWidget(self.begin)
        column.addWidget(self._form, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self.begin.clicked.connect(self._begin)
        self.add.clicked.connect(self._add)
        self.taken.clicked.connect(self.remove_layer)
        self.up.clicked.connect(partial(self.move_layer, -1))
        self.down.clicked.connect(partial(self.move_layer, 1))
        self.list.currentRowChanged.connect(self._show_chosen)
        self.kind.textActivated.connect(self._on_kind)
        self.options.entered.connect(self._on_option)
        self._state.expression_checked.connect(self._on_checked)

    def _on_checked(self) -> None:
        if self.seen:
            self.refresh()

    def _begin(self) -> None:
        self._take(FIRST_NETWORK)
        self.list.setFocus()

    def _add(self) -> None:
        place = self._place + 1
        last = place == len(self._layers)
        # Behind the last layer it would be the output.
        self._write(with_layer(self._layers, place - last, "Tanh"), place - last)

    def _on_kind(self, name: str) -> None:
        self._write(with_kind(self._layers, self._place, name), self._place)

    def _on_option(self, option: str, value: OptionValue) -> None:
        self._write(with_option(self._layers, self._place, option, value), self._place)

    def _write(self, layers: Layers, place: int) -> None:
        """Write other layers into the field, and let that at `place` be the selected one."""
        self._layers = layers
        self._show(min(place, len(layers) - 1))
        self._take(network_text(layers))

    def _take(self, text: str) -> None:
        self._workbench.type_text(text)
        self._workbench.finish_typing()

    def _show(self, place: int | None = None) -> None:
        there = bool(self._layers)
        self.empty.setVisible(not there)
        self.begin.setVisible(not there)
        self._form.setVisible(there)
        place = self._place if place is None else place
        self.list.blockSignals(True)
        self.list.clear()
        for number, layer in enumerate(self._layers):
            item = QListWidgetItem(f"{number}   {layer.text}")
            item.setSizeHint(QSize(0, _ROW_PIXELS))
            item.setToolTip(tr(layer.row.doc))
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(place, len(self._layers) - 1)))
        self.list.blockSignals(False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        layer = self._chosen
        if layer is None:
            return
        self.kind.setCurrentText(layer.row.name)
        self.doc.setText(tr(layer.row.doc))
        self.options.show_options(layer.row, layer.options)
        self.taken.setEnabled(len(self._layers) > 1)
        self.up.setEnabled(self._place > 0)
        self.down.setEnabled(self._place < len(self._layers) - 1)


def _button(sign: str, name: str, title: str) -> QToolButton:
    button = named(QToolButton(), name, title=title, tip=title)
    button.setText(sign)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
