"""Exported programs and TorchScript run as the modules that they were made of, once trusted."""

import contextlib
import random
import warnings
from pathlib import Path

import msgspec
import pytest
import torch
from own_models import model_of
from torch import nn

from gradviz import cli
from gradviz.core.choices.settings import Model
from gradviz.core.errors import OwnModelError, TrustError
from gradviz.engine.runs.run import Run
from gradviz.own.source import content_hash


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(4, 3)
        self.b = nn.Linear(3, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.b(torch.tanh(self.a(x)))
        return result


def saved(folder: Path, suffix: str) -> tuple[Net, Path]:
    """Save a module as an exported program or as TorchScript; return it, and where."""
    torch.manual_seed(3)
    net, path = Net(), folder / f"net{suffix}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if suffix == ".pt2":
            torch.export.save(torch.export.export(net, (torch.ones(2, 4),)), path)
        else:
            torch.jit.save(torch.jit.script(net), path)
    return net, path


@pytest.mark.parametrize("suffix", [".pt2", ".pt"])
def test_that_an_archive_has_the_graph_and_gradients_of_its_module(
    tmp_path: Path, suffix: str
) -> None:
    net, path = saved(tmp_path, suffix)
    run = Run(model_of(path, inputs="ones(2, 4)"))
    # TorchScript is run several times: it would join operations then.
    for _ in range(3):
        _, recording = run.recording()
    net(torch.ones(2, 4)).sum().backward()
    graph = recording.graph
    operations = [node.op for node in graph.nodes if node.kind != "leaf"]
    assert sorted(operations) == sorted(["Sum", "Addmm", "T", "Tanh", "Addmm", "T"])
    for name, parameter in net.named_parameters():
        (leaf,) = (node.id for node in graph.nodes if node.op == name)
        assert parameter.grad is not None
        assert torch.equal(recording.tensors.gradients[leaf], parameter.grad)


def test_that_an_exported_program_brings_its_inputs(tmp_path: Path) -> None:
    _, path = saved(tmp_path, ".pt2")
    _, recording = Run(model_of(path)).recording()
    assert len(recording.graph.nodes) == 10


def test_that_other_inputs_than_it_was_exported_with_are_refused(tmp_path: Path) -> None:
    _, path = saved(tmp_path, ".pt2")
    with pytest.raises(OwnModelError, match="Guard failed") as told:
        Run(model_of(path, inputs="ones(5, 4)"))
    assert "(5, 4)" in told.value.hint


@pytest.mark.parametrize("suffix", [".pt2", ".pt"])
def test_that_nothing_of_another_content_is_run(tmp_path: Path, suffix: str) -> None:
    _, path = saved(tmp_path, suffix)
    model = model_of(path, inputs="ones(2, 4)")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(TrustError, match="is not trusted, or has changed"):
        Run(model)
    with pytest.raises(TrustError):
        Run(msgspec.structs.replace(model, trusted="0" * 64))


@pytest.mark.parametrize("suffix", [".pt2", ".pt"])
@pytest.mark.parametrize("seed", range(12))
def test_that_a_damaged_archive_is_one_error_or_runs(
    tmp_path: Path, suffix: str, seed: int
) -> None:
    _, path = saved(tmp_path, suffix)
    drawn, content = random.Random(seed), bytearray(path.read_bytes())  # noqa: S311 - no secret
    if seed % 2:
        del content[drawn.randrange(len(content)) :]
    else:
        content[drawn.randrange(len(content))] ^= 1 << drawn.randrange(8)
    path.write_bytes(content)
    # The user has trusted even that.
    model = Model(source=str(path), trusted=content_hash(bytes(content)), inputs="ones(2, 4)")
    with contextlib.suppress(OwnModelError):
        assert Run(model).recording()[1].graph.nodes


def test_that_arguments_and_names_are_refused_in_a_sentence(tmp_path: Path) -> None:
    _, path = saved(tmp_path, ".pt2")
    with pytest.raises(OwnModelError, match="Leave the arguments empty"):
        Run(model_of(path, arguments="a=1"))
    with pytest.raises(OwnModelError, match="no class or function Other"):
        Run(model_of(path, "Other"))


def test_that_the_command_line_asks_for_trust_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    _, path = saved(tmp_path, ".pt2")
    assert cli.main(["graph", str(path)]) == 2
    assert "then give --trust: its code runs with your rights" in capsys.readouterr().err
    # It is remembered for this content.
    for trust in (["--trust"], []):
        assert cli.main(["graph", str(path), *trust]) == 0
        assert "a.weight" in capsys.readouterr().out
    assert cli.main(["code", str(path)]) == 1
    assert "There is no script for a model in an archive." in capsys.readouterr().err
