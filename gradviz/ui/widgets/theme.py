"""The colours of the window's controls, derived from the one table of colours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from gradviz.render.style import DARK, LIGHT
from gradviz.render.style import Theme as Look
from gradviz.ui.widgets.icons import resources

FONT_PIXELS = 13
#: In front of a class: the least height of a text, and the factors of texts and lines.
PRESENTED_PIXELS, PRESENTED_SCALE, PRESENTED_STROKE = 18, 1.4, 1.5

_TOKENS = {
    "light": {
        "parameter": "#B5391A",
        "variable": "#1D5FB4",
        "number": "#1D2430",
        "function": "#6B4BB0",
        "operator": "#5B6472",
        "bracket": "#5B6472",
        "unknown": "#B3261E",
    },
    "dark": {
        "parameter": "#FF9673",
        "variable": "#8CBEF7",
        "number": "#E8EAEE",
        "function": "#BFA8F0",
        "operator": "#A2AAB7",
        "bracket": "#A2AAB7",
        "unknown": "#FF8A80",
    },
    "light, high contrast": {
        "parameter": "#8A2400",
        "variable": "#003C9E",
        "number": "#000000",
        "function": "#4B1F99",
        "operator": "#1F1F1F",
        "bracket": "#1F1F1F",
        "unknown": "#8F0A00",
    },
    "dark, high contrast": {
        "parameter": "#FFAE8C",
        "variable": "#8AC4FF",
        "number": "#FFFFFF",
        "function": "#C9B0FF",
        "operator": "#E6E6E6",
        "bracket": "#E6E6E6",
        "unknown": "#FFA39B",
    },
}


#: To look up the colours of so many widgets takes a few milliseconds.
_STYLED_AT_ONCE = 40


@dataclass(frozen=True)
class Theme:
    """One theme for the window: the graph's colours and those that only controls have."""

    look: Look
    error: str
    error_fill: str
    hover: str
    disabled: str
    selection: str
    target: str
    target_text: str
    #: Eight that stay apart for those who see fewer colours, for the runs that are compared.
    runs: tuple[str, ...]
    #: The factor of the sizes of all texts, and the least of them in pixels.
    text_scale: float = 1.0
    smallest_text: int = 0

    def pixels(self, size: int) -> int:
        """Return the height of a text that has `size` pixels in the window, in this theme."""
        return max(self.smallest_text, round(size * self.text_scale))

    def stroke(self, width: float) -> float:
        """Return the width of a line of a plot that has `width` pixels in the window."""
        return width * self.look.stroke

    def token(self, kind: str) -> str:
        """Return the colour of a token of the expression field."""
        return _TOKENS[self.look.name].get(kind, self.look.text)


LIGHT_THEME = Theme(
    look=LIGHT,
    error="#B3261E",
    error_fill="#FDECEA",
    hover="#EDF1F7",
    disabled="#A3ABB7",
    selection="#DCE9FB",
    target="#4B91E4",
    target_text="#1D5FB4",
    runs=(
        *("#1977E6", "#8F360A", "#0B9F7B", "#4A1486"),
        *("#B98500", "#1977B3", "#2F3E55", "#1F0A13"),
    ),
)
DARK_THEME = Theme(
    look=DARK,
    error="#FF8A80",
    error_fill="#3A2324",
    hover="#2C323B",
    disabled="#6B7482",
    selection="#2B3F5C",
    target="#6CA8F0",
    target_text="#8CBEF7",
    runs=(
        *("#3F74EA", "#FF6A35", "#16A87E", "#C99BFF"),
        *("#F2C230", "#86DCFF", "#FFFFFF", "#9B6338"),
    ),
)


def theme_named(name: str) -> Theme:
    """Return the theme "light" or "dark"; for anything else the one that the system has."""
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK_THEME if dark else LIGHT_THEME
    return DARK_THEME if name == "dark" else LIGHT_THEME


def presented(theme: Theme) -> Theme:
    """Return the theme for a projector: large texts, and thick lines in graph and plots."""
    look = msgspec.structs.replace(theme.look, stroke=PRESENTED_STROKE)
    return replace(theme, look=look, text_scale=PRESENTED_SCALE, smallest_text=PRESENTED_PIXELS)


