"""Takes the pictures of the documentation from the program itself, by its own actions.

`python docs/pictures.py FOLDER` opens the window without a display, does what each page tells, and
writes what is then seen. Ends with an error where something does not come.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The settings of whoever makes the pictures neither change them nor are changed.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="gradviz-pictures-")


from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from gradviz.app import open_window
from gradviz.core.choices.settings import Model
from gradviz.ui.dialogs.moving_picture import MovingPictureDialog
from gradviz.ui.main_window import MainWindow

_PATIENCE_S: Final = 60.0
_SIZE: Final = (1280, 800)
_SUM: Final = "5x^3 + 2x^2 + 4x + 8"
_EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_STEPS: Final = 2000
_CUBIC: Final = "a + b x + c x^2 + d x^3"
#: The moving pictures by their names, each with what it is made of.
_FILMS: Final = {
    "fit": (_CUBIC, "--animate", "train", "--every", "20"),
    "pass": (_SUM, "--animate", "backward"),
}
_FILM_SIZE: Final = "640x360"


class Camera:
    """A window, what is done in it, and the pictures of it."""

    def __init__(self, folder: Path) -> None:
        """Open the window."""
        self.app, self.window = open_window(_SUM)
        self.window.resize(*_SIZE)
        self._folder = folder
        self.until(lambda: self.window.canvas.placement is not None)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; raises TimeoutError where it never does."""
        end = time.monotonic() + _PATIENCE_S
        while not holds():
            self.rest(0.02)
            if time.monotonic() > end:
                raise TimeoutError(f"the window did not get so far: {holds}")

    def rest(self, seconds: float) -> None:
        """Let the window do what is due for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def do(self, action: str, times: int = 1) -> None:
        """Do an action of the menus, by its name."""
        found = next(each for each in self.window.actions_made if each.objectName() == action)
        for _ in range(times):
            self.until(found.isEnabled)
            found.trigger()
            self.rest(0.05)

    def open(self, text: str) -> None:
        """Type an expression and wait for its graph."""
        self.window.open_expression(text)
        self.until(lambda: shows(self.window, text))

    def open_file(self, reference: str) -> None:
        """Open a model of a file, and trust it as a user does."""
        models = self.window.own_models
        models.open(Model(source=reference))
        self.until(lambda: models.dialog is not None)
        if models.dialog is not None:
            models.dialog.run.click()
        self.until(lambda: shows(self.window, reference))

    def take(self, name: str, seen: QWidget | None = None) -> None:
        """Write what is seen, or a dialog."""
        self.rest(1.0)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.png"
        if not (seen or self.window).grab().save(str(path)):
            raise OSError(f"{path} could not be written")

    def take_films(self) -> None:
        """Write the moving pictures, by the command line."""
        for name, words in _FILMS.items():
            path = self._folder / f"{name}.gif"
            command = (sys.executable, "-m", "gradviz", "export", *words, "--size", _FILM_SIZE)
            subprocess.run((*command, "--quiet", "-o", str(path)), check=True)


def shows(window: MainWindow, text: str) -> bool:
    """Tell whether the window shows the graph of a typed text, with its gradients."""
    state = window.state
    built = state.built
    return (
        built is not None
        and built.model.source == text
        and state.trace is not None
        and state.graph is not None
        and window.canvas.placement_of(state.graph) is not None
    )


def main(folder: Path) -> None:
    """Take all pictures."""
    # The platform without a display says of each window that its size is no hint.
    qInstallMessageHandler(lambda _kind, _context, _message: None)
    camera = Camera(folder)
    camera.until(lambda: shows(camera.window, _SUM))
    camera.do("gradviz.step.forward", times=6)
    camera.take("sum")
    camera.do("gradviz.view.workspace_inspect")
    camera.take("inspect")
    camera.open(_CUBIC)
    camera.do("gradviz.view.workspace_train")
    camera.do("gradviz.train.run")
    camera.until(lambda: camera.window.state.progress.last_step >= _STEPS)
    camera.take("fit")
    dialog = MovingPictureDialog({"train": _STEPS}, camera.window)
    dialog.show()
    camera.take("moving", dialog)
    dialog.close()
    camera.do("gradviz.view.workspace_debug")
    camera.open_file(f"{_EXAMPLES / 'attention.py'}:Transformer")
    camera.do("gradviz.step.last")
    camera.do("gradviz.view.colour_gradient")
    camera.take("health")
    camera.window.close()
    camera.take_films()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
