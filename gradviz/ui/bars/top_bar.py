"""The bar on top: the expression, the target or the point of its gradient, and training."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.orders import derivative_text, direction_text
from gradviz.core.choices.settings import target_text
from gradviz.core.language.saying import listed, marked, said_again, sentences, tr
from gradviz.core.number_text import equation_text
from gradviz.ui.actions import file_menu, train_menu
from gradviz.ui.actions.registry import ATTACHED, ActionRegistry
from gradviz.ui.bars.direction_button import DirectionButton
from gradviz.ui.bars.e_note import ENote
from gradviz.ui.bars.pace_button import PaceButton
from gradviz.ui.bars.pass_chooser import PassChooser
from gradviz.ui.bars.point_boxes import PointBoxes
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.expression_field import ExpressionField
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme

_POINT_TIP = marked(
    "x is one number, and so are y and z; the graph is that of their function (Ctrl+1)"
)
_IN_PROGRAM = marked("Its tensors stay there; the window ends with it.")
_IN_FILE = marked("Nothing of it can be run again from here.")
_FIT_TIP = marked("x is many points; the graph is that of the loss (Ctrl+2)")
_NO_FIT = marked("In a fit y is the target: an expression with y in it has its gradient at a point")
_MODES: tuple[tuple[Mode, str, str], ...] = (
    ("point", marked("At a point"), _POINT_TIP),
    ("fit", marked("Fit"), _FIT_TIP),
)
#: A narrower window shows the buttons of training as icons alone.
NARROW = 1200
#: A longer target is cut.
_LONGEST_TARGET = 20
#: No window is narrower.
_NARROWEST = 640


class TopBar(QWidget):
    """One row of controls, and beneath the field one line with a description or an error."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        icons: Icons,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._actions = actions
        self._icons = icons
        self._white = theme.look.accent_text
        self.field = ExpressionField(theme)
        self.hint = named(QLabel(textFormat=Qt.TextFormat.PlainText), "hint")
        # A long message is cut at the end of the bar; the tool tip has it whole.
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.e_note = ENote(state, workbench)
        # The bar is as high with the note as without it.
        self.e_note.setFixedHeight(self.hint.sizeHint().height())
        self.modes = {mode: self._mode_button(*rest) for mode, *rest in _MODES}
        self.points = PointBoxes()
        self.at = self.points.boxes["x"]
        self.target = named(QLabel(), "secondary")
        self._narrow = False
        self.device = _menu_button(tr("Device"))
        self.direction = DirectionButton(state, workbench, actions)
        self.train = _action_button(actions[train_menu.RUN], tr(train_menu.RUN.title), primary=True)
        self.pace = PaceButton(state, actions)
        self.passes = PassChooser(state, workbench)
        self.step = _action_button(actions[train_menu.STEP], tr("Train one step"))
        self.reset = _action_button(actions[train_menu.RESET], tr("Reset training"))
        self.export = _menu_button(tr("Export"))
        self._lay_out()
        self._fill_export()
        self._connect()
        self._on_model_built()
        self._on_choice_changed()
        self.show_train_icon()
        if state.attached:
            self._leave_to_the_program()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._white = theme.look.accent_text
        self.field.use_theme(theme)
        self.show_train_icon()
        self.export.setIcon(self._icons["export"])

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        # A wide bar becomes narrow in time: it must not keep the window from becoming narrow.
        return size if self._narrow else QSize(min(size.width(), _NARROWEST), size.height())

    def set_narrow(self, narrow: bool) -> None:
        """Show the buttons of training as icons alone, or with their names."""
        self._narrow = narrow
        self._show_device()
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
        for button in (self.step, self.reset, self.export):
            button.setToolButtonStyle(wanted)
        self.points.set_narrow(narrow)
        self.pace.set_narrow(narrow)
        self.direction.set_narrow(narrow)

    def show_train_icon(self) -> None:
        """Set the Train button's icon and text: Pause while training runs, else Train."""
        running = self._state.progress.running
        action = self._actions[train_menu.RUN]
        action.setText(tr("Pause") if running else tr(train_menu.RUN.title))
        action.setIconText(action.text())
        action.setIcon(self._icons.inked("pause" if running else "play", self._white))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.passes)
        row.addWidget(_joined(list(self.modes.values())))
        for widget in (self.points, self.target, self.direction, self.device):
            row.addWidget(widget)
        for button in (self.train, self.pace, self.step, self.reset, self.export):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 5)
        column.setSpacing(3)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.e_note)
        below.addWidget(self.hint, 1)
        column.addLayout(below)

    def _leave_to_the_program(self) -> None:
        """Let nothing be chosen that the program does whose graph this is."""
        self.field.show_only(tr(ATTACHED))
        for button in self.modes.values():
            button.setToolTip(tr(ATTACHED))
        for choice in (self.device, self.direction, self.pace):
            choice.hide()

    def _fill_export(self) -> None:
        menu = QMenu(self.export)
        for action in (*file_menu.EXPORTS, file_menu.EXPORT_PUBLICATION, file_menu.EXPORT_PLOTS):
            menu.addAction(self._actions[action])
        self.export.setMenu(menu)
        self.export.setIcon(self._icons["export"])
        self.export.setText(tr("Export"))
        self.export.setToolTip(tr("Write the graph or the plots to a file"))

    def _connect(self) -> None:
        state = self._state
        self.field.typed.connect(self._workbench.type_text)
        self.points.chosen.connect(lambda name, at: self._workbench.choose_point(at, name))
        state.catalogue_changed.connect(self._on_catalogue_changed)
        state.choice_changed.connect(self._on_choice_changed)
        state.expression_checked.connect(self._on_expression_checked)
        state.model_built.connect(self._on_model_built)
        state.data_changed.connect(self._show_target)
        state.training_changed.connect(self.show_train_icon)
        state.language_changed.connect(self._say_again)

    def _say_again(self) -> None:
        """Say again what is made of parts, and what has come after the registry has spoken."""
        self.show_train_icon()
        self._show_device()
        self._show_mode()
        self._show_hint()

    def _mode_button(self, title: str, tip: str) -> QToolButton:
        button = named(QToolButton(), title=tr(title), tip=tr(tip))
        button.setText(tr(title))
        button.setCheckable(True)
        button.clicked.connect(lambda: self._on_mode_clicked(button))
        return button

    def _on_mode_clicked(self, clicked: QToolButton) -> None:
        mode = next(mode for mode, button in self.modes.items() if button is clicked)
        # The checked button follows from the current model, not from the click.
        self._show_mode()
        self._workbench.choose_mode(mode)

    def _on_catalogue_changed(self) -> None:
        menu = QMenu(self.device)
        group = QActionGroup(menu)
        for entry in self._state.catalogue.devices if self._state.catalogue else ():
            action = QAction(f"{entry.name}  {entry.title}", menu, checkable=True)
            action.setData(entry.name)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(lambda action: self._workbench.choose_device(action.data()))
        self.device.setMenu(menu)
        self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        model = self._state.model
        self._show_device()
        self.device.setToolTip(tr("Where PyTorch builds the model"))
        for action in self.device.menu().actions() if self.device.menu() else ():
            action.setChecked(action.data() == model.device)
        self.points.show_values(model)

    def _show_device(self) -> None:
        device = self._state.model.device
        self.device.setText(device if self._narrow else tr("device {device}", device=device))

    def _on_expression_checked(self) -> None:
        self.field.show_text(self._state.text)
        self.field.show_error(self._state.error)
        self._show_hint()

    def _on_model_built(self) -> None:
        self._show_mode()
        self._show_hint()

    def _show_mode(self) -> None:
        built = self._state.built
        mode = built.mode if built else None
        for each, button in self.modes.items():
            button.setChecked(each == mode)
            button.setEnabled(built is not None and each in built.modes)
        own = built is not None and bool(built.model.trusted)
        inputs = built.inputs if built else {}
        self.field.show_inputs(inputs)
        if not self._state.attached:
            self.modes["fit"].setToolTip(tr(_NO_FIT if "y" in inputs else _FIT_TIP))
        images = built is not None and built.images is not None
        self._show_target()
        # Both at once, if only for a moment, would widen the window.
        if mode == "point":
            self.target.hide()
        crowded = built is not None and built.model.order > 1
        self.points.show_inputs(inputs, crowded=crowded)
        self.target.setVisible(mode != "point" and not own and not images)

    def _show_target(self) -> None:
        """Show the target of the fit; the tool tip has all of a longer text."""
        built = self._state.built
        text = target_text(built.model if built else self._state.model)
        short = text if len(text) <= _LONGEST_TARGET else f"{text[: _LONGEST_TARGET - 1]}…"
        self.target.setText(tr("target <b>{target}</b>", target=escape(short)))
        self.target.setToolTip(escape(text))

    def _show_hint(self) -> None:
        error = self._state.error
        text = str(error) if error else _note(self._state) or _description(self._state)
        self.hint.setText(text)
        self.hint.setToolTip(text if error or _note(self._state) else "")
        if self.hint.property("wrong") != bool(error):
            self.hint.setProperty("wrong", bool(error))
            self.hint.style().polish(self.hint)


