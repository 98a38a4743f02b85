"""A window for each test."""

from session_windows import open_another, session_path  # noqa: F401 - as those below
from windows import (  # noqa: F401 - fixtures are found by their names
    _no_widget_is_left,
    engine,
    layouts,
    real_window,
    settings,
    window,
)
