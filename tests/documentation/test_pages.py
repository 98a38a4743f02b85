"""Every block of code in README.md and docs/ is executed, and does what its page shows."""

import shutil
from pathlib import Path

import pytest
import torch
from documentation_pages import (
    ROOT,
    Block,
    Command,
    blocks_of,
    commands_of,
    differs,
    pages,
    run_command,
    run_script,
    run_session,
)
from onnx_models import residual, saved
from saved_sessions import saved_session
from torch import nn

from gradviz.core.choices.settings import Model

#: What the commands of README.md name: a small model, a bigger one, and a file of points.
_NET = """
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, inputs=3):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(inputs, 4), nn.Tanh(), nn.Linear(4, 2))

    def forward(self, x):
        return self.layers(x)


def example_inputs():
    return torch.ones(8, 3)
"""
_GPT2 = """
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn = nn.MultiheadAttention(8, 2, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 8))

    def forward(self, x):
        return x + self.mlp(x + self.attn(x, x, x)[0])


class GPT2(nn.Module):
    def __init__(self):
        super().__init__()
        self.h = nn.ModuleList(Block() for _ in range(5))

    def forward(self, x):
        for block in self.h:
            x = block(x)
        return x


def example_inputs():
    return torch.ones(1, 3, 8)
"""
_FAST = """
import torch
from torch import nn


def Fast():
    return torch.compile(nn.Sequential(nn.Linear(4, 2), nn.Tanh()), backend="aot_eager")


def example_inputs():
    return torch.ones(3, 4)
"""
_POINTS = "x,y\n0,1\n1,3\n2,5\n3,7\n"

_FILES = {"net.py": _NET, "gpt2.py": _GPT2, "fast.py": _FAST, "points.csv": _POINTS}


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an exported program, which takes a while to make."""
    path = tmp_path_factory.mktemp("exported") / "net.pt2"
    torch.export.save(torch.export.export(nn.Linear(4, 2), (torch.ones(2, 4),)), path)
    return path


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a session of the tutorial's fit, as the window saves it."""
    path = tmp_path_factory.mktemp("sessions") / "fit.gviz"
    return saved_session(path, Model(source="a + b x + c x^2 + d x^3", mode="fit"), 2000)


@pytest.fixture
def folder(exported: Path, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(exported, tmp_path)
    shutil.copy(session, tmp_path)
    for name, text in _FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lesson = ROOT / "resources" / "lessons" / "en" / "gradient_at_a_point.toml"
    shutil.copy(lesson, tmp_path / "my_lesson.toml")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Return the expressions on which a command would open the window."""
    found: list[str | None] = []

    def note(expression: str | None = None, lesson: str = "") -> int:
        found.append(lesson or expression)
        return 0

    monkeypatch.setattr("gradviz.app.run", note)
    return found


@pytest.fixture(autouse=True)
def _onnx_file(folder: Path) -> None:
    saved(residual(), folder / "net.onnx")


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_that_a_page_does_what_it_shows(page: Path, folder: Path, opened: list[str | None]) -> None:
    names: dict[str, object] = {}
    for block in blocks_of(page):
        _execute(block, names, folder)


def _execute(block: Block, names: dict[str, object], folder: Path) -> None:
    if block.title:
        (folder / block.title).write_text(block.text, encoding="utf-8")
    elif block.language == "python":
        names.update(run_script(block, names, folder))
    elif block.language == "pycon":
        assert not (told := run_session(block, names)), told
    else:
        assert block.language in ("", "console", "text"), f"{block.place}: {block.language}"
        for command in commands_of(block):
            _run(command, block.place)


def _run(command: Command, place: str) -> None:
    ran = run_command(command.line)
    told = f"{place}: {command.line}\n{ran.printed}"
    if command.output is None:
        assert ran.code == 0, told
    else:
        assert not differs(command.output, ran.printed), told


def test_that_a_wrong_result_in_a_session_is_found() -> None:
    session = Block("page", 1, "pycon", "", ">>> 1 + 1\n3\n")
    assert "Expected" in run_session(session, {})


def test_that_another_output_of_a_command_is_found() -> None:
    assert differs("y = 3\n", "y = 4\n")
    assert not differs("...\ny = 4\n", "a\nb\ny = 4\n")


def test_that_the_readme_has_commands_to_try() -> None:
    found = [each.line for block in blocks_of(ROOT / "README.md") for each in commands_of(block)]
    assert 'gradviz step "5x^3 + 2x^2 + 4x + 8" --at 2 --json' in found
    assert "make run" in found
