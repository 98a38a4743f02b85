"""`gradviz step --source`: the line that made each node."""

import json
from pathlib import Path

import pytest
from own_models import NET, written

from gradviz import cli


def test_that_each_node_has_its_line_its_module_and_the_lines_that_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, NET)
    assert cli.main(["step", str(path), "--trust", "--source", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    ops = {node["id"]: node["op"] for node in document["nodes"]}
    told = document["source"]["nodes"]
    assert told.keys() == ops.keys()
    tanh = next(told[node] for node, op in ops.items() if op == "Tanh")
    assert tanh["made"]["file"] == str(path)
    assert tanh["made"]["text"] == "return self.second(torch.tanh(self.first(x)))"
    text = NET.splitlines()[tanh["made"]["line"] - 1]
    assert text[tanh["made"]["start"] : tanh["made"]["end"]] == "torch.tanh(self.first(x))"
    leaf = next(told[node] for node, op in ops.items() if op == "first.weight")
    assert (leaf["module"], leaf["module_type"], leaf["made"]) == ("first", "Linear", None)
    inner = next(told[node] for node, op in ops.items() if op == "Addmm")
    assert not inner["stack"][0]["own"]
    assert inner["made"] in inner["stack"]


def test_that_lines_are_printed_for_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "a + sin(x)", "--at", "1", "--source"]) == 0
    lines = capsys.readouterr().out.splitlines()
    made = lines[lines.index("made by:") + 1 :]
    assert made[0].strip() == "n0 Add  characters 1 to 10: a + sin(x)"
    assert made[1].strip() == "n1 Sin  characters 5 to 10: sin(x)"
    assert [line.split()[1:] for line in made[2:]] == [["x", "a", "leaf"], ["a", "a", "leaf"]]


def test_that_without_being_asked_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "a x", "--json"]) == 0
    assert "source" not in json.loads(capsys.readouterr().out)
