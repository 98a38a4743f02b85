"""Each promise to a user is tried on the window and the processes that a user has."""

from promised import tell  # noqa: F401 - a fixture is found by its name
from windows import (  # noqa: F401 - as in the tests of the window
    _no_widget_is_left,
    engine,
    layouts,
    real_window,
    settings,
    window,
)
