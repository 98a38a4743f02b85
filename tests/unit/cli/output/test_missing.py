"""`gradviz step` tells why leaves have no gradient, in lines and as data."""

import json
from pathlib import Path

import pytest
from own_models import HEAD, written

from gradviz import cli

NET = HEAD + (
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.u = nn.Parameter(torch.ones(3))\n"
    "        self.w = nn.Parameter(torch.ones(3))\n"
    "        self.spare = nn.Parameter(torch.ones(3))\n"
    "    def forward(self):\n"
    "        return self.u * self.w.detach()\n"
)


def test_that_each_missing_gradient_is_told_with_its_file_line_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET)
    assert cli.main(["step", str(path), "--trust", "--json"]) == 0
    cut, unused = json.loads(capsys.readouterr().out)["missing"]
    assert cut == {
        "name": "w",
        "reason": "detached",
        "file": str(path),
        "line": 11,
        "text": "return self.u * self.w.detach()",
        "sentence": "Line 11 of net.py cuts w off with .detach().",
        "hint": "Remove .detach() in line 11 of net.py.",
    }
    assert (unused["name"], unused["reason"]) == ("spare", "not_used")
    assert (unused["file"], unused["line"]) == (None, None)


def test_that_the_reasons_follow_the_gradients_of_the_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["step", str(written(tmp_path, NET)), "--trust", "--at-step", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (leaf,) = (place for place, line in enumerate(lines) if line.startswith("gradient of u"))
    assert lines[leaf + 1 : leaf + 5] == [
        "no gradient of w (detached): Line 11 of net.py cuts w off with .detach().",
        "     return self.u * self.w.detach()",
        "     Remove .detach() in line 11 of net.py.",
        "no gradient of spare (not_used): spare is not used for this output.",
    ]


@pytest.mark.parametrize("options", [[], ["--order", "2"]])
def test_that_nothing_is_said_where_nothing_is_missing(
    capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert cli.main(["step", "a x^3", "--at", "2", *options, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == []
    assert cli.main(["step", "a x^3", "--at", "2", *options]) == 0
    assert "no gradient of" not in capsys.readouterr().out
