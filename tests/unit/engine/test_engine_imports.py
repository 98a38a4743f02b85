"""What the engine imports: never Qt, and nothing slow at the moment when someone waits."""

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


def _run(script: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stderr


def test_that_the_engine_needs_no_qt() -> None:
    assert _run(_SCRIPT) == (0, "")


_LATENCY = """
import sys
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel, TrainOneStep

machine = Machine()
list(machine.handle(BuildModel(1, Model(source="module"))))
before = set(sys.modules)
list(machine.handle(TrainOneStep(1, Training(optimizer="sgd", learning_rate=1e-6))))
late = set(sys.modules) - before
sys.exit(f"the first step imports {len(late)} modules: {sorted(late)[:3]}" if len(late) > 9 else 0)
"""
_RECORDING = """
import sys
from gradviz.core.choices.settings import Model
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel

list(Machine().handle(BuildModel(1, Model(source="x^2"))))
sys.exit("it was imported" if "torch.fx.experimental.symbolic_shapes" in sys.modules else 0)
"""


def test_that_the_first_step_of_training_waits_for_no_large_import() -> None:
    assert _run(_LATENCY) == (0, "")


def test_that_recording_does_without_the_import_of_a_second() -> None:
    assert _run(_RECORDING) == (0, "")
