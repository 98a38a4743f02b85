"""The origin of a graph, as files carry it."""

import json

import pytest
from export_cases import LABELS
from sample_graphs import shared_graph

from gradviz.core.choices.settings import Model
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.origin import Origin, origin_of


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Model(source=" a / b "), "a / b"),
        (Model(source="/home/me/net.py:Net", trusted="0" * 64), "net.py:Net"),
        (Model(source="C:\\me\\net.py:Net", trusted="0" * 64), "net.py:Net"),
        (Model(source="net.py", trusted="0" * 64), "net.py"),
    ],
)
def test_that_a_file_is_named_without_its_folder(model: Model, name: str) -> None:
    assert origin_of(model).model == name


def test_that_the_seed_is_that_of_the_model() -> None:
    assert origin_of(Model(source="a x", seed=7)).facts["seed"] == 7


def test_that_unknown_facts_are_left_out() -> None:
    assert set(Origin().facts) == {"generator", "torch"}


def test_that_the_installed_torch_counts_unless_another_one_is_told() -> None:
    assert Origin(torch="9.9").facts["torch"] == "9.9"
    assert str(Origin().facts["torch"]).startswith("2.")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("suffix", [".dot", ".json"])
def test_that_a_file_of_data_names_any_model(suffix: str, label: str) -> None:
    figure = GraphFigure(graph=shared_graph(), origin=Origin(model=label, seed=3, torch="2.13.0"))
    text = EXPORTERS[suffix].render(figure).decode()
    if suffix == ".json":
        found = json.loads(text)
        assert found["metadata"]["model"] == label
        assert found["schema"] == "gradviz.graph/2"
    else:
        assert "// torch: 2.13.0\n// seed: 3\n" in text
