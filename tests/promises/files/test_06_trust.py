"""No code of a file runs unless the user trusts it and what it imports, as they stand then."""

import io
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import torch
from own_models import HEAD, written
from promised import Tell

_ROOT = Path(__file__).parents[3]
_NET = (
    HEAD
    + """from helper import K
from pathlib import Path

Path(__file__).with_name("ran").touch()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))

    def forward(self):
        return K * self.w.sum()
"""
)
_HELPER = 'from pathlib import Path\nPath(__file__).with_name("helped").touch()\nK = 2.0\n'


class _Unpickled:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.mark,)


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gradviz", "step", str(folder / "own" / "net.py"), *arguments],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(folder / "settings")},
    )


def _marks(folder: Path) -> set[str]:
    own = folder / "own"
    found = {name for name in ("ran", "helped", "unpickled") if (own / name).exists()}
    for name in found:
        (own / name).unlink()
    return found


def test_that_code_runs_after_trust_alone_and_not_once_any_of_it_has_changed(
    tmp_path: Path, tell: Tell
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    net, helper = written(own, _NET), written(own, _HELPER, "helper.py")

    assert _run(tmp_path).returncode == 2
    assert _marks(tmp_path) == set()
    assert _run(tmp_path, "--trust").returncode == 0
    assert _marks(tmp_path) == {"ran", "helped"}
    assert _run(tmp_path).returncode == 0
    assert _marks(tmp_path) == {"ran", "helped"}
    changes = {"the file": net, "what it imports": helper}
    for changed in changes.values():
        before = changed.read_text()
        changed.write_text(before + "\n# another content\n")
        refused = _run(tmp_path)
        assert refused.returncode == 2
        assert "trust" in refused.stderr
        assert _marks(tmp_path) == set()
        changed.write_text(before)
    assert _run(tmp_path).returncode == 0
    _marks(tmp_path)
    tell(f"untrusted, and with {' or '.join(changes)} changed: nothing ran; trusted: all of it")


def test_that_weights_that_hold_code_are_refused_and_not_run(tmp_path: Path, tell: Tell) -> None:
    own = tmp_path / "own"
    own.mkdir()
    written(own, _NET)
    written(own, _HELPER, "helper.py")
    _run(tmp_path, "--trust")
    _marks(tmp_path)
    bad = {
        "a pickle": pickle.dumps({"w": _Unpickled(own / "unpickled")}),
        "a pickle in a zip": _zipped(_Unpickled(own / "unpickled")),
        "a module": _saved(torch.nn.Linear(2, 1)),
        "TorchScript": _scripted(),
    }
    for name, content in bad.items():
        weights = own / "weights.pt"
        weights.write_bytes(content)
        refused = _run(tmp_path, "--weights", str(weights))
        assert refused.returncode == 2, name
        assert "Traceback" not in refused.stderr, name
        assert _marks(tmp_path) <= {"ran", "helped"}, name
    tell(f"weights that are {', '.join(bad)}: refused in a sentence, and nothing of them ran")


def _zipped(value: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("weights/data.pkl", pickle.dumps({"w": value}))
        archive.writestr("weights/version", "3\n")
        archive.writestr("weights/byteorder", "little")
    return stream.getvalue()


def _saved(value: object) -> bytes:
    stream = io.BytesIO()
    torch.save(value, stream)
    return stream.getvalue()


def _scripted() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("weights/data.pkl", pickle.dumps({}))
        archive.writestr("weights/constants.pkl", pickle.dumps(()))
        archive.writestr("weights/code/__torch__.py", "class Net(Module):\n  pass\n")
        archive.writestr("weights/version", "3\n")
    return stream.getvalue()
