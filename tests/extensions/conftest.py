"""A window for each test of an addition that is seen in it."""

from windows import (  # noqa: F401 - fixtures are found by their names
    _no_widget_is_left,
    engine,
    layouts,
    settings,
    window,
)
