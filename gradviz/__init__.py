"""See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live.

The functions for scripts and notebooks are loaded when they are first used, so that `import
gradviz` takes no time and loads neither torch nor Qt.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gradviz.api.captures import Capture, capture
    from gradviz.api.dots import make_dot, make_dot_from_trace
    from gradviz.api.show import show
    from gradviz.api.watches import Watch, watch
    from gradviz.api.windows import OpenWindow
    from gradviz.core.errors import GradvizError

__version__ = "0.1.0"

#: The public names, and the module that each is in.
_HOMES: Final = {
    "Capture": "gradviz.api.captures",
    "GradvizError": "gradviz.core.errors",
    "OpenWindow": "gradviz.api.windows",
    "Watch": "gradviz.api.watches",
    "capture": "gradviz.api.captures",
    "make_dot": "gradviz.api.dots",
    "make_dot_from_trace": "gradviz.api.dots",
    "show": "gradviz.api.show",
    "watch": "gradviz.api.watches",
}

__all__ = [
    "Capture",
    "GradvizError",
    "OpenWindow",
    "Watch",
    "capture",
    "make_dot",
    "make_dot_from_trace",
    "show",
    "watch",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that it is in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    """Return the public names, those that are not loaded yet too."""
    return sorted({*globals(), *_HOMES})
