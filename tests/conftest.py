"""What every test starts from: no display is needed, and nothing may be left behind."""

import os
import sys
import threading
import time
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The texts that tests look for are English, whatever the language of the machine.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("GRADVIZ_LANGUAGE", None)
# The models of a library are built with random weights, and nothing is asked for on a network.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.plugin.debug=false")

import psutil
import pytest
from hypothesis import settings
from promised import pytest_terminal_summary  # noqa: F401 - a hook is found by its name

settings.register_profile("gradviz", deadline=None, print_blob=True)
settings.load_profile("gradviz")


@pytest.fixture(scope="session", autouse=True)
def qapp() -> object:
    """Make the application as the program sets it up, whichever test comes first.

    What is exported without a window makes a smaller one, which no window can be opened in.
    """
    from gradviz.app import make_application

    return make_application()


@pytest.fixture
def untraced() -> Iterator[None]:
    """Switch off whatever follows each line, as coverage does, where time is measured."""
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture(autouse=True)
def _english_is_spoken() -> Iterator[None]:
    """Speak English again after a test that has spoken another language."""
    from gradviz.core.language.saying import Translations, use

    yield
    use(Translations("en"))


@pytest.fixture(autouse=True)
def _garbage_is_collected() -> Iterator[None]:
    """Collect what is due, which the application does in its event loop alone."""
    from gradviz.ui.garbage import collect_due

    yield
    collect_due()


@pytest.fixture(autouse=True)
def _nothing_is_left_running() -> Iterator[None]:
    """Fail the test that leaves a process or a thread behind."""
    processes = set(psutil.Process().children(recursive=True))
    threads = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        left = [p for p in psutil.Process().children(recursive=True) if p not in processes]
        alive = [t for t in threading.enumerate() if t not in threads and not t.daemon]
        if not left and not alive:
            return
        time.sleep(0.02)
    for process in left:
        process.kill()
    pytest.fail(f"left running: {left} {alive}")
