"""Values as JSON: numbers that are not finite as words, tensors by their size."""

import json
import math
import re
from pathlib import Path

import pytest

import gradviz
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.export.strict_json import json_file, json_line, tensor_json


def described(*shape: int, **fields: object) -> TensorSummary:
    """Return a summary with these fields, on the CPU."""
    return TensorSummary(shape=shape, dtype="float32", device="cpu", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.5, 1.5), (math.inf, "Infinity"), (-math.inf, "-Infinity"), (math.nan, "NaN")],
)
def test_that_a_number_json_does_not_have_is_a_word_at_any_depth(
    value: float, expected: object
) -> None:
    for text in (json_line({"a": [{"b": value}, value]}), json_file({"a": [{"b": value}, value]})):
        assert json.loads(text) == {"a": [{"b": expected}, expected]}


def test_that_small_tensors_are_nested_lists_in_their_shape() -> None:
    values = tuple(float(value) for value in range(6))
    assert tensor_json(described(1, 2, 3, values=values)) == [[[0, 1, 2], [3, 4, 5]]]
    assert tensor_json(described(values=(3.0,))) == 3.0
    assert tensor_json(described(0, values=())) == []
    assert tensor_json(described(2, 0, values=())) == [[], []]
    assert tensor_json(None) is None


def test_that_large_tensors_are_described() -> None:
    summary = described(100, minimum=1.0, maximum=2.0, norm=10.0, finite=False)
    text = json_line(tensor_json(summary))
    assert json.loads(text) == {
        "shape": [100],
        "min": 1.0,
        "max": 2.0,
        "mean": "NaN",
        "norm": 10.0,
        "dtype": "float32",
        "device": "cpu",
        "finite": False,
    }


def test_that_results_become_json_in_one_module() -> None:
    package = Path(gradviz.__file__).parent
    writers = {
        path.relative_to(package).as_posix()
        for room in ("cli", "engine", "export", "render", "core")
        for path in (package / room).rglob("*.py")
        if re.search(r"json\.(dumps?|encode)\b", path.read_text())
    }
    # The state of a training is no result: it is read back by the program itself.
    assert writers == {"export/strict_json.py", "engine/training/stored_training.py"}
