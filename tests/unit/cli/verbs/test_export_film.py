"""`gradviz export`: films of trainings and passes, with the numbers of the run."""

import errno
import os
from pathlib import Path

import pytest
from film_cases import frames_in, seconds_in

from gradviz.cli import main
from gradviz.cli.output import film_output
from gradviz.export.moving import mp4
from gradviz.protocol import moments

pytestmark = pytest.mark.usefixtures("qapp")

TRAINED = ["a + b x", "--points", "50", "--steps", "12", "--seed", "3"]


def exported(*options: str | Path) -> int:
    return main(["export", *map(str, options)])


def test_that_a_training_is_shown_every_nth_step_at_the_wanted_size_and_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fit.gif"
    shape = ("--size", "320x200", "--fps", "20", "--every", "5")
    assert exported(*TRAINED, "--animate", "train", "-o", path, *shape) == 0
    assert capsys.readouterr().err.endswith(f"gradviz: wrote {path}, 4 frames\n")
    frames = frames_in(path)
    assert [frame.shape for frame in frames] == [(200, 320, 3)] * 4
    assert seconds_in(path)[:3] == [0.05] * 3


def test_that_a_film_shows_the_numbers_of_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    made = moments.unpacked

    def watched(content: bytes) -> moments.RecalledMoment:
        moment = made(content)
        seen.append(moment.equation)
        return moment

    monkeypatch.setattr(film_output, "unpacked", watched)
    options = [*TRAINED, "--optimizer", "adam", "--lr", "0.01", "--scheduler", "StepLR"]
    path = tmp_path / "fit.webp"
    assert exported(*options, "--animate", "train", "--size", "160x160", "-o", path) == 0
    capsys.readouterr()
    for step in (0, 7, 12):
        several = [*options[: options.index("--steps") + 1], str(step), *options[5:]]
        if step:
            assert main(["train", *several]) == 0
            assert capsys.readouterr().out.endswith(f"Result: {seen[step]}\n")
    assert len(seen) == 13


def test_that_a_backward_pass_is_shown_node_by_node(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pass.gif"
    wish = ("--animate", "backward", "--at", "2", "--size", "320x200")
    assert exported("5x^3 + 2x^2 + 4x + 8", *wish, "-o", path) == 0
    assert capsys.readouterr().err.endswith(", 10 frames\n")
    assert len(frames_in(path)) == 10
    assert seconds_in(path)[0] == 0.5


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--size", "1x1"), "pixels does not work"),
        (("--size", "99999x99999"), "pixels does not work"),
        (("--size", "large"), "this is no size"),
        (("--fps", "0"), "0 frames per second do not work"),
        (("--fps", "1000"), "frames per second do not work"),
        (("--fps", "nan"), "frames per second do not work"),
        (("--every", "0"), "does not work"),
        (("--every", "1", "--steps", "100000"), "100\u202f001 frames"),
    ],
)
def test_that_a_wish_that_does_not_work_is_said_before_anything_is_trained(
    options: tuple[str, ...],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(film_output, "Engine", None)
    path = tmp_path / "fit.gif"
    assert exported("a x", "--animate", "train", "-o", path, *options) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_that_a_name_without_a_format_and_a_still_picture_are_refused_with_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported("a x", "--animate", "train", "-o", tmp_path / "fit.png") == 2
    assert ".gif, .webp, .mp4" in capsys.readouterr().err
    assert exported("a x", "-o", tmp_path / "fit.gif") == 2
    assert "Add --animate train" in capsys.readouterr().err


def test_that_a_video_without_pyav_is_refused_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp4, "find_spec", lambda name: None)
    monkeypatch.setattr(film_output, "Engine", None)
    assert exported("a x", "--animate", "train", "-o", tmp_path / "fit.mp4") == 2
    assert 'pip install "gradviz-studio[video]"' in capsys.readouterr().err


def test_that_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "fit.gif"
    assert exported(*TRAINED, "--animate", "train", "-o", path) == 1
    assert "does not exist" in capsys.readouterr().err


def test_that_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert exported(*TRAINED, "--animate", "train", "-o", tmp_path / "fit.gif") == 1
    assert "there is no space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_that_a_training_that_diverges_is_shown_up_to_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fit.gif"
    options = ("a + b x", "--steps", "300", "--lr", "1", "--animate", "train", "-o", path)
    assert exported(*options, "--size", "160x160", "--every", "1") == 1
    error = capsys.readouterr().err
    assert "The loss is" in error
    assert 1 < len(frames_in(path)) < 300
