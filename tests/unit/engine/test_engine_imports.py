"""The engine without Qt: it must run where there is no window and no Qt."""

import subprocess
import sys

_SCRIPT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError(f"{name} was asked for")

sys.meta_path.insert(0, NoQt())
import gradviz.engine
for module in pkgutil.walk_packages(gradviz.engine.__path__, "gradviz.engine."):
    importlib.import_module(module.name)
"""


def test_that_the_engine_needs_no_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
