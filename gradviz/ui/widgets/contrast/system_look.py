"""The look that the system asks for: high contrast, light or dark, also while the window runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from gradviz.render.style import DARK
from gradviz.ui.widgets.contrast.high_contrast import HIGH_DARK, HIGH_LIGHT
from gradviz.ui.widgets.theme import DARK_THEME, LIGHT_THEME, Theme, theme_named

HIGH_LIGHT_THEME: Final = replace(
    LIGHT_THEME,
    look=HIGH_LIGHT,
    error="#8F0A00",
    error_fill="#FFFFFF",
    hover="#E6E6E6",
    disabled="#595959",
    selection="#D6E6FF",
    target="#003C9E",
    target_text="#003C9E",
    runs=(
        *("#072140", "#722C08", "#054C3B", "#621AB2"),
        *("#996E00", "#1977B3", "#000000", "#C23D75"),
    ),
)
HIGH_DARK_THEME: Final = replace(
    DARK_THEME,
    look=HIGH_DARK,
    error="#FFA39B",
    error_fill="#000000",
    hover="#333333",
    disabled="#A6A6A6",
    selection="#123A66",
    target="#8AC4FF",
    target_text="#8AC4FF",
    runs=(
        *("#C2D4FF", "#FF4300", "#4BE7BA", "#9C47FF"),
        *("#F7DA82", "#0091CC", "#757575", "#BB8B62"),
    ),
)


def wants_high_contrast() -> bool:
    """Tell whether the system asks for high contrast; a Qt before 6.10 is not told."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def theme_for(name: str) -> Theme:
    """Return the theme "light", "dark" or that of the system, in high contrast where that asks."""
    found = theme_named(name)
    if not wants_high_contrast():
        return found
    return HIGH_DARK_THEME if found.look is DARK else HIGH_LIGHT_THEME


class SystemLook(QObject):
    """Calls `changed` when the system asks for another contrast, or turns from light to dark."""

    def __init__(self, changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._tell)
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._tell)

    def _tell(self, _: object) -> None:
        self._changed()
