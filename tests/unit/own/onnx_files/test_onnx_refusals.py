"""ONNX files that are no models, damaged, too large or not whole: one clear error each."""

import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper
from onnx_models import model_of, residual, saved

from gradviz.core.errors import OwnModelError
from gradviz.own.onnx_files import onnx_file
from gradviz.own.onnx_files.graph_reading import GraphReading, Outcome, graph_of_onnx
from gradviz.own.onnx_files.onnx_file import read_onnx
from gradviz.own.onnx_files.onnx_graph import onnx_graph
from gradviz.own.source import FORWARD_ALONE, names_onnx, read_model_file

IN_PLACE = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)


@cache
def whole() -> bytes:
    return bytes(residual().SerializeToString())


def refused(path: Path) -> str:
    with pytest.raises(OwnModelError) as caught:
        onnx_graph(path.name, read_onnx(path))
    assert caught.value.hint
    return caught.value.message


def read_or_refused(content: bytes, path: Path) -> None:
    """Show what is in a file, or refuse it; any other error fails the test."""
    path.write_bytes(content)
    try:
        graph = onnx_graph(path.name, read_onnx(path))
    except OwnModelError:
        return
    assert graph.output in graph.node
    assert all({each.source, each.target} <= graph.node.keys() for each in graph.edges)


@IN_PLACE
@given(st.data())
def test_that_flipped_bits_are_shown_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(whole())
    places = st.integers(0, len(content) * 8 - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=12)):
        content[place // 8] ^= 1 << place % 8
    read_or_refused(bytes(content), tmp_path / "net.onnx")


@IN_PLACE
@given(st.integers(0, 10_000))
def test_that_a_truncated_file_is_shown_or_refused(tmp_path: Path, length: int) -> None:
    read_or_refused(whole()[: length % len(whole())], tmp_path / "net.onnx")


@IN_PLACE
@given(st.binary(max_size=400))
def test_that_any_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    read_or_refused(content, tmp_path / "net.onnx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"import torch\n", b"\x00" * 50])
def test_that_other_files_are_no_onnx_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(content)
    assert refused(path) == "net.onnx is no ONNX file, or is damaged."


def test_that_external_data_is_refused_and_not_opened(tmp_path: Path) -> None:
    model = residual()
    tensor = model.graph.initializer[1]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    message = refused(saved(model, tmp_path / "net.onnx"))
    assert message == "net.onnx keeps tensors in other files, which gradviz does not read."


def test_that_external_data_within_a_branch_is_refused_too(tmp_path: Path) -> None:
    value = helper.make_tensor_value_info
    result = [value("r", TensorProto.FLOAT, [1])]
    constant = helper.make_tensor("t", TensorProto.FLOAT, [1], [1.0])
    constant.data_location = TensorProto.EXTERNAL
    node = helper.make_node("Constant", [], ["r"], value=constant)
    branch = helper.make_graph([node], "then", [], result)
    model = model_of(
        [helper.make_node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)],
        [value("c", TensorProto.BOOL, [])],
        [value("y", TensorProto.FLOAT, [1])],
    )
    assert "in other files" in refused(saved(model, tmp_path / "net.onnx"))


def test_that_values_of_another_size_than_their_shape_are_told(tmp_path: Path) -> None:
    model = residual()
    model.graph.initializer[0].raw_data = b"1234"
    message = refused(saved(model, tmp_path / "net.onnx"))
    assert "the values of layers.0.attn.weight are not those of its type and shape" in message


def test_that_a_value_nobody_makes_is_told_by_its_name(tmp_path: Path) -> None:
    model = residual()
    model.graph.node[0].input[0] = "nowhere"
    message = refused(saved(model, tmp_path / "net.onnx"))
    assert "(nowhere is used before anything has made it)" in message


def test_that_limits_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(residual(), tmp_path / "net.onnx")
    monkeypatch.setattr(onnx_file, "MAXIMUM_OPERATORS", 9)
    assert refused(path) == "net.onnx has 10 operators; the limit is 9."
    monkeypatch.setattr(onnx_file, "MAXIMUM_BYTES", 100)
    assert refused(path).endswith("net.onnx has more than 100 bytes.")


def test_that_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.onnx").endswith("nothing.onnx does not exist.")
    (tmp_path / "folder.onnx").mkdir()
    assert refused(tmp_path / "folder.onnx").endswith("folder.onnx is a folder.")


def test_that_without_the_extra_one_sentence_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(residual(), tmp_path / "net.onnx")
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(OwnModelError) as caught:
        read_onnx(path)
    assert "pip install 'gradviz-studio[onnx]'" in caught.value.hint


def test_that_a_refusal_crosses_from_the_process(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"nothing")
    with pytest.raises(OwnModelError, match="is no ONNX file, or is damaged"):
        graph_of_onnx(str(path))


def test_that_a_process_that_dies_is_told(tmp_path: Path) -> None:
    outcomes: list[Outcome] = []
    command = (sys.executable, "-c", "import os; os.abort()")
    reading = GraphReading(str(tmp_path / "net.onnx"), outcomes.append, command)
    reading.close()
    (outcome,) = outcomes
    assert isinstance(outcome, OwnModelError)
    assert "net.onnx could not be read" in outcome.message


def test_that_nothing_takes_an_onnx_file_for_a_model_to_run(tmp_path: Path) -> None:
    path = saved(residual(), tmp_path / "NET.ONNX")
    with pytest.raises(OwnModelError) as caught:
        read_model_file(str(path))
    assert caught.value.message == FORWARD_ALONE
    assert names_onnx(f" {path} ")
    assert not names_onnx("net.py")
    assert not names_onnx("a + b x")
