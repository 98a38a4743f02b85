"""`gradviz bench`: each part of the way is measured, with what it was measured on."""

import json
from pathlib import Path

import pytest
import torch
from own_models import NET, written

from gradviz import cli


def test_that_each_part_takes_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "a + b x", "--rounds", "2", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document["seconds"]) == ["load", "build", "record", "step", "layout", "draw"]
    assert all(seconds > 0 for seconds in document["seconds"].values())
    assert (document["model"], document["rounds"]) == ("a + b x", 2)
    assert document["torch"] == torch.__version__


def test_that_it_is_readable_and_has_a_usual_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "--rounds", "1"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "a + b x + c x^2 + d x^3: 13 nodes, medians of 1 round"
    assert len(lines) == 6
    assert all(line.split()[1] == "ms" for line in lines)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rounds", "0"], "There are no 0 rounds."),
        (["x +* 2"], "gradviz: "),
        (["--loss", "none such"], "There is no loss 'none such'"),
    ],
)
def test_that_what_cannot_be_measured_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert cli.main(["bench", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_that_a_model_of_the_user_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET)
    assert cli.main(["bench", f"{path}:Net", "--trust", "--input", "ones(2, 3)"]) == 0
    assert ":Net: " in capsys.readouterr().out
