"""Two columns of a file: what is read, and by which line it is told what cannot be."""

import math
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError
from gradviz.engine.data import data_file
from gradviz.engine.data.data_file import read_columns
from gradviz.engine.runs.run import Run

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def written(folder: Path, content: str | bytes) -> str:
    path = folder / "points.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


@pytest.mark.parametrize(
    "content",
    [
        "1,2\n3,4.5\n",
        "x,y\n1,2\n3,4.5",
        "x;y\r\n3;4.5\r\n\r\n1;2\r\n",
        "time\theight\n1\t2\n3\t4.5\n",
        "\ufeff1,2\n3,4.5\n",
        "\ufefftime, height\n 3 , 45e-1\n1,2\n , \n",
        '"1","2"\n"3","4.5"\n',
    ],
)
def test_that_two_columns_are_read_in_the_order_of_x(tmp_path: Path, content: str) -> None:
    assert read_columns(written(tmp_path, content)) == ([1.0, 3.0], [2.0, 4.5])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=2, max_size=20),
    mark=st.sampled_from(",;\t"),
)
def test_that_every_digit_is_read(
    tmp_path: Path, pairs: list[tuple[float, float]], mark: str
) -> None:
    path = written(tmp_path, "".join(f"{x!r}{mark}{y!r}\n" for x, y in pairs))
    assert list(zip(*read_columns(path), strict=True)) == sorted(pairs)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text("0123456789,;\t\n\"' .eE-x", max_size=60)))
def test_that_any_file_is_read_or_refused(tmp_path: Path, content: str | bytes) -> None:
    found: list[tuple[list[float], list[float]]] = []
    refusal: FieldError | None = None
    try:
        found.append(read_columns(written(tmp_path, content)))
    except FieldError as error:
        refusal = error
    if refusal is not None:
        assert (refusal.field, bool(refusal.hint)) == ("data_file", True)
        return
    ((x, y),) = found
    assert len(x) == len(y) >= 2
    assert all(map(math.isfinite, (*x, *y)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x,y\n1,2\n3,four\n", "Line 3 of points.csv: “four” is no number"),
        ("1,2\nx,y\n", "Line 2 of points.csv: “x” is no number"),
        ("1\n2\n", "Line 1 of points.csv has one column"),
        ("only text\nand more\n", "Line 1 of points.csv has one column"),
        ("1,2\n3,4,5\n", "Line 2 of points.csv has 3 columns"),
        ("1,2\n\n3,inf\n", "Line 3 of points.csv: inf is not finite"),
        ("1,nan\n2,3\n", "Line 1 of points.csv: nan is not finite"),
        ("", "no point in points.csv"),
        ("x,y\n", "no point in points.csv"),
        ("x,y\n1,2\n", "1 point in points.csv"),
        (b"\xff\xfe\x00\x81", "points.csv is no text"),
    ],
)
def test_that_what_is_wrong_is_told_by_its_line(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(FieldError, match=message):
        read_columns(written(tmp_path, content))


def test_that_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="There is no file"):
        read_columns(str(tmp_path / "nothing.csv"))
    with pytest.raises(FieldError, match="is no file"):
        read_columns(str(tmp_path))


def test_that_too_many_points_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "1,2\n" * 11)
    monkeypatch.setattr(data_file, "POINTS_RANGE", (2, 11))
    assert len(read_columns(path)[0]) == 11
    monkeypatch.setattr(data_file, "POINTS_RANGE", (2, 10))
    with pytest.raises(FieldError, match="more than 10 points"):
        read_columns(path)


@pytest.mark.parametrize("source", ["a x + b", "nn", "numpy", "dynamic"])
def test_that_a_model_is_fitted_to_the_file(tmp_path: Path, source: str) -> None:
    run = Run(Model(source=source, data_file=written(tmp_path, "2,1\n1,0.1\n"), target="ignored"))
    dtype = torch.float64 if source == "numpy" else torch.float32
    assert run.target is not None
    assert torch.equal(run.x, torch.tensor([1.0, 2.0], dtype=dtype))
    assert torch.equal(run.target, torch.tensor([0.1, 1.0], dtype=dtype))


def test_that_a_number_too_large_for_the_precision_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "1,2\n2,1e39\n")
    with pytest.raises(FieldError, match="too large for float32"):
        Run(Model(source="a x", data_file=path))
    assert Run(Model(source="a x", data_file=path, dtype="float64")).target is not None
