"""Modules loaded once more, as they are in another version of PyTorch."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any


def fresh(module: ModuleType) -> Any:
    """Return a second copy of `module`, made now; the one that is in use stays as it is."""
    spec = spec_from_file_location(f"{module.__name__}_fresh", module.__file__ or "")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _raise(_: object) -> Any:
    raise AttributeError("This version has no such attribute.")


#: In place of an attribute: there is none.
ABSENT = property(_raise)
