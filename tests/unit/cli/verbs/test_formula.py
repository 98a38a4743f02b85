"""`gradviz formula`: LaTeX on standard output, a picture in a file, and what cannot be one."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gradviz import cli


def _out(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["formula", *arguments]) == 0
    return capsys.readouterr().out


def test_that_an_expression_and_its_derivative_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _out(capsys, "5x^3 + 2x^2 + 4x + 8").splitlines() == [
        "y = 5 x^{3} + 2 x^{2} + 4 x + 8",
        r"\frac{dy}{dx} = 15 x^{2} + 4 x + 4",
    ]


def test_that_a_model_that_is_an_expression_is_taken_by_its_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, loss, *derivatives = _out(capsys, "autograd", "--fit").splitlines()
    assert first == r"\hat{y} = a + b x + c x^{2} + d x^{3}"
    assert loss.startswith(r"\mathcal{L} = \sum_{i=1}^{n}")
    assert len(derivatives) == 4


def test_that_the_picture_is_an_svg_with_the_formulas_as_its_title(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "f.svg"
    assert _out(capsys, "x y + sin(z)", "-o", str(path)) == ""
    root = ET.parse(path).getroot()  # noqa: S314 - it has just been written
    (title,) = root.findall("{*}title")
    assert title.text is not None
    assert title.text.splitlines() == [
        "f(x, y, z) = x·y + sin(z)",
        "∂f/∂x = y",
        "∂f/∂y = x",
        "∂f/∂z = cos(z)",
    ]
    assert len(root.findall(".//{*}path")) > 20


def test_that_json_has_latex_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(_out(capsys, "a x", "--fit", "--loss", "MSELoss, mean", "--json"))
    assert found["expression"] == {"latex": r"\hat{y} = a x", "text": "y_pred = a·x"}
    assert r"\frac{1}{n}" in found["loss"]["latex"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["x +"], "After + a number"),
        ([""], "no expression yet"),
        (["中文"], "中 has no meaning"),
        (["x+" * 10_000 + "x"], "The expression has 20"),
        (["classifier"], "no expression"),
        (["x^2", "--fit"], "nothing to fit"),
        (["a x", "-o", "f.png"], "no SVG file"),
        (["a x", "--fit", "--loss", "中文"], "There is no loss"),
    ],
)
def test_that_whatever_cannot_be_a_formula_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert cli.main(["formula", *arguments]) in (1, 2)
    found = capsys.readouterr()
    assert told in found.err
    assert "Traceback" not in found.err
    assert not found.out
