"""Scripts with other data and other starts: run, they print what the engine computes."""

from pathlib import Path

import msgspec
import pytest
from script_runs import assert_the_same, printed, suited, written

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.engine.runs.run import Run

_ROWS = "time; height\n\n2; 0.5\n-1; 1e-1\n 0.25;3\n"
_SOURCES = ("numpy", "tensors", "autograd", "function", "nn", "module", "dynamic", "a sin(b x)")


def case(source: str, **changes: object) -> tuple[Model, Training]:
    model, training = suited(source, steps=100)
    return msgspec.structs.replace(model, **changes), training


def test_that_scripts_of_other_data_print_the_losses_of_the_engine(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text(_ROWS, encoding="utf-8-sig")
    changes: list[dict[str, object]] = [
        {"target": "cos(2x) + x^2 / 3", "noise": 0.25, "seed": 3, "points": 41},
        {"target": "P3(x / 3)", "low": -1.0, "high": 2.5, "dtype": "float64", "noise": 0.1},
        {"data_file": str(file), "initial": {"a": 0.3, "b": -1.0}},
        {"data_file": str(file), "dtype": "float64"},
        {"target": "pi / 8", "initial": {"b": 0.1}, "dtype": "float64"},
    ]
    cases = [case(source, **each) for source in _SOURCES for each in changes]
    assert_the_same(tmp_path, cases)


def test_that_the_script_of_a_point_starts_where_it_is_said(tmp_path: Path) -> None:
    model = Model(source="a x^2", at=0.1, mode="point", dtype="float64", initial={"a": 0.3})
    (lines,) = printed(
        tmp_path, written(model, Training(optimizer="sgd", learning_rate=1), "point")
    )
    assert lines[0] == f"y = {Run(model).record()[0]}" == f"y = {0.3 * 0.1**2}"


def test_that_a_script_of_the_usual_data_is_as_short_as_ever() -> None:
    text = written(*suited("autograd"))
    assert "x = torch.linspace(-math.pi, math.pi, 2000, device=device)\ny = torch.sin(x)\n" in text
    for word in ("dtype", "generator", "csv", "fill_"):
        assert word not in text


@pytest.mark.parametrize("changes", [{"target": "x +"}, {"target": "a x"}, {"initial": {"z": 1.0}}])
def test_that_what_the_engine_refuses_has_no_script(changes: dict[str, object]) -> None:
    model = msgspec.structs.replace(Model(source="a x"), **changes)
    with pytest.raises(ExportError):
        written(model, Training(optimizer="descent", learning_rate=1e-6))