def interface_font() -> QFont:
    """Return the system's interface font at the size of this window."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(FONT_PIXELS)
    return font


def use_style(app: QApplication, theme: Theme) -> None:
    """Give the whole program the colours of `theme`; widgets paint with them from then on."""
    for _ in styling(app, theme):
        pass


def styling(app: QApplication, theme: Theme) -> Iterator[None]:
    """Do what `use_style` does, and stop after each piece of it.

    The style sheet is the same for every theme: it takes its colours from the palette of the
    program. To set another sheet takes Qt three times as long as to look up the colours again.
    """
    app.setPalette(colours_of_sheet(theme))
    yield
    # Each widget itself has the palette without the colours that only the sheet means.
    # PySide's annotation asks for bytes, which it does not take.
    app.setPalette(palette(theme), "QWidget")  # type: ignore[arg-type]
    yield
    sheet = style_sheet()
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
        return
    for place, widget in enumerate(app.allWidgets()):
        # Some may be gone by now.
        if isValid(widget) and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().polish(widget)
        if place % _STYLED_AT_ONCE == 0:
            yield


def palette(theme: Theme) -> QPalette:
    """Return the palette for what no style sheet reaches, such as check boxes and tool tips."""
    look = theme.look
    made = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.Button), look.bar),
        ((role.Base, role.AlternateBase, role.ToolTipBase), look.panel),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), look.text),
        ((role.PlaceholderText,), look.secondary),
        ((role.Highlight, role.Accent), look.accent),
        ((role.HighlightedText,), look.accent_text),
        ((role.Mid, role.Midlight), look.line),
    ):
        for each in roles:
            made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.disabled))
    return made


def colours_of_sheet(theme: Theme) -> QPalette:
    """Return the palette that the style sheet takes its colours from, by their `ROLES`."""
    made = palette(theme)
    role = QPalette.ColorRole
    for each, colour in (
        (role.Light, theme.hover),
        (role.Midlight, theme.selection),
        (role.Dark, theme.disabled),
        (role.Shadow, theme.error_fill),
        (role.BrightText, theme.look.now_text),
        (role.LinkVisited, theme.error),
    ):
        made.setColor(each, QColor(colour))
    return made


#: The colours that the style sheet names, as roles of `colours_of_sheet`. Links in a text have
#: their colour from the palette of the program too, so that role is none of them.
ROLES = {
    "bar": "window",
    "panel": "base",
    "text": "window-text",
    "secondary": "placeholder-text",
    "line": "mid",
    "accent": "highlight",
    "accent_text": "highlighted-text",
    "hover": "light",
    "selection": "midlight",
    "disabled": "dark",
    "error_fill": "shadow",
    "now_text": "bright-text",
    "error": "link-visited",
}


def style_sheet() -> str:
    """Return the style sheet of the whole window, whatever its theme."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    values = {
        **{name: f"palette({role})" for name, role in ROLES.items()},
        "mono": f'"{mono}"',
        "dock_close": _url("dock-close"),
        "dock_float": _url("dock-float"),
        "arrow_up": _url("arrow-up"),
        "arrow_down": _url("arrow-down"),
        "arrow_left": _url("arrow-left"),
        "arrow_right": _url("arrow-right"),
    }
    sheet = _SHEET
    for name, value in values.items():
        sheet = sheet.replace(f"@{name};", f"{value};")
    return sheet


def text_sheet(theme: Theme) -> str:
    """Return the rules of the style sheet that tell the size of a text, in the sizes of `theme`."""

    def sized(found: re.Match[str]) -> str:
        return f"font-size: {theme.pixels(int(found[1]))}px"

    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", _SHEET)
    found = [
        f"{selector.strip()} {{ {re.sub(_FONT_SIZE, sized, size[0])}; }}"
        for selector, body in rules
        if (size := re.search(_FONT_SIZE, body)) is not None
    ]
    return "\n".join([f"QWidget {{ font-size: {theme.pixels(FONT_PIXELS)}px; }}", *found])


def _url(icon: str) -> str:
    return f'url("{(resources() / "icons" / icon).as_posix()}.svg")'


