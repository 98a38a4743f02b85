"""The real program under X11 is read over AT-SPI, as Orca reads it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_READER = Path(__file__).parents[1] / "at_spi_reader.py"
_SYSTEM_PYTHON = "/usr/bin/python3"
_PATIENCE_S = 180
_WANTED = (
    "There is no reader of AT-SPI. Install one: `make screen-reader`, or on Debian and Ubuntu "
    "`apt install xvfb dbus at-spi2-core python3-pyatspi gir1.2-atspi-2.0`."
)


def require_reader() -> None:
    """Fail the test with a way to get a reader where there is none."""
    known = subprocess.run(
        [_SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    )
    if known.returncode or not all(map(shutil.which, ("Xvfb", "dbus-run-session"))):
        pytest.fail(_WANTED)


@pytest.fixture
def screen() -> Iterator[str]:
    """Open a screen of its own, and return its name."""
    require_reader()
    reading, writing = os.pipe()
    size = ["-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    command = ["Xvfb", "-displayfd", str(writing), *size]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is of Linux")
def test_that_a_screen_reader_finds_the_nodes_of_the_graph(screen: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        # No desktop says here that somebody listens.
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    told = tmp_path / "told.json"
    reader = ["dbus-run-session", "--", _SYSTEM_PYTHON, str(_READER), str(told)]
    done = subprocess.run(
        [*reader, sys.executable, "-m", "gradviz", "sin(x) + x"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(told.read_text(encoding="utf-8"))
    nodes = {each["name"]: each for each in found["nodes"]}
    assert set(nodes) == {"x", "Sin SinBackward0", "Add AddBackward0"}
    assert {each["role"] for each in nodes.values()} == {"list item"}
    assert nodes["x"]["description"] == "2"
    assert nodes["Sin SinBackward0"]["description"] == "sin(x), 0.909297"
    flows = nodes["Sin SinBackward0"]["relations"]
    assert flows == {"flows-to": ["Add AddBackward0"], "flows-from": ["x"]}
    assert found["chosen"]
    assert found["step"] == "step 1 of 3: AddBackward0"
    # The nodes of the loss of a + b x + c x², which has taken the place of the first graph.
    assert found["typed"] == 10
    assert found["elements"] > 100
    assert found["code"] == 0, done.stderr