def _note(state: State) -> str:
    """Return the notes on the model that is built; empty where there is none."""
    return sentences(state.built.notes) if state.built else ""


def _description(state: State) -> str:
    built = state.built
    if built is None:
        return tr("Starting PyTorch…") if state.engine == "starting" else ""
    if state.attached:
        whose = tr("{equation}.", equation=said_again(built.snapshot.equation))
        return sentences([whose, tr(_IN_FILE if state.in_file else _IN_PROGRAM)])
    if built.model.order > 1:
        last, given = derivative_text(built.model.order - 1), derivative_text(built.model.order)
        along = direction_text(built.model.direction)
        return tr(
            "The graph of the {last} {along}; a backward pass through it gives the {given}.",
            last=last,
            along=along,
            given=given,
        )
    equation = equation_text(said_again(built.snapshot.equation), built.model.dtype)
    names = listed(built.snapshot.parameters)
    if built.model.trusted and built.mode == "fit":
        return tr(
            "{equation}. Training makes this loss small; the graph is that of the loss.",
            equation=equation,
        )
    if built.model.trusted:
        return tr(
            "{equation}. The gradients are those of its inputs; there is no parameter.",
            equation=equation,
        )
    if built.images is not None:
        return tr("{equation}. The graph is that of the loss of one batch.", equation=equation)
    if built.mode == "point":
        *first, last = built.inputs or ["x"]
        at = tr("{first} and {last}", first=listed(first), last=last) if first else last
        result = built.graph.result or "y"
        return tr(
            "The gradient of {result} at {at}, through the graph that PyTorch built.",
            result=result,
            at=at,
        )
    if not names:
        return tr("{equation}. The graph is that of the loss.", equation=equation)
    return tr("Trained: {names}. The graph is that of the loss.", names=names)


def _menu_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    return button


def _action_button(action: QAction, name: str, *, primary: bool = False) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(name)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    if primary:
        button.setProperty("primary", True)
        # Train and Pause are not equally wide; the bar must not jump between them.
        button.setMinimumWidth(82)
    return button


def _joined(buttons: list[QToolButton]) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for button in buttons:
        row.addWidget(button)
    return pair
