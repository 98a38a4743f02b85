"""A made-up formula: one row, and it is read in the rule of every node of its operator."""

import pytest

from gradviz import cli
from gradviz.core.findings import formulas


def test_that_a_row_is_read_in_the_rule_beside_the_formula_of_pytorch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"Sin": {"self": "grad ⊙ made-up(self)"}}
    monkeypatch.setattr(formulas, "FORMULAS", {**formulas.FORMULAS, **row})
    assert cli.main(["step", "sin(x)", "--at", "1", "--rules"]) == 0
    told = capsys.readouterr().out
    assert "= grad ⊙ made-up(self)" in told
    assert "PyTorch: grad * self.cos()" in told
