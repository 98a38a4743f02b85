"""`gradviz check`: verdicts in words and as JSON, and an exit code for each outcome."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from own_models import HEAD, written

from gradviz import cli

_WRONG = (
    HEAD
    + """
class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return 2 * x

    @staticmethod
    def backward(ctx, grad):
        return 3 * grad


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Parameter(torch.ones(2))
        self.outer = nn.Parameter(torch.ones(2))

    def forward(self, x):
        return (Twice.apply(self.inner * x) * self.outer).sin()


def example_inputs():
    return torch.randn(2)
"""
)


def test_that_a_wrong_backward_ends_in_exit_code_1_and_is_told_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, _WRONG)
    assert cli.main(["check", f"{path}:Net", "--trust", "--all-nodes", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["verdict"] == "differs"
    leaves = {row["op"]: row["verdict"] for row in document["nodes"] if row["op"].islower()}
    assert leaves == {"inner": "differs", "outer": "agrees"}
    rules = {
        row["op"]
        for row in document["nodes"]
        for finding in row["findings"]
        if finding["part"] == "grad_input" and finding["verdict"] == "differs"
    }
    assert rules == {"Twice"}
    bits = {
        finding["verdict"]
        for row in document["nodes"]
        for finding in row["findings"]
        if finding["method"] == "torch.autograd.grad"
    }
    assert bits == {"agrees"}


def test_that_right_gradients_end_in_exit_code_0_with_their_tolerance(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["check", "a x + b P3(x)", "--points", "30", "--node", "b"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("b: ✓ agrees")
    assert sum(", tolerance" in line for line in lines) == 3
    assert lines[-1] == "1 of 1 agree"


def test_that_gradients_are_checked_after_some_training(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["check", "module", "--points", "30", "--at-step", "5", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["at_step"] == 5
    assert [row["verdict"] for row in document["nodes"]] == ["agrees"] * 4


@pytest.mark.parametrize(
    "asked",
    [["a x", "--node", "b"], ["a x +"], ["a x", "--lr", "1"], ["autograd", "--at-step", "-1"]],
)
def test_that_what_cannot_be_checked_at_all_is_refused(
    capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    assert cli.main(["check", *asked]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err


def test_that_a_limit_of_time_is_said_with_the_leaves_that_were_checked_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, _WRONG.replace("3 * grad", "2 * grad"))
    assert cli.main(["check", f"{path}:Net", "--trust", "--limit", "1e-9", "--json"]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert "2 are checked together" in document["told"]
    assert printed.err == f"gradviz: {document['told']}\n"
    assert cli.main(["check", f"{path}:Net", "--trust", "--limit", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["told"] == ""


@pytest.mark.parametrize("limit", ["-1", "nan", "inf", "soon"])
def test_that_a_limit_that_is_no_time_is_refused(
    limit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", "a x", f"--limit={limit}"])
    assert ended.value.code == 2
    assert "--limit" in capsys.readouterr().err


def test_that_the_progress_is_one_line_on_a_terminal_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class AtOnce:
        """A timer that does not wait."""

        def __init__(self, _seconds: float, work: Callable[[], None]) -> None:
            self.start, self.cancel = work, lambda: None

    monkeypatch.setattr("threading.Timer", AtOnce)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main(["check", "a x + b", "--points", "30"]) == 0
    printed = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert "1 of 2 checked" in printed
    assert not re.split(r"\r|\n", printed)[-1].strip()
