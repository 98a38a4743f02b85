"""A user's own model on the command line: its options, its trust, and how Ctrl+C ends it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from own_models import HEAD, NET, written
from process_lines import line_of

from gradviz import cli
from gradviz.own.source import content_hash
from gradviz.own.trust import TrustedFiles, trusted_files_path


@pytest.fixture(autouse=True)
def _trust_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is trusted in a folder that no other test and no user sees."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))


def test_that_a_file_runs_only_with_trust_which_is_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = tmp_path / "mark"
    canary = f"from pathlib import Path\nPath({str(mark)!r}).write_text('executed')\n"
    path = written(tmp_path, canary + NET)
    for verb in ("graph", "step", "train"):
        assert cli.main([verb, f"{path}:Net"]) == 2
        captured = capsys.readouterr()
        assert "--trust" in captured.err
        assert captured.out == ""
        assert not mark.exists()
    assert cli.main(["graph", f"{path}:Net", "--trust"]) == 0
    assert mark.read_text() == "executed"
    assert cli.main(["graph", f"{path}:Net"]) == 0
    mark.unlink()
    path.write_text(path.read_text() + "# changed\n")
    assert cli.main(["graph", f"{path}:Net"]) == 2
    assert not mark.exists()


def test_that_trust_covers_the_imports_of_the_folder_until_one_of_them_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = tmp_path / "mark"
    written(tmp_path, f"open({str(mark)!r}, 'w').close()\n", "helper.py")
    written(tmp_path, "", "other.py")
    path = written(tmp_path, "import helper, other\n" + NET)

    def told(*options: str, code: int) -> str:
        assert cli.main(["graph", str(path), *options]) == code
        captured = capsys.readouterr()
        assert (captured.out == "") == (code != 0)
        return captured.err

    TrustedFiles(trusted_files_path()).add(content_hash(path.read_bytes()))
    assert "net.py imports what is not trusted: helper.py, other.py" in told(code=2)
    assert not mark.exists()
    covered = "trusted with net.py is what it imports from its folder: helper.py, other.py.\n"
    assert covered in told("--trust", code=0)
    assert told(code=0) == ""
    assert told("--trust", code=0) == ""
    mark.unlink()
    with (tmp_path / "helper.py").open("a") as file:
        file.write("# changed\n")
    assert "helper.py, which net.py imports, has changed since it was trusted" in told(code=2)
    assert not mark.exists()
    assert "helper.py (changed), other.py.\n" in told("--trust", code=0)
    assert mark.exists()


def test_that_an_import_that_only_a_run_finds_is_asked_for_by_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = written(tmp_path, "", "late.py")
    path = written(tmp_path, "__import__('la' + 'te')\n" + NET)
    assert cli.main(["graph", str(path), "--trust"]) == 2
    told = capsys.readouterr().err
    assert "late.py, which net.py imports, is not trusted" in told
    assert f"--trust-also {late}" in told
    assert "Traceback" not in told
    assert cli.main(["graph", str(path), "--trust-also", str(late)]) == 0
    assert cli.main(["graph", str(path)]) == 0
    late.write_text("# changed\n")
    assert cli.main(["graph", str(path)]) == 2
    assert "late.py, which net.py imports, has changed" in capsys.readouterr().err
    assert cli.main(["graph", str(path), "--trust"]) == 0
    assert cli.main(["graph", str(path), "--trust-also", __file__]) == 2
    assert "does not lie in the folder of net.py" in capsys.readouterr().err
    assert cli.main(["graph", "autograd", "--trust-also", str(late)]) == 2
    assert "--trust-also is for a model in a file" in capsys.readouterr().err


def test_that_graph_step_and_train_take_what_is_said_of_the_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET)
    TrustedFiles(trusted_files_path()).add(content_hash(path.read_bytes()))
    said = (str(path), "--args", "2, hidden=7", "--input", "ones(4, 2)", "--output", "out")
    assert cli.main(["graph", *said, "--json"]) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    assert [7, 2] in [node["shape"] for node in nodes]
    assert cli.main(["step", *said]) == 0
    assert "first.weight" in capsys.readouterr().out
    assert cli.main(["graph", *said, "-o", str(tmp_path / "graph.svg")]) == 0
    assert (tmp_path / "graph.svg").exists()
    assert cli.main(["train", *said, "--steps", "100", "--json"]) == 0
    first, result = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["step"] == 99
    assert result["equation"].startswith("Net: 37 numbers in 4 parameters")


_LOSS = ("--loss", "MSELoss", "--target", "randn(5, 2)")


def test_that_every_verb_takes_a_loss_with_its_target(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET)
    TrustedFiles(trusted_files_path()).add(content_hash(path.read_bytes()))

    def out(verb: str, *options: str) -> str:
        assert cli.main([verb, str(path), *_LOSS, *options]) in (0, 1)
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out

    for verb in ("graph", "step"):
        document = json.loads(out(verb, "--json"))
        assert (document["loss"], document["target"]) == ("MSELoss", "randn(5, 2)")
        end = next(node for node in document["nodes"] if node["id"] == document["output_node"])
        assert end["op"] == "MseLoss"
    assert "MseLossBackward0" in out("graph")
    assert "gradient of second.bias" in out("step", "--at-step", "3")
    assert "loss MSELoss(output, target)" in out("train", "--steps", "20")
    assert "4 of 4 agree" in out("check")
    assert "MseLoss" in out("health")
    assert "values (2,) float32" in out("tensor", "second.bias", "gradient")
    assert "criterion = torch.nn.MSELoss()" in out("code")
    assert "adam, seed 1" in out("compare", "--seeds", "0,1", "--steps", "5")
    assert "nothing changed" in out("diff").lower() or "identical" in out("diff").lower()
    assert "changed" in out("diff", "--at-step", "2")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["net.py", "--input", "randn(2"], "randn(2\n       ^"),
        (["net.py", "--args", "inputs=x"], '"x"'),
        (["net.py", "--output", "logits"], "There is: output (5, 2) float32"),
        (["net.py:Nothing"], "Its modules: Net"),
        (["net.py:1a"], "no name"),
        (["nothing.py"], "does not exist"),
        (["net.py", "--weights", "nothing.pt"], "does not exist"),
        (["autograd", "--output", "graph.svg"], "Use -o"),
        (["autograd", "--trust"], "for a model in a file"),
        (["net.py", "--at", "2"], "not at a point"),
        (["net.py", "--loss", "MSELoss"], "such as randn(5, 2)"),
        (["net.py", "--target", "randn(2)"], "A target is for a loss"),
        (["net.py", "--loss", "L3Loss"], "L3Loss\n^^^^^^"),
        (["net.py", "--loss", "MSELoss", "--target", "randn(2"], "randn(2\n       ^"),
        (["net.py", "--noise", "1"], "--noise is for a model that is a curve"),
        (["a x", "--loss", "L1Loss, sum"], "--loss is for a model in a file"),
    ],
)
def test_that_what_is_wrong_ends_with_2_and_a_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, NET)
    TrustedFiles(trusted_files_path()).add(content_hash(path.read_bytes()))
    assert cli.main(["graph", *said]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_that_the_traceback_of_the_file_is_shown_and_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET.replace("torch.tanh", "torch.tan_h"))
    assert cli.main(["graph", str(path), "--trust"]) == 2
    told = capsys.readouterr().err
    assert "return self.second(torch.tan_h(self.first(x)))" in told
    assert "forward raised AttributeError" in told


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_that_ctrl_c_ends_a_forward_that_does_not_end(tmp_path: Path) -> None:
    content = HEAD + (
        "class Net(nn.Linear):\n"
        "    def __init__(self):\n        super().__init__(1, 1)\n"
        "    def forward(self):\n"
        "        print('looping', flush=True)\n"
        "        while True: pass\n"
    )
    path = written(tmp_path, content)
    main = Path(__file__).parents[4] / "main.py"
    command = (sys.executable, str(main), "graph", str(path), "--trust")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as run:
        assert run.stderr is not None
        assert line_of(run, run.stderr) == "looping\n"
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 130
        assert "Traceback" not in run.stderr.read()
