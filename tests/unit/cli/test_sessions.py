"""A session, or a recorded pass, in the place of a model on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import torch
from own_models import NET, written
from saved_sessions import saved_session

import gradviz
from gradviz import cli
from gradviz.core.choices.settings import Model
from gradviz.own.source import content_hash

Ran: TypeAlias = tuple[int, str, str]
Run: TypeAlias = Callable[..., Ran]
LINE = "a + b x"


@pytest.fixture(autouse=True)
def _trust_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is trusted in a folder that no other test and no user sees."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; return its exit code, its output and its messages."""

    def run(*words: str | Path) -> Ran:
        capsys.readouterr()
        code = cli.main([str(each) for each in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def fit(tmp_path: Path) -> Path:
    """Return a session of a line that was trained for 30 steps."""
    return saved_session(tmp_path / "fit.gviz", Model(source=LINE, mode="fit", seed=3), 30)


def document(ran: Ran) -> Any:
    assert ran[0] == 0, ran[2]
    return json.loads(ran[1].splitlines()[-1])


def test_that_a_training_goes_on_from_a_session_bit_for_bit(run: Run, fit: Path) -> None:
    whole = run("train", LINE, "--seed", "3", "--steps", "50", "--json")
    rest = run("train", fit, "--steps", "20", "--json")
    assert document(rest)["result"] == document(whole)["result"]
    steps = [json.loads(line)["step"] for line in rest[1].splitlines()[:-1]]
    assert steps[0] == 30
    assert steps[-1] == 49


def test_that_the_pass_of_a_session_is_that_of_its_trained_parameters(run: Run, fit: Path) -> None:
    trained = run("step", LINE, "--seed", "3", "--at-step", "30")
    ran = run("step", fit)
    assert ran[0] == 0
    assert "loss = " in ran[1]
    assert "after 30 steps" in ran[1]
    assert ran[1] == trained[1]


def test_that_any_step_of_a_session_can_be_stepped_through(run: Run, fit: Path) -> None:
    for step in ("10", "30", "40"):
        assert run("step", fit, "--at-step", step) == (
            *run("step", LINE, "--seed", "3", "--at-step", step)[:2],
            "",
        )


def test_that_the_graph_of_a_session_is_written_with_its_model_as_metadata(
    run: Run, fit: Path, tmp_path: Path
) -> None:
    assert run("graph", fit, "-o", tmp_path / "g.json")[0] == 0
    written_graph = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert written_graph["metadata"]["model"] == LINE
    assert written_graph["metadata"]["seed"] == 3
    value = next(node for node in written_graph["nodes"] if node["op"] == "a")["value"]
    result = document(run("train", LINE, "--seed", "3", "--steps", "30", "--json"))["result"]
    assert value == pytest.approx(result["a"], rel=1e-6)


def test_that_a_training_goes_on_with_other_settings_where_they_are_given(
    run: Run, fit: Path
) -> None:
    still = document(run("train", fit, "--steps", "1", "--lr", "1e-12", "--json"))["result"]
    before = document(run("train", LINE, "--seed", "3", "--steps", "30", "--json"))["result"]
    assert still == pytest.approx(before)


def test_that_a_session_at_a_point_takes_its_point_and_another_one(
    run: Run, tmp_path: Path
) -> None:
    path = saved_session(tmp_path / "p.gviz", Model(source="x^3", mode="point", at=4.0), 0)
    assert "gradient of x: 48" in run("step", path)[1]
    assert "gradient of x: 75" in run("step", path, "--at", "5")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seed", "1"), "--seed is kept in {name}. Leave it out."),
        (("--at", "2"), "{name} has a training, which is not taken at a point."),
        (("--trust",), "The model of {name} needs no trust. Leave it out."),
        (("--at-step", "10", "--lr", "1"), "{name} is trained up to step 30 already."),
    ],
)
def test_that_a_setting_that_the_session_has_is_refused_in_a_sentence(
    run: Run, fit: Path, words: tuple[str, ...], told: str
) -> None:
    code, out, err = run("step", fit, *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"gradviz: {told.format(name=fit)}")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("verb", ["graph", "step", "train"])
def test_that_a_file_that_is_no_session_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, verb: str
) -> None:
    (tmp_path / "bad.gviz").write_bytes(b"PK\x03\x04")
    for name in ("bad.gviz", "gone.gviz"):
        code, out, err = run(verb, tmp_path / name)
        assert (code, out) == (2, "")
        assert name in err
        assert len(err.splitlines()) == 1


