"""The imports of a user's file from its own folder: run as they were trusted, or not at all."""

import importlib.util
import marshal
import py_compile
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import msgspec
import pytest
import torch
from own_models import HEAD, built_in, model_of, refused, written

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import StartTraining
from gradviz.protocol.events import CommandFailed

#: A file that imports as the test says: at its top, and in forward.
_NET = HEAD + (
    "{top}\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.w = nn.Parameter(torch.ones(()))\n"
    "        self.calls = 0\n"
    "    def forward(self):\n"
    "        self.calls += 1\n"
    "        K = 1.0\n"
    "        {late}\n"
    "        return K * self.w\n"
)
_BY_PATH = (
    "import importlib.util; from pathlib import Path; "
    "s = importlib.util.spec_from_file_location('h', Path(__file__).with_name('helper.py')); "
    "h = importlib.util.module_from_spec(s); s.loader.exec_module(h); K = h.K"
)
_BY_LOADER = (
    "from importlib import machinery as m, util as u; from pathlib import Path; "
    "l = m.SourceFileLoader('h', str(Path(__file__).with_name('helper.py'))); "
    "h = u.module_from_spec(u.spec_from_loader('h', l)); l.exec_module(h); K = h.K"
)
_WAYS = {
    "top": ("from helper import K", "from helper import K"),
    "late": ("", "from helper import K"),
    "dynamic": ("", "import importlib; K = importlib.import_module('hel' + 'per').K"),
    "dunder": ("", "K = getattr(__builtins__, '__imp' + 'ort__', __import__)('hel' + 'per').K"),
    "path": ("", _BY_PATH),
    "loader": ("", _BY_LOADER),
    "caught": ("try:\n    import helper\nexcept ImportError:\n    pass", "pass"),
    "relative": ("from pack.inner import K", "from pack.inner import K"),
}


def _net(folder: Path, top: str = "", late: str = "pass") -> Path:
    return written(folder, _NET.format(top=top, late=late))


