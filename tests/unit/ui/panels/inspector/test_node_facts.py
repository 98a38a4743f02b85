"""What the inspector says of a node at each moment of the walk."""

import msgspec
import pytest
from sample_graphs import (
    large,
    scalar,
    shared_graph,
    tutorial_graph,
    tutorial_trace,
)

from gradviz.core.graphs.graph import Graph, Node, SavedTensor
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Check, Step, Trace
from gradviz.ui.panels.inspector.node_facts import Inspection, Row, Section, _short, inspect


def headings(inspection: Inspection) -> list[str]:
    return [section.heading for section in inspection.sections]


def section(inspection: Inspection, heading: str) -> Section:
    return next(each for each in inspection.sections if each.heading == heading)


def lonely(value: TensorSummary, *saved: SavedTensor) -> Graph:
    """Return a graph of one node."""
    node = Node(
        id="n", op="Sum", name="SumBackward0", kind="output", value=value, saved=saved,
        shape=value.shape, dtype="float32", device="cuda:0",
    )  # fmt: skip
    return Graph(nodes=(node,), edges=(), output="n")


@pytest.mark.parametrize("cursor", range(14))
def test_that_no_gradient_is_told_before_its_step(cursor: int) -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    for index, step in enumerate(trace.steps):
        inspection = inspect(graph, trace, cursor, step.node)
        assert ("Gradient in" in headings(inspection)) == (index < cursor)
        assert ("no gradient yet" in inspection.place) == (index >= cursor)


def test_that_only_what_has_just_arrived_is_marked_as_now() -> None:
    graph, trace = tutorial_graph(), tutorial_trace()
    now = inspect(graph, trace, 2, trace.steps[1].node)
    later = inspect(graph, trace, 3, trace.steps[1].node)
    assert all(row.now for row in section(now, "Gradient in").rows)
    assert not any(row.now for part in later.sections for row in part.rows)


def test_that_the_place_says_step_and_label() -> None:
    inspection = inspect(tutorial_graph(), tutorial_trace(), 5, "muld")
    assert inspection.title == "Mul"
    assert inspection.name == "MulBackward0"
    assert inspection.place == "backward step 5 of 13 · d x³"


def test_that_a_gradient_written_by_hand_stands_beside_autograds_once_it_is_reached() -> None:
    check = Check(node="muld", autograd=scalar(3.0), difference=0.25)
    trace = msgspec.structs.replace(tutorial_trace(), checks=(check,))
    rows = section(inspect(tutorial_graph(), trace, 5, "muld"), "Check").rows
    assert [(row.name, row.value) for row in rows] == [
        ("autograd", "3"),
        ("relative difference", "0.25"),
    ]
    assert "Check" not in headings(inspect(tutorial_graph(), trace, 4, "muld"))
    assert "Check" not in headings(inspect(tutorial_graph(), trace, 5, trace.steps[0].node))


def test_that_a_graph_without_a_recording_says_so() -> None:
    inspection = inspect(tutorial_graph(), None, 0, "sum")
    assert inspection.place.startswith("no backward pass yet")
    assert headings(inspection) == ["Node"]


def test_that_a_node_that_backward_passes_by_says_so() -> None:
    graph = lonely(scalar(1))
    elsewhere = Step(node="x", grad_outputs=(), grad_inputs=())
    inspection = inspect(graph, Trace(steps=(elsewhere,), leaf_grads={}), 1, "n")
    assert inspection.place == "not in the recorded backward pass"


def test_that_a_gradient_sent_on_names_who_gets_it() -> None:
    rows = section(inspect(tutorial_graph(), tutorial_trace(), 4, "add3"), "Gradient out").rows
    assert {row.name for row in rows if row.name.startswith("to")} == {"to Add", "to Mul d x³"}


def test_that_a_slot_that_leads_to_no_node_is_left_out_and_no_gradient_is_none() -> None:
    graph = shared_graph()
    step = Step(node="sq", grad_outputs=(None,), grad_inputs=(scalar(4), scalar(5)))
    trace = Trace(steps=(step,), leaf_grads={})
    inspection = inspect(graph, trace, 1, "sq")
    assert section(inspection, "Gradient in").rows == (Row("upstream", "None"),)
    assert [row.value for row in section(inspection, "Gradient out").rows] == ["4"]


def test_that_a_number_has_the_digits_that_tell_it_from_others_of_its_precision() -> None:
    inspection = inspect(lonely(scalar(497937.65625)), None, 0, "n")
    assert Row("value", "497937.66") in section(inspection, "Node").rows


def test_that_a_large_tensor_shows_its_statistics() -> None:
    rows = section(inspect(lonely(large(958.5)), None, 0, "n"), "Node").rows
    shown = {row.name.strip(): row.value for row in rows}
    assert shown["value"] == "(2000,) float32"
    assert (shown["min"], shown["max"]) == ("−1", "1")
    assert (shown["mean"], shown["norm"]) == ("0", "958.5")


def test_that_statistics_that_do_not_exist_are_named_so() -> None:
    empty = TensorSummary(shape=(0,), dtype="float32", device="cpu")
    rows = section(inspect(lonely(empty), None, 0, "n"), "Node").rows
    assert {row.value for row in rows[4:]} == {"none"}


def test_that_small_tensors_show_their_values_in_rows_of_four() -> None:
    values = tuple(float(number) for number in range(6))
    small = TensorSummary(shape=(6,), dtype="float32", device="cpu", values=values)
    rows = section(inspect(lonely(small), None, 0, "n"), "Node").rows
    assert [row.value for row in rows[-2:]] == ["0  1  2  3", "4  5"]


def test_that_saved_tensors_and_settings_are_listed() -> None:
    saved = (SavedTensor("other", scalar(3)), SavedTensor("exponent", None, "2"))
    rows = section(inspect(lonely(scalar(1), *saved), None, 0, "n"), "Saved for backward").rows
    assert rows == (Row("other", "3"), Row("exponent", "2"))


def test_that_dtype_and_device_are_told() -> None:
    rows = section(inspect(lonely(scalar(1)), None, 0, "n"), "Node").rows
    assert [(row.name, row.value) for row in rows[:3]] == [
        ("shape", "()"),
        ("dtype", "float32"),
        ("device", "cuda:0"),
    ]


def test_that_a_long_name_leaves_room_for_its_number() -> None:
    node = tutorial_graph().nodes[1]
    long = msgspec.structs.replace(node, label="a + b·x + c·x² + d·x³ + e·x⁴")
    assert len(_short(long)) == 15
    assert _short(long).startswith("Pow a + b·x")


def test_that_a_long_name_of_a_parameter_keeps_the_numbers_of_its_layer() -> None:
    leaf = tutorial_graph().node["a"]
    long = msgspec.structs.replace(leaf, op="layer1.0.conv2.weight")
    assert len(_short(long)) <= 15
    assert [sign for sign in _short(long) if sign.isdigit()] == ["1", "0", "2"]