_FONT_SIZE = r"font-size: (\d+)px"
_SHEET = """
QMainWindow, QMenuBar, QStatusBar, QToolBar { background: @bar; color: @text; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMenuBar { border-bottom: 1px solid; border-color: @line; padding: 2px; }
QMenuBar::item { padding: 5px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; color: @text; border: 1px solid; border-color: @line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolBar { border: none; spacing: 8px; padding: 0px; }
QToolBar#top { border-bottom: 1px solid; border-color: @line; }
QToolBar#history, QToolBar#bottom { border-top: 1px solid; border-color: @line; }
QStatusBar { border-top: 1px solid; border-color: @line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @secondary; font-size: 12px; padding: 0px 8px; }
QStatusBar QPushButton { font-size: 12px; padding: 0px 8px; border-radius: 4px; }
QDockWidget { color: @secondary; font-size: 11px; font-weight: 600;
    titlebar-close-icon: @dock_close; titlebar-normal-icon: @dock_float; }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: none;
    border-radius: 4px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @hover; }
QDockWidget::title { text-align: left; padding: 5px 12px; }
QDockWidget > QWidget { background: @bar; }
QTabBar { font-size: 11px; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @secondary; padding: 7px 7px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { background: @hover; }
QTabBar#workspaces { font-size: 13px; }
QTabBar#workspaces::tab { padding: 4px 14px; margin: 0px 1px; border: 1px solid transparent;
    border-radius: 6px; }
QTabBar#workspaces::tab:selected { background: @panel; color: @accent; border-color: @line; }
QLabel { color: @text; background: transparent; }
QLabel#secondary, QLabel#name, QLabel#empty, QLabel#hint { color: @secondary; }
QLabel#empty { padding: 14px; }
QTextBrowser#explanation { background: transparent; border: none; }
QLabel#title { font-size: 17px; font-weight: 700; }
QLabel#heading { color: @secondary; font-size: 11px; font-weight: 600; letter-spacing: 1px; }
QLabel#name { font-size: 12px; }
QLineEdit#initial { border: 1px solid transparent; background: transparent; padding: 0px 3px;
    min-height: 0px; border-radius: 4px;
    font-family: @mono;; font-size: 12px; }
QLineEdit#initial:focus:!read-only { border-color: @accent; background: @panel; }
QLabel#number { font-family: @mono;; font-size: 12px; }
QLabel#number[now="true"] { color: @now_text; font-weight: 600; }
QLabel#legend { font-size: 11px; font-weight: 600; padding: 2px 4px; }
QLabel#crosshair { background: @panel; border: 1px solid @line; border-radius: 5px;
  font-size: 11px; padding: 2px 6px; }
QLabel#error { color: @error; font-size: 12px; }
QLabel#hint[wrong="true"] { color: @error; }
QLabel#hint { font-size: 12px; }
QToolBar#lesson { background: @panel; border-bottom: 1px solid; border-color: @line; }
QLabel#lesson_sentence { font-size: 15px; }
QLabel#lesson_told { font-size: 12px; color: @secondary; }
QLabel#where { color: @text; }
QLabel#past { color: @secondary; font-size: 12px; }
QLabel#past[past="true"] { color: @now_text; font-weight: 600; }
QLabel#result { font-family: @mono;; font-size: 12px; background: @panel; border: 1px solid;
    border-color: @line; border-radius: 7px; padding: 8px; }
QLabel#canvas_hint { background: @panel; color: @secondary; border: 1px solid;
    border-color: @line; border-radius: 8px; padding: 8px 14px; }
QLabel#readout { background: @panel; border: 1px solid; border-color: @line; border-radius: 7px;
    padding: 7px 11px; }
QFrame#card { background: @panel; border: 1px solid; border-color: @line; border-radius: 8px; }
QFrame#notice { background: @error_fill; border: none; border-bottom: 1px solid;
    border-color: @line; }
QWidget#inspector, QScrollArea { background: @bar; border: none; }
QPlainTextEdit#expression { background: @panel; color: @text; border: 1px solid;
    border-color: @line; border-radius: 7px; padding: 3px 8px; }
QPlainTextEdit#expression:focus { border: 1px solid; border-color: @accent; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @panel; color: @text;
    border: 1px solid; border-color: @line; border-radius: 6px; padding: 4px 8px;
    min-height: 20px; selection-background-color: @accent; selection-color: @accent_text; }
QAbstractSpinBox QLineEdit { border: none; padding: 0px; min-height: 0px; background: transparent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: @disabled; }
QLineEdit[wrong="true"], QSpinBox[wrong="true"], QComboBox[wrong="true"] { border-color: @error; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::down-button { width: 16px; border: none; background: transparent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: @arrow_down; width: 12px; height: 12px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: @arrow_up; width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid;
    border-color: @line; selection-background-color: @selection; selection-color: @text; }
QPushButton, QToolButton { background: @panel; color: @text; border: 1px solid;
    border-color: @line; border-radius: 7px; padding: 6px 12px; }
QToolButton { padding: 6px 9px; }
QToolButton#e_note { padding: 0px 6px; font-size: 12px; border-radius: 4px; }
QTabBar::scroller { width: 18px; }
QTabBar::tear { width: 0px; image: none; border: none; }
QTabBar QToolButton { background: @bar; border: none; border-radius: 0px; padding: 0px; }
QTabBar QToolButton::left-arrow { image: @arrow_left; width: 14px; height: 14px; }
QTabBar QToolButton::right-arrow { image: @arrow_right; width: 14px; height: 14px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {
    background: @selection; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; }
QToolButton[primary="true"] { background: @accent; color: @accent_text; border-color: @accent;
    font-weight: 600; }
QToolButton[primary="true"]:hover { border-color: @text; }
QToolButton[primary="true"]:disabled { background: @line; color: @disabled; border-color: @line; }
QToolButton[popupMode="2"] { padding-right: 25px; }
QCheckBox { padding: 3px 5px; }
QCheckBox::indicator:unchecked { width: 12px; height: 12px; border: 1px solid; border-radius: 3px;
    border-color: @secondary; background: @panel; }
QToolButton::menu-indicator { image: @arrow_down; width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }
QWidget#canvas_bar QToolButton { padding: 4px 7px; font-size: 12px; }
QWidget#depth_box, QWidget#breadcrumbs { background: @panel; border: 1px solid;
    border-color: @line; border-radius: 7px; }
QWidget#depth_box QLabel { font-size: 12px; color: @secondary; }
QWidget#breadcrumbs QToolButton { padding: 4px 5px; font-size: 12px; border: none;
    background: @panel; color: @secondary; }
QWidget#breadcrumbs QToolButton:hover { color: @accent; }
QLabel#here { font-weight: 600; padding: 4px 5px; }
QWidget#canvas_bar QToolButton[popupMode="2"] { padding-right: 23px; }
QTableWidget, QTableView { background: @panel; color: @text; border: 1px solid; border-color: @line;
    border-radius: 7px; gridline-color: @line; font-family: @mono;; font-size: 12px;
    selection-background-color: @selection; selection-color: @text; }
QTreeView { background: @panel; color: @text; border: 1px solid; border-color: @line;
    border-radius: 7px; font-size: 12px; selection-background-color: @selection;
    selection-color: @text; outline: none; }
QTreeView::item { padding: 3px 2px; }
QTreeView QHeaderView::section { padding: 4px 3px; }
QTreeView::item:hover { background: @hover; }
QTreeView::item:selected { background: @selection; color: @text; }
QTreeView::branch:has-children:closed { image: @arrow_right; }
QTreeView::branch:has-children:open { image: @arrow_down; }
QTableWidget::item, QTableView::item { padding: 0px 8px; }
FittingTable::item { padding: 0px 4px; }
FittingTable QHeaderView::section { padding: 4px 4px; }
QHeaderView, QHeaderView::section { background: @bar; color: @secondary; border: none;
    font-size: 11px; }
QHeaderView::section { padding: 4px 8px; }
QFrame#find_bar { background: @panel; border: 1px solid; border-color: @line; border-radius: 8px; }
QFrame#find_bar QToolButton { padding: 3px 6px; }
QFrame#popup { background: @panel; border: 1px solid; border-color: @line; border-radius: 8px; }
QListWidget, QListView#found { background: transparent; color: @text; border: none;
    outline: none; }
QListWidget::item, QListView#found::item { padding: 4px 8px; border-radius: 6px; }
QListWidget::item:hover, QListView#found::item:hover { background: @hover; }
QListWidget::item:selected, QListView#found::item:selected { background: @selection;
    color: @text; }
QListWidget:focus, QListView#found:focus { border: none; }
QListWidget::item:selected:active, QListView#found::item:selected:active {
    border-left: 3px solid; border-color: @accent; padding-left: 5px; }
QToolTip, QLabel#field_message { background: @panel; color: @text; border: 1px solid;
    border-color: @line; padding: 4px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: @line; border-radius: 3px; min-height: 30px; }
QScrollBar::handle:vertical:hover { background: @disabled; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: @line; border-radius: 3px; min-width: 30px; }
QScrollBar::handle:horizontal:hover { background: @disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
"""
