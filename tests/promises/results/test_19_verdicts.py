"""A verdict on a gradient is right or says that it does not know."""

from collections import Counter
from pathlib import Path

import pytest
from own_models import CUBE, HEAD, built_in, model_of, written
from promised import Tell, extent
from questions import events_of

from gradviz.core.choices.settings import Model
from gradviz.core.findings.checks import NodeCheck
from gradviz.engine.machine import Machine
from gradviz.expression import FUNCTIONS
from gradviz.protocol.events import Answered
from gradviz.protocol.questions import CheckGradients, GradientsChecked

_NET = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([0.7, -1.2]))

    def forward(self):
        return (FUNCTION.apply(self.w) * torch.tensor([1.0, 3.0])).sum()
"""
#: The factor of a cube's derivative, by the verdicts that are right for it.
FACTORS = {"agrees": ("3", "3.0"), "differs": ("2", "3.3", "-3", "0", "1e6", "2.7")}


@pytest.mark.parametrize("verdict", FACTORS)
def test_that_a_derivative_that_is_wrong_differs_and_a_right_one_agrees(
    verdict: str, tmp_path: Path, tell: Tell
) -> None:
    for factor in FACTORS[verdict]:
        code = HEAD + CUBE.replace("FACTOR", factor) + _NET.replace("FUNCTION", "Cube")
        path = written(tmp_path, code)
        checks = _checked(model_of(path, "Net", mode="fit"))
        assert {check.verdict for check in checks} == {verdict}, factor
    tell(f"{len(FACTORS[verdict])} derivatives by hand: all said to be what they are, {verdict}")


def test_that_no_function_of_the_table_is_said_to_differ(tell: Tell) -> None:
    found: Counter[str] = Counter()
    for name in sorted(FUNCTIONS)[:: 1 if extent(0, 1) else 6]:
        for at in (0.0, 0.4, 1.0, 2.5):
            model = Model(source=f"{name}(x)", mode="point", at=at)
            found.update(check.verdict for check in _checked(model))
    assert found["differs"] == 0
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(found.items()))
    tell(f"functions of the table at 0, 0.4, 1 and 2.5: {told}")


def _checked(model: Model) -> list[NodeCheck]:
    """Return the checks of the leaves; none where the model has no gradient there."""
    machine = Machine()
    built_in(machine, model)
    return [
        check
        for event in events_of(machine, CheckGradients(limit_s=None))
        if isinstance(event, Answered) and isinstance(event.answer, GradientsChecked)
        for check in event.answer.checks
    ]
