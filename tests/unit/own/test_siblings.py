"""The code of its own folder that a file imports, found without running a line of it."""

import sysconfig
from pathlib import Path

import pytest
from own_models import written

from gradviz.core.errors import OwnModelError
from gradviz.own.siblings import is_own, read_model_files

_MARK = "raise AssertionError('it was run')\n"


def _found(folder: Path, text: str, late: tuple[Path, ...] = ()) -> list[str]:
    """Return the names of the files beside `net.py` with that text, from the folder on."""
    files = read_model_files(str(written(folder, _MARK + text)), late)
    return [files.name_of(each).replace("\\", "/") for each in files.beside]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with modules, packages, and a package without __init__."""
    texts = {
        "helper.py": "",
        "far.py": "def f():\n    import helper\n",
        "pack/__init__.py": "__all__ = ['listed', 'name']\nfrom .near import K\n",
        "pack/near.py": "from . import other\nfrom .deep.er import x\n",
        "pack/other.py": "",
        "pack/listed.py": "",
        "pack/unused.py": "import helper\n",
        "pack/deep/__init__.py": "from ...helper import x\n",
        "pack/deep/er.py": "from .. import near\nimport far\n",
        "space/one.py": "",
        "json.py": "",
        "torch.py": "",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path, _MARK + text, name)
    return tmp_path


_PACK = [
    "far.py", "helper.py", "pack/__init__.py", "pack/deep/__init__.py", "pack/deep/er.py",
    "pack/listed.py", "pack/near.py", "pack/other.py",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1", []),
        ("import torch, json, nothing.at_all", []),
        ("import helper as h", ["helper.py"]),
        ("from helper import f", ["helper.py"]),
        ("class A:\n def f(self):\n  import far", ["far.py", "helper.py"]),
        ("try:\n import helper\nexcept ImportError: pass", ["helper.py"]),
        ("import pack.near", _PACK),
        ("from pack import *", _PACK),
        ("import space.one", ["space/one.py"]),
        ("from space import one", ["space/one.py"]),
        ("import importlib\nimportlib.import_module('space.one')", ["space/one.py"]),
        ("__import__('helper')", ["helper.py"]),
        ("import net", []),
        ("from . import helper", []),
        ("import helper\nthis is no Python", []),
        ("import helper\n\0", []),
        ("x = " + "(" * 5000, []),
    ],
)
def test_that_imports_of_the_own_folder_are_found(
    folder: Path, text: str, found: list[str]
) -> None:
    assert _found(folder, text) == found


def test_that_a_file_that_only_a_run_finds_is_followed_too(folder: Path) -> None:
    late = folder / "pack" / "unused.py"
    gone = folder / "gone.py"
    files = read_model_files(str(written(folder, "")), (late, gone, folder / "net.py"))
    assert files.late == (late,)
    assert [each.path for each in files.beside] == [folder / "helper.py", late]


def test_that_a_ring_of_imports_has_an_end(tmp_path: Path) -> None:
    written(tmp_path, "import b, net", "a.py")
    written(tmp_path, "import a", "b.py")
    assert _found(tmp_path, "import a") == ["a.py", "b.py"]


def test_that_too_many_files_are_refused(tmp_path: Path) -> None:
    for number in range(1001):
        written(tmp_path, f"import m{number + 1}\n", f"m{number}.py")
    with pytest.raises(OwnModelError, match="more than 1\u202f000 files"):
        _found(tmp_path, "import m0")


def test_that_installed_packages_are_not_own_wherever_the_file_lies(tmp_path: Path) -> None:
    installed = Path(sysconfig.get_path("purelib"))
    assert not is_own(installed / "numpy" / "__init__.py", installed.parents[3])
    assert not is_own(Path(read_model_files.__code__.co_filename), Path("/"))
    assert is_own(tmp_path / "a" / "b.py", tmp_path)
    assert not is_own(tmp_path / "b.py", tmp_path / "a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "a").mkdir()
    assert is_own(tmp_path / "link" / "b.py", tmp_path / "a")
