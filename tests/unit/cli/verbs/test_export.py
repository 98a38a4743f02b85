"""`gradviz export`: several files of one recorded pass."""

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from gradviz import cli
from gradviz.cli import in_process_engine


def test_that_one_pass_is_written_in_each_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = Mock(side_effect=in_process_engine.Engine.first_pass, autospec=True)
    monkeypatch.setattr(in_process_engine.Engine, "first_pass", lambda *given: built(*given))
    files = [tmp_path / name for name in ("g.svg", "g.dot", "g.json")]
    outputs = [word for file in files for word in ("-o", str(file))]
    assert cli.main(["export", "a + b x", *outputs]) == 0
    assert built.call_count == 1
    assert files[0].read_bytes().startswith(b"<?xml")
    assert files[1].read_text().startswith("// Autograd graph")
    assert json.loads(files[2].read_text())["nodes"]


@pytest.mark.parametrize("suffix", ["svg", "png", "json"])
def test_that_a_file_is_that_of_the_verb_graph(tmp_path: Path, suffix: str) -> None:
    chosen = ["autograd", "--after", "2", "--direction", "LR", "-o"]
    first, second = tmp_path / f"first.{suffix}", tmp_path / f"second.{suffix}"
    assert cli.main(["graph", *chosen, str(first)]) == 0
    assert cli.main(["export", *chosen, str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_that_nothing_is_written_where_one_format_is_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "g.svg", tmp_path / "g.bmp"
    assert cli.main(["export", "x^2", "-o", str(good), "-o", str(bad)]) == 2
    assert not good.exists()
    assert "does not end in the name of a format" in capsys.readouterr().err


def test_that_a_file_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", "x^2"])
    assert ended.value.code == 2
    assert "-o" in capsys.readouterr().err
