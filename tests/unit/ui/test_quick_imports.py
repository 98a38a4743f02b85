"""PySide does not read the sources of the window's modules."""

import subprocess
import sys

_PROGRAM = """
import inspect, sys
from gradviz.ui.quick_imports import leave_sources_unread
read = []
sources = inspect.getsource
inspect.getsource = lambda module: read.append(module) or sources(module)
from gradviz.core import number_text
assert read
leave_sources_unread()
leave_sources_unread()
read.clear()
import gradviz.app, pyqtgraph
print([module.__name__ for module in read])
table = sys.modules["shibokensupport.feature"].pyside_feature_dict
print(table["gradviz.app"], table["pyqtgraph"])
"""


def test_that_no_source_is_read_and_no_feature_is_switched() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["[]", "0 0"]
