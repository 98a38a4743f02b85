"""The command line: what is printed where, exit codes, and what is not imported."""

import json
import math
import os
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from process_lines import line_of

from gradviz import __version__, cli
from gradviz.cli import entry, in_process_engine
from gradviz.core.errors import GradvizError
from gradviz.core.tried_versions import ANY_VERSION, TRIED, VersionRange
from gradviz.export import page
from gradviz.export.exporters import EXPORTERS

_ROOT = Path(__file__).parents[3]
_FIGURES = json.loads((_ROOT / "tests" / "tutorial_figures_seed0.json").read_text())


class Result:
    """What a command left behind; arguments beginning with a verb run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> None:
        try:
            self.code: object = cli.main(list(arguments))
        except SystemExit as ended:
            self.code = ended.code
        captured = capsys.readouterr()
        self.out, self.err = captured.out, captured.err

    def json(self) -> Any:
        """Return standard output as strict JSON."""
        return json.loads(self.out, parse_constant=lambda word: pytest.fail(f"not JSON: {word}"))


def _process(*arguments: str, **changes: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(_ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, **changes)


def test_that_step_prints_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(capsys, ["step", "5x^3 + 2x^2 + 4x + 8", "--at", "2", "--json"])
    document = result.json()
    assert (result.code, result.err) == (0, "")
    assert document["leaf_grads"] == {"x": 72.0}
    assert document["output"] == 64.0
    assert {"id", "op", "name", "shape"} <= set(document["nodes"][0])
    assert {"source", "target"} <= set(document["edges"][0])
    assert {"node", "grad_outputs", "grad_inputs"} <= set(document["steps"][0])


def test_that_at_makes_a_model_with_parameters_a_gradient_at_a_point(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = Result(capsys, ["step", "a x^2", "--at", "-3", "--seed", "1", "--json"]).json()
    value = {node["op"]: node["value"] for node in document["nodes"]}
    assert value["x"] == -3.0
    assert document["leaf_grads"]["a"] == 9.0
    assert document["leaf_grads"]["x"] == pytest.approx(-6 * value["a"])


def test_that_step_of_a_named_model_describes_large_gradients(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = Result(capsys, ["step", "autograd", "--json"]).json()
    assert sorted(document["leaf_grads"]) == ["a", "b", "c", "d"]
    (upstream,) = document["steps"][1]["grad_outputs"]
    described = {"shape", "min", "max", "mean", "norm", "dtype", "device", "finite"}
    assert set(upstream) == described


def test_that_numbers_json_does_not_have_are_words(capsys: pytest.CaptureFixture[str]) -> None:
    document = Result(capsys, ["step", "log(x)", "--at", "0", "--json"]).json()
    assert document["output"] == "-Infinity"
    assert document["leaf_grads"] == {"x": "Infinity"}


def test_that_step_is_readable_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(capsys, ["step", "5x^3 + 2x^2 + 4x + 8"])
    assert result.out.splitlines()[0] == "y = 64"
    assert "gradient of x: 72" in result.out.splitlines()


def test_that_graph_prints_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    table = Result(capsys, ["graph", "a + b x"])
    assert table.out.startswith("loss = ")
    assert "AccumulateGrad" in table.out
    document = Result(capsys, ["graph", "a + b x", "--json"]).json()
    assert set(document) == {"schema", "version", "output", "output_node", "nodes", "edges"}


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "dot", "json"])
def test_that_graph_writes_a_file_of_each_format_over_what_is_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"graph.{suffix}"
    target.write_text("before")
    result = Result(capsys, ["graph", "a + b x", "-o", str(target), "--after", "2"])
    assert (result.code, result.out) == (0, "")
    assert str(target) in result.err
    assert len(target.read_bytes()) > 100


@pytest.mark.parametrize(
    ("options", "head"),
    [([], b"<?xml"), (["--format", "json"], b"{"), (["--format", "png"], b"\x89PNG")],
)
def test_that_a_pipe_is_written_to_in_the_chosen_format(options: list[str], head: bytes) -> None:
    command = [sys.executable, "-m", "gradviz", "graph", "a + b x", "-o", "/dev/stdout"]
    done = subprocess.run([*command, *options], capture_output=True, check=True, cwd=_ROOT)
    assert done.stdout.startswith(head)
    assert b"wrote /dev/stdout" in done.stderr


def test_that_an_image_too_large_is_made_at_the_largest_scale_that_fits_and_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "graph.png"
    cut = Result(capsys, ["graph", "a + b x", "-o", str(target), "--scale", "500"])
    assert cut.code == 0
    assert " pixels would be too large.\n" in cut.err
    largest = float(cut.err.split("The scale is ")[1].split(",")[0])
    assert 8 < largest < 500
    pixels = struct.unpack(">II", target.read_bytes()[16:24])
    small = Result(capsys, ["graph", "a + b x", "-o", str(target), "--scale", "0.5"])
    assert (small.code, "too large" in small.err) == (0, False)
    half = struct.unpack(">II", target.read_bytes()[16:24])
    assert pixels == pytest.approx([2 * largest * side for side in half], rel=0.01)
    assert Result(capsys, ["graph", "a + b x", "-o", str(target)]).code == 0
    whole = struct.unpack(">II", target.read_bytes()[16:24])
    assert whole == pytest.approx([4 * side for side in half], abs=4)


def test_that_a_format_beats_the_name_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "graph.txt"
    result = Result(capsys, ["graph", "a + b x", "-o", str(target), "--format", "dot"])
    assert result.code == 0
    assert target.read_text().startswith("// Autograd graph")


def test_that_a_picture_of_a_simpler_plan_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[float, str] = {}
    for deadline in (page._DEADLINE_S, 0.001):
        monkeypatch.setattr(page, "_DEADLINE_S", deadline)
        target = tmp_path / "graph.svg"
        result = Result(capsys, ["graph", "a + b x", "-o", str(target)])
        assert result.code == 0
        told[deadline] = result.err.replace(f"gradviz: wrote {target}\n", "")
        assert ("not done in time" in target.read_text()) == (deadline == 0.001)
    assert list(told.values()) == [
        "",
        "gradviz: the graph is laid out in rows with straight edges, as a better plan was not done "
        "in time; on a machine with less to do it may be\n",
    ]


@pytest.mark.parametrize("suffix", ["svg", "png", "dot", "json"])
def test_that_the_same_command_draws_the_same_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    drawn = []
    for name in ("first", "again"):
        target = tmp_path / f"{name}.{suffix}"
        assert Result(capsys, ["graph", "a sin(b x) + c", "-o", str(target)]).code == 0
        drawn.append(target.read_bytes())
    assert drawn[0] == drawn[1]


def test_that_an_unknown_format_is_refused_before_anything_is_built(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "graph.gif"
    result = Result(capsys, ["graph", "5x +* 3", "-o", str(target)])
    assert result.code == 2
    assert all(suffix in result.err for suffix in EXPORTERS)
    assert not target.exists()


@pytest.mark.parametrize("after", ["-1", "99"])
def test_that_a_step_the_backward_pass_does_not_have_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, after: str
) -> None:
    result = Result(capsys, ["graph", "x^2", "-o", str(tmp_path / "g.dot"), "--after", after])
    assert result.code == 2
    assert "from 0 to 2" in result.err


def test_that_a_file_that_cannot_be_written_is_a_failure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    result = Result(capsys, ["graph", "x^2", "-o", str(tmp_path / "none" / "g.dot")])
    assert result.code == 1
    assert "could not be written" in result.err


@pytest.mark.parametrize("name", ["numpy", "tensors", "autograd", "function", "nn", "module"])
def test_that_train_gives_the_tutorials_figures(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    result = Result(capsys, ["train", name, "--steps", "2000", "--seed", "0", "--json"])
    *losses, last = [json.loads(line) for line in result.out.splitlines()]
    expected = _FIGURES["models"][name]
    assert [line["step"] for line in losses] == [step for step, _ in expected["losses"]]
    assert [line["loss"] for line in losses] == pytest.approx(
        [loss for _, loss in expected["losses"]], rel=1e-6
    )
    assert last["result"] == pytest.approx(expected["result"], rel=1e-6, abs=1e-9)
    assert last["equation"].startswith("y = ")
    assert last["steps_per_second"] > 0
    assert (result.code, result.err) == (0, "")


def test_that_train_prints_as_the_tutorial_does(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Result(capsys, ["train", "autograd", "--steps", "250"]).out.splitlines()
    assert [line.split()[0] for line in lines] == ["99", "199", "Result:"]
    assert float(lines[0].split()[1]) == pytest.approx(3238.300537109375, rel=1e-6)
    assert lines[-1].startswith("Result: y = ")


def test_that_train_takes_optimizer_rate_and_seed(capsys: pytest.CaptureFixture[str]) -> None:
    def weights(*options: str) -> dict[str, float]:
        given = ["train", "a + b x", "--steps", "3", "--json", *options]
        result: dict[str, float] = json.loads(Result(capsys, given).out.splitlines()[-1])["result"]
        return result

    assert weights("--optimizer", "sgd") == pytest.approx(weights("--optimizer", "descent"))
    assert weights("--lr", "1e-9") != weights("--lr", "1e-6")
    assert weights("--seed", "1") != weights("--seed", "2")


def test_that_a_run_that_diverges_says_so_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(capsys, ["train", "autograd", "--lr", "1", "--json"])
    assert result.code == 1
    assert "smaller learning rate" in result.err
    assert result.out == ""


def test_that_models_and_devices_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    models = Result(capsys, ["models", "--json"]).json()
    assert [model["name"] for model in models] == [
        "numpy",
        "tensors",
        "autograd",
        "function",
        "nn",
        "optim",
        "module",
        "dynamic",
        "classifier",
    ]
    assert Result(capsys, ["devices", "--json"]).json()[0]["name"] == "cpu"
    assert "autograd" in Result(capsys, ["models"]).out
    assert Result(capsys, ["devices"]).out.startswith("cpu")


def test_that_a_bad_expression_is_shown_with_a_caret(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(capsys, ["step", "5x +* 3", "--json"])
    lines = result.err.splitlines()
    assert (result.code, result.out) == (2, "")
    assert lines[:2] == ["5x +* 3", "    ^"]
    assert lines[2].startswith("gradviz: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["step", ""], "no expression yet"),
        (["step", "ab"], "a b"),
        (["step", "9^9^9"], "finite"),
        (["step", "(" * 10_000], ""),
        (["step", "__import__('os')"], ""),
        (["graph", "8"], "nothing to differentiate"),
        (["step", "x", "--at", "nan"], "finite number"),
        (["step", "x", "--at", "two"], "--at"),
        (["step", "x", "--device", "cuda:9"], "There are: cpu"),
        (["train", "x^2"], "no parameter"),
        (["train", "a x", "--lr", "0"], "learning rate"),
        (["train", "a x", "--lr", "nan"], "learning rate"),
        (["train", "a x", "--lr", "fast"], "--lr"),
        (["train", "a x", "--steps", "0"], "steps"),
        (["train", "a x", "--steps", "many"], "--steps"),
        (["train", "a x", "--optimizer", "magic"], "descent, sgd"),
        (["train", "a x", "--seed", "-1"], "seed"),
        (["train"], "MODEL"),
        (["step", "x", "y"], "unrecognized"),
        (["--frob"], "--frob"),
        (["a", "+", "b"], "one expression in quotes"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_that_input_that_cannot_be_used_ends_with_2_and_a_message(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    result = Result(capsys, arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("arguments", "gradient"),
    [
        (["-x", "--json"], -1.0),
        (["--json", "-x^2"], -4.0),
        (["-x^2", "--at", "-3", "--json"], 6.0),
        (["--json", "--", "--x"], 1.0),
    ],
)
def test_that_an_expression_may_begin_with_a_minus(
    capsys: pytest.CaptureFixture[str], arguments: list[str], gradient: float
) -> None:
    document = Result(capsys, ["step", *arguments]).json()
    assert document["leaf_grads"] == {"x": gradient}


def test_that_version_and_help_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    version = Result(capsys, ["--version"])
    assert (version.code, version.out) == (0, f"gradviz {__version__}\n")
    text = Result(capsys, ["--help"])
    assert text.code == 0
    assert all(verb in text.out for verb in ("graph", "step", "train", "models", "devices"))
    assert 'gradviz step "5x^3 + 2x^2 + 4x + 8" --at 2 --json' in text.out
    assert "replaced" in Result(capsys, ["graph", "--help"]).out


@pytest.mark.parametrize(
    ("arguments", "expression"),
    [([], None), (["a + b x"], "a + b x"), (["-x^2"], "-x^2"), (["autograd"], "autograd")],
)
def test_that_without_a_verb_the_window_opens_on_the_expression(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    expression: str | None,
) -> None:
    import gradviz.app

    opened: list[str | None] = []

    def run(given: str | None) -> int:
        opened.append(given)
        return 0

    monkeypatch.setattr(gradviz.app, "run", run)
    assert Result(capsys, arguments).code == 0
    assert opened == [expression]


def test_that_an_error_while_opening_the_window_is_told_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str | None) -> int:
        raise GradvizError("There is no display.", "Use gradviz graph.")

    monkeypatch.setattr(entry, "_open_window", fail)
    result = Result(capsys, [])
    assert (result.code, result.err) == (1, "gradviz: There is no display. Use gradviz graph.\n")


def test_that_ctrl_c_ends_with_130_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: str | None) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "_open_window", interrupted)
    result = Result(capsys, [])
    assert (result.code, result.err) == (130, "")


def test_that_an_engine_failure_shows_its_details_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gradviz.engine import machine

    # A failure of a library: none of the user's own code has a part in it.
    monkeypatch.setattr(machine, "Run", Mock(side_effect=ZeroDivisionError("surprise")))
    result = Result(capsys, ["step", "x"])
    assert result.code == 1
    assert "Traceback" in result.err
    assert result.err.endswith("gradviz: PyTorch's side failed: surprise\n")


def test_that_the_way_to_the_window_never_imports_torch() -> None:
    script = (
        "import sys, gradviz.app, gradviz.cli\n"
        "gradviz.app.run = lambda expression: print(expression) or 0\n"
        "code = gradviz.cli.main(['a + b x'])\n"
        "sys.exit('torch was imported' if 'torch' in sys.modules else code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=_ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "a + b x\n", "")


def test_that_help_needs_neither_torch_nor_qt() -> None:
    script = (
        "import sys, gradviz.cli\n"
        "try: gradviz.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(str([m for m in ('torch', 'PySide6') if m in sys.modules] or ''))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=_ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr.strip() == ""


def test_that_a_reader_that_goes_away_gets_no_traceback() -> None:
    command = [sys.executable, str(_ROOT / "main.py"), "train", "autograd", "--steps", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert line_of(process).startswith(b"99 ")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


def test_that_a_terminal_without_the_signs_gets_question_marks() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = _process("graph", "x^2", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "x?" in done.stdout


def test_that_what_is_trained_is_finite_json(capsys: pytest.CaptureFixture[str]) -> None:
    for line in Result(capsys, ["train", "a + b x", "--steps", "100", "--json"]).out.splitlines():
        assert all(
            math.isfinite(value) for value in json.loads(line).values() if isinstance(value, float)
        )


def test_that_a_model_without_autograd_says_so_and_is_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = Result(capsys, ["step", "numpy", "--json"]).json()
    assert "no autograd graph" in document["note"]
    assert len(document["checks"]) == 5
    assert all(check["relative_difference"] < 1e-6 for check in document["checks"])
    text = Result(capsys, ["step", "numpy"]).out
    assert "autograd's gradient of d: " in text
    assert "no autograd graph" in Result(capsys, ["graph", "numpy"]).out
    assert "note" not in Result(capsys, ["step", "autograd", "--json"]).json()


def test_that_train_starts_from_all_that_suits_the_model(
    capsys: pytest.CaptureFixture[str],
) -> None:
    *_, last, _ = Result(capsys, ["train", "dynamic", "--steps", "2000", "--json"]).out.splitlines()
    figure = _FIGURES["models"]["dynamic"]["losses"][0]
    assert list(json.loads(last).values()) == pytest.approx(figure, rel=1e-6)


def _with_torch(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ANY_VERSION, raising=False)
    monkeypatch.setitem(TRIED, "torch", VersionRange("2.0", "2.1"))
    monkeypatch.setattr(
        "importlib.metadata.version", lambda name: version if name == "torch" else ""
    )


def test_that_an_untried_torch_is_told_once_beside_the_results(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _with_torch("2.1.1", monkeypatch)
    result = Result(capsys, ["step", "x^2", "--at", "2", "--json"])
    assert (result.code, result.json()["leaf_grads"]) == (0, {"x": 4.0})
    assert result.err.startswith("gradviz: PyTorch 2.1.1 is installed, ")
    assert result.err.count("\n") == 1


def test_that_a_failure_with_an_untried_torch_has_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(*_: object) -> None:
        raise AttributeError("no attribute __code__")

    _with_torch("2.1.1", monkeypatch)
    monkeypatch.setattr(in_process_engine.Engine, "__init__", gone)
    result = Result(capsys, ["step", "x^2", "--at", "2"])
    assert result.code == 1
    assert result.err.splitlines()[1:] == ["gradviz: AttributeError: no attribute __code__"]
    assert result.err.startswith("gradviz: PyTorch 2.1.1 is installed, ")


def test_that_a_failure_with_tried_libraries_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: object) -> int:
        raise AttributeError("a fault of our own")

    monkeypatch.setattr(entry, "_open_window", fail)
    monkeypatch.setattr(entry, "untried_libraries", list)
    with pytest.raises(AttributeError, match="our own"):
        cli.main(["x"])
