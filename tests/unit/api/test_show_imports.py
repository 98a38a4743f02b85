"""What `gradviz.show` imports: little before its window starts, and nothing for others alone."""

import subprocess
import sys

_WINDOW = "import gradviz.api.show"
_RECORDING = "import torch, gradviz.api.shown_passes, gradviz.engine.presenter"


def _loaded(script: str, names: tuple[str, ...]) -> str:
    """Return which modules of `names` a script has loaded."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{script}; import sys; print(*sorted(set({names}) & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_that_the_window_starts_before_the_kinds_of_messages_are_loaded() -> None:
    names = ("torch", "msgspec", "gradviz.protocol.commands", "gradviz.core.graphs.graph")
    assert _loaded(_WINDOW, names) == ""


def test_that_a_pass_is_recorded_without_what_builds_checks_or_draws() -> None:
    names = (
        "gradviz.engine.models",
        "gradviz.engine.runs.run",
        "gradviz.engine.inspection.checks",
        "gradviz.own",
        "gradviz.export.figure",
        "gradviz.render",
        "gradviz.session_files",
    )
    assert _loaded(_RECORDING, names) == ""
    # They are names of modules, which others load.
    others = "import gradviz.api.picture_files, gradviz.api.recording_files, gradviz.engine.machine"
    assert _loaded(f"{others}, gradviz.engine.inspection.checks", names).split() == sorted(names)
