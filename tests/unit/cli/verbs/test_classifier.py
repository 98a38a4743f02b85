"""The image classifier on the command line: its accuracy, its folder, and what is refused."""

import json
from pathlib import Path

import pytest
from image_files import write_fashion

from gradviz import cli


def test_that_train_tells_what_was_learnt_and_how_much_of_the_test_is_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["train", "classifier", "--steps", "3"]) == 0
    *losses, result, accuracy = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in losses] == ["0", "1", "2"]
    assert "drawn shapes, not FashionMNIST" in result
    assert accuracy.startswith("Accuracy: ")
    assert accuracy.endswith("of 500 test images")


def test_that_train_takes_the_files_of_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_fashion(tmp_path)
    common = ["train", "classifier", "--steps", "2", "--json", "--data-folder", str(tmp_path)]
    assert cli.main(common) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["tested"] == 40
    assert f"FashionMNIST in {tmp_path.name}" in result["equation"]


def test_that_a_folder_without_the_files_and_a_folder_for_another_model_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["train", "classifier", "--data-folder", str(tmp_path)]) == 2
    assert "train-images-idx3-ubyte.gz" in capsys.readouterr().err
    assert cli.main(["graph", "autograd", "--data-folder", str(tmp_path)]) == 2
    assert "--data-folder is for the model classifier" in capsys.readouterr().err
