"""A made-up layer is one row of the table, and is typed, trained and written as a script."""

from pathlib import Path

import msgspec
import pytest
from script_runs import assert_the_same

from gradviz import cli
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError
from gradviz.engine.runs.run import Run
from gradviz.expression.networks import LAYERS, LayerRow, names_network, parse_network
from gradviz.expression.networks.layer_row import whole
from gradviz.expression.networks.shape_rules import along

_SOFTMIN = LayerRow(
    name="Softmin",
    doc="Softmax of the negative numbers.",
    arguments=(whole("dim", low=-2, high=2, usual=-1),),
    shape=along,
)
_TYPED = "Linear(1, 4), Softmin(dim=-1), Linear(4, 1)"


@pytest.fixture
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LAYERS, "Softmin", _SOFTMIN)


def test_that_without_its_row_it_is_no_layer() -> None:
    with pytest.raises(ExpressionError, match="There is no layer Softmin"):
        parse_network(_TYPED)


@pytest.mark.usefixtures("_added")
def test_that_it_is_typed_trained_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names_network("Softmin(1), Linear(1, 1)")
    with pytest.raises(ExpressionError, match="Softmin does not fit"):
        parse_network("Linear(1, 4), Softmin(dim=2), Linear(4, 1)")
    model = Model(source=_TYPED, mode="fit", points=30)
    training = msgspec.structs.replace(Run(model).model.training, steps=100)
    assert_the_same(tmp_path, [(model, training)])
    assert cli.main(["graph", _TYPED, "-o", str(tmp_path / "graph.svg")]) == 0
    assert "Softmin" in (tmp_path / "graph.svg").read_text()
    capsys.readouterr()