def _marking(mark: Path, k: float) -> str:
    return f"from pathlib import Path\nPath({str(mark)!r}).write_text('ran')\nK = {k}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a module and a package that leave a mark when they are run."""
    mark = tmp_path / "mark"
    folder = tmp_path / "own"
    (folder / "pack").mkdir(parents=True)
    written(folder, _marking(mark, 2.0), "helper.py")
    written(folder / "pack", "", "__init__.py")
    written(folder / "pack", "from .near import K", "inner.py")
    written(folder / "pack", _marking(mark, 2.0), "near.py")
    yield folder
    for name in ("helper", "pack", "pack.inner", "pack.near", "space", "space.one"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("way", _WAYS)
def test_that_an_import_that_is_not_trusted_does_not_run_and_stops_the_model(
    folder: Path, way: str
) -> None:
    mark = folder.parent / "mark"
    path = _net(folder, *_WAYS[way])
    name = "pack/inner.py" if way == "relative" else "helper.py"
    failed = refused(msgspec.structs.replace(model_of(path), trusted_beside=()))
    assert failed.subject == "trust"
    assert not mark.exists()
    if way != "relative":
        assert Path(failed.untrusted) == folder / name
        assert failed.message.startswith("helper.py, which net.py imports, is not trusted")
    else:
        assert Path(failed.untrusted) == folder / "pack" / "__init__.py"


@pytest.mark.parametrize("way", _WAYS)
def test_that_a_trusted_import_runs_until_it_is_changed(folder: Path, way: str) -> None:
    mark = folder.parent / "mark"
    path = _net(folder, *_WAYS[way])
    hashes = tuple(
        model_of(each).trusted
        for each in (folder / "helper.py", *sorted((folder / "pack").glob("*.py")))
    )
    model = msgspec.structs.replace(model_of(path), trusted_beside=hashes)
    assert built_in(Machine(), model).output == (1.0 if way == "caught" else 2.0)
    assert mark.exists()
    mark.unlink()
    for changed in (folder / "helper.py", folder / "pack" / "near.py"):
        changed.write_text(_marking(mark, 3.0))
    failed = refused(model)
    assert failed.subject == "trust"
    assert Path(failed.untrusted).name == ("near.py" if way == "relative" else "helper.py")
    assert not mark.exists()


def test_that_no_bytecode_is_used_or_written_in_place_of_the_source(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = _net(folder, *_WAYS["top"])
    source = folder / "helper.py"
    planted = Path(importlib.util.cache_from_source(str(source)))
    planted.parent.mkdir()
    head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + b"\0" * 8
    planted.write_bytes(head + marshal.dumps(compile("K = 666.0", str(source), "exec")))
    before = planted.read_bytes()
    assert built_in(Machine(), model_of(path)).output == 2.0
    assert planted.read_bytes() == before
    shutil.rmtree(planted.parent)
    built_in(Machine(), model_of(path))
    assert not planted.parent.exists()


def test_that_compiled_code_of_the_own_folder_is_refused_in_a_sentence(folder: Path) -> None:
    path = _net(folder, *_WAYS["top"])
    source = folder / "helper.py"
    py_compile.compile(str(source), cfile=str(folder / "helper.pyc"), doraise=True)
    model = model_of(path)
    source.unlink()
    failed = refused(model)
    assert (failed.subject, Path(failed.untrusted).name) == ("trust", "helper.pyc")
    assert "helper.pyc, which net.py imports, has no source code to be shown." in failed.message
    by_loader = (
        "from importlib import machinery as m; m.SourcelessFileLoader('h', {!r}).get_code('h')"
    )
    path.write_text(by_loader.format(str(folder / "helper.pyc")))
    assert "has no source code to be shown" in refused(model_of(path)).message
    path = _net(folder, *_WAYS["top"])
    (folder / "helper.pyc").unlink()
    machine_code = folder / f"helper{sysconfig.get_config_var('EXT_SUFFIX')}"
    machine_code.write_bytes(b"no library")
    failed = refused(model)
    assert Path(failed.untrusted) == machine_code
    assert "Install it as a package" in failed.hint


def test_that_an_archive_of_the_own_folder_is_refused(folder: Path) -> None:
    shutil.make_archive(str(folder / "zipped"), "zip", folder / "pack")
    archive = str(folder / "zipped.zip")
    path = _net(folder, f"import sys; sys.path.insert(0, {archive!r})\nimport near")
    failed = refused(model_of(path))
    assert failed.subject == "trust"
    assert "has no source code" in failed.message
    sys.path.remove(archive)


def test_that_machine_code_that_a_library_makes_and_loads_is_its_own(folder: Path) -> None:
    built_in(Machine(), model_of(_net(folder)))
    made = str(folder / f"cache{sysconfig.get_config_var('EXT_SUFFIX')}")
    loading = "import importlib.util as u\nspec = u.spec_from_file_location('cache', path)"
    by_library = compile(loading, str(Path(torch.__file__).with_name("made_up.py")), "exec")
    found: dict[str, Any] = {"path": made}
    FunctionType(by_library, found)()
    assert "spec" in found
    by_file = compile(loading, str(folder / "net.py"), "exec")
    with pytest.raises(ImportError, match="has no source code"):
        FunctionType(by_file, {"path": made})()


def test_that_a_package_without_init_is_no_code_and_its_modules_are(folder: Path) -> None:
    (folder / "space").mkdir()
    written(folder / "space", "K = 2.0\n", "one.py")
    path = _net(folder, "from space.one import K", "from space.one import K")
    model = model_of(path)
    assert built_in(Machine(), model).output == 2.0
    written(folder / "space", "K = 3.0\n", "one.py")
    assert Path(refused(model).untrusted) == folder / "space" / "one.py"


def test_that_another_spelling_of_the_folder_is_no_way_around(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    path = _net(folder, f"import sys; sys.path.insert(0, {str(link)!r})\nimport helper")
    failed = refused(msgspec.structs.replace(model_of(path), trusted_beside=()))
    sys.path.remove(str(link))
    assert failed.subject == "trust"
    assert not (folder.parent / "mark").exists()


def test_that_an_import_that_only_a_later_step_makes_stops_the_training(folder: Path) -> None:
    path = _net(folder, late="if self.calls > 4: K = __import__('hel' + 'per').K")
    machine = Machine()
    built_in(machine, model_of(path))
    events = [*machine.handle(StartTraining(1, Training(optimizer="sgd", learning_rate=0.1)))]
    while machine.busy:
        events += machine.advance()
    failed = [each for each in events if isinstance(each, CommandFailed)]
    assert [each.subject for each in failed] == ["trust"]
    assert Path(failed[0].untrusted) == folder / "helper.py"
    assert not (folder.parent / "mark").exists()


def test_that_the_lines_of_a_module_beside_the_file_are_in_the_traceback(folder: Path) -> None:
    written(folder, "def f(x):\n    return x.nothing\n", "helper.py")
    failed = refused(model_of(_net(folder, "import helper", "K = helper.f(self.w)")))
    assert failed.subject == "model"
    assert "return x.nothing" in failed.details


def test_that_installed_packages_are_imported_without_trust(folder: Path) -> None:
    path = _net(folder, "import torch.utils.data, json, xml.dom.minidom", "K = torch.tensor(2.0)")
    assert built_in(Machine(), Model(source=str(path), trusted=model_of(path).trusted)).output == 2
    assert torch.is_grad_enabled()
