"""The wish of a desktop for less movement, and the movements that there are then."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gradviz.ui.canvas import motion
from gradviz.ui.canvas.reduced_motion import ASKED, ReducedMotion


def _answered(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> bool:
    """Return the answer where the settings of GNOME are those of a script."""
    program = folder / "gsettings"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    asked = ReducedMotion(ASKED["linux"])
    asked.wait()
    return asked.wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ('[ "$*" = "get org.gnome.desktop.interface enable-animations" ] && echo false', True),
        ("echo true", False),
        ("echo 'No such schema' >&2; exit 1", False),
    ],
)
def test_that_gnome_is_asked_for_its_animations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, wanted: bool
) -> None:
    assert _answered(tmp_path, monkeypatch, script) is wanted


def test_that_a_desktop_without_an_answer_wants_movement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    def fails() -> bool:
        raise OSError

    for ask in (None, fails):
        asked = ReducedMotion(ask)
        asked.wait()
        assert not asked.wanted


def test_that_nothing_moves_where_the_desktop_wants_no_movement(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    for wanted in (False, True):
        asked = ReducedMotion(lambda answer=wanted: answer)  # type: ignore[misc]
        asked.wait()
        monkeypatch.setattr(motion, "_desktop", lambda answered=asked: answered)
        assert motion.movement_is_wanted() is not wanted