def test_that_the_file_of_a_sessions_model_runs_only_with_trust(run: Run, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    canary = f"from pathlib import Path\nPath({str(mark)!r}).write_text('executed')\n"
    file = written(tmp_path, canary + NET)
    model = Model(source=f"{file}:Net", trusted=content_hash(file.read_bytes()))
    path = saved_session(tmp_path / "own.gviz", model, 0)
    mark.unlink()
    code, _, err = run("graph", path)
    assert code == 2
    assert "is not trusted" in err
    assert not mark.exists()
    assert run("graph", path, "--trust")[0] == 0
    assert mark.exists()
    file.write_text(file.read_text() + "# changed\n")
    assert run("graph", path)[0] == 2
    assert "net.py has changed since the session was saved" in run("graph", path, "--trust")[2]
    file.unlink()
    code, _, err = run("graph", path)
    assert code == 2
    assert "The file of the session's model is gone: " in err


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Return a file with the pass of a squared sum."""
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    return gradviz.capture((w * w).sum(), params={"w": w}).save(tmp_path / "loss.gviz")


def test_that_a_recording_is_drawn_and_stepped_through_as_it_is(
    run: Run, recording: Path, tmp_path: Path
) -> None:
    code, out, err = run("step", recording)
    assert (code, err) == (0, "")
    assert "a recording in a file" in out
    assert "gradient of w:" in out
    found = document(run("step", recording, "--json"))
    (gradient,) = found["leaf_grads"].values()
    assert gradient == [2, 4]
    assert found["missing"] == []
    assert run("graph", recording, "-o", tmp_path / "g.svg", "--after", "2")[0] == 0
    assert "SumBackward0" in run("graph", recording)[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("train",), "holds a recorded pass, which cannot be trained. See gradviz step."),
        (("step", "--at-step", "3"), "holds a recorded pass, which cannot be trained."),
        (("graph", "--seed", "1"), "--seed is for a model that is built, and "),
        (("step", "--at", "2"), "--at is for a model that is built, and "),
        (("step", "--rules"), "This pass is read from a file, and cannot be run again"),
        (("check",), "This pass is read from a file, and cannot be run again"),
        (("code",), "holds a recorded pass, which cannot be trained."),
        (("compare",), "holds a recorded pass, which cannot be trained."),
        (("bench",), "holds a recorded pass, which cannot be trained."),
    ],
)
def test_that_a_recording_refuses_what_needs_its_model(
    run: Run, recording: Path, words: tuple[str, ...], told: str
) -> None:
    verb, *options = words
    code, out, err = run(verb, recording, *options)
    assert code != 0
    assert "gradient" not in out
    assert told in err
    assert len(err.splitlines()) == 1


def test_that_a_session_is_compared_with_another_model(run: Run, fit: Path) -> None:
    found = document(run("diff", fit, LINE, "--json"))
    assert not found["identical"]
    assert document(run("diff", LINE, fit, "--json"))["compared"] > 0


@pytest.mark.parametrize(("verb", "told"), [("check", "2 of 2 agree"), ("health", "n0    Sum")])
def test_that_the_pass_of_a_session_is_checked_and_measured(
    run: Run, fit: Path, verb: str, told: str
) -> None:
    code, out, _ = run(verb, fit)
    assert code == 0
    assert told in out


@pytest.fixture
def tuned(tmp_path: Path) -> Path:
    """Return a session of a line with an optimizer and a loss of its own."""
    return saved_session(
        tmp_path / "tuned.gviz",
        Model(source=LINE, mode="fit", seed=3),
        30,
        optimizer="adam",
        learning_rate=0.25,
        loss="L1Loss, mean",
    )


TUNED = ("--seed", "3", "--optimizer", "adam", "--lr", "0.25", "--loss", "L1Loss, mean")


def test_that_the_script_of_a_session_does_its_training_from_the_first_step(
    run: Run, tuned: Path
) -> None:
    code, script, err = run("code", tuned)
    assert (code, err) == (0, "")
    assert script == run("code", LINE, *TUNED, "--steps", "30")[1]
    assert run("code", tuned, "--steps", "7")[1] == run("code", LINE, *TUNED, "--steps", "7")[1]
    assert "SGD" in run("code", tuned, "--optimizer", "sgd")[1]


def test_that_the_script_of_a_session_at_a_point_takes_it_there(run: Run, tmp_path: Path) -> None:
    path = saved_session(tmp_path / "p.gviz", Model(source="x^3", mode="point", at=4.0), 0)
    assert run("code", path) == run("code", "x^3", "--at", "4")


def test_that_a_session_is_compared_with_its_training_and_others(run: Run, tuned: Path) -> None:
    found = document(run("compare", tuned, "--seeds", "3,4", "--json"))["results"]
    typed = document(run("compare", LINE, *TUNED, "--seeds", "3,4", "--steps", "30", "--json"))
    assert found == typed["results"]
    assert [each["seed"] for each in found] == [3, 4]
    assert {(each["optimizer"], each["learning_rate"]) for each in found} == {("adam", 0.25)}
    beside = document(run("compare", tuned, "--with", "a x", "--steps", "5", "--json"))["results"]
    assert [each["title"] for each in beside] == [f"{tuned}, adam, seed 3", "a x, descent, seed 0"]


def test_that_a_session_is_measured(run: Run, tuned: Path) -> None:
    found = document(run("bench", tuned, "--rounds", "1", "--json"))
    assert found["nodes"] == document(run("bench", LINE, "--rounds", "1", "--json"))["nodes"]


def test_that_a_film_of_a_session_shows_its_training_from_the_first_step(
    run: Run, tuned: Path, tmp_path: Path
) -> None:
    code, _, err = run(
        "export", tuned, "--animate", "train", "--every", "10", "-o", tmp_path / "f.gif"
    )
    assert code == 0
    assert "f.gif, 4 frames" in err
