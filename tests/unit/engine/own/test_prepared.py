"""A user's own model is read in stages: file, code, module, inputs, output."""

import dataclasses
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import torch
from own_models import HEAD, NET, model_of, refused, written

from gradviz.core.choices.settings import Model
from gradviz.core.language.saying import ENGLISH, Translations, use
from gradviz.engine.own.prepared import PreparedModel, prepare
from gradviz.own.source import own_source

STAGES = ("code", "modules", "inputs", "forward", "scalar")


def prepared(model: Model) -> PreparedModel:
    """Return a model that has been read."""
    source = own_source(model.source)
    assert source is not None
    return prepare(model, source, torch.device("cpu"))


def stages_of(act: Callable[[], object]) -> list[str]:
    """Return the stages whose functions `act` calls, in their order."""
    called: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.parent.name == "own" and path.stem in STAGES:
            called.append(path.stem)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return [name for index, name in enumerate(called) if name != called[index - 1] or not index]


@pytest.mark.parametrize("inputs", ["", "randn(2, 3); "])
@pytest.mark.parametrize("loss", ["", "\ndef loss(output):\n    return output.mean()\n"])
def test_that_no_stage_returns_to_an_earlier_one(tmp_path: Path, inputs: str, loss: str) -> None:
    model = model_of(written(tmp_path, NET + loss), arguments="3, hidden=2", inputs=inputs)
    prepared(model)
    assert stages_of(lambda: prepared(model)) == list(STAGES)


def test_that_a_stage_hands_on_a_value_that_nobody_changes(tmp_path: Path) -> None:
    model = prepared(model_of(written(tmp_path, NET)))
    for value in (model, model.built, model.forward, model.forward.inputs, model.scalar):
        field = dataclasses.fields(value)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field, None)


@pytest.mark.parametrize(
    ("returned", "passing"),
    [
        ("torch.ones(1, 3)", "one"),
        ("(torch.ones(1, 3),)", "values"),
        ("[torch.ones(1, 3)]", "values"),
        ("{'x': torch.ones(1, 3)}", "names"),
        ("()", "none"),
        ("{}", "none"),
    ],
)
def test_that_a_script_is_told_how_inputs_are_passed(
    tmp_path: Path, returned: str, passing: str
) -> None:
    content = HEAD + (
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.w = nn.Parameter(torch.ones(3))\n"
        "    def forward(self, x=2):\n"
        "        return x * self.w\n"
        f"def example_inputs():\n    return {returned}\n"
    )
    parts = prepared(model_of(written(tmp_path, content))).parts
    assert parts is not None
    assert (parts.inputs, parts.scalar, parts.called) == (passing, "output.sum()", True)


def test_that_a_lazy_module_is_run_but_has_no_script(tmp_path: Path) -> None:
    content = HEAD + "class Net(nn.LazyLinear):\n    def __init__(self): super().__init__(2)\n"
    model = prepared(model_of(written(tmp_path, content), inputs="randn(4, 3)"))
    assert model.parts is None
    assert {name: tuple(each.shape) for name, each in model.parameters.items()} == {
        "weight": (2, 3),
        "bias": (2,),
    }


@pytest.mark.parametrize(
    "inputs", ["randint(0, 1000, (2, 3), dtype=uint8)", "randint(-1, 5, (2, 3), dtype=bool)"]
)
def test_that_an_input_that_torch_refuses_is_told_beside_the_inputs(
    tmp_path: Path, inputs: str
) -> None:
    failed = refused(model_of(written(tmp_path, NET), inputs=inputs))
    assert (failed.subject, failed.field) == ("model", "inputs")
    assert "randint does not work so" in failed.message


def test_that_a_step_draws_the_same_numbers_whenever_it_is_run(tmp_path: Path) -> None:
    content = HEAD + (
        "import random\n"
        "class Net(nn.Linear):\n"
        "    def __init__(self): super().__init__(1, 1)\n"
        "    def forward(self):\n"
        "        return super().forward(torch.rand(1)) * random.random()\n"
    )
    forward = prepared(model_of(written(tmp_path, content))).forward
    outputs = [forward.output(step).item() for step in (0, 1, 2, 1, 0)]
    assert outputs == outputs[::-1]
    assert all(one != other for one, other in pairwise(outputs))


RECURRENT = HEAD + (
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.cell = nn.LSTM(4, 8)\n"
    "    def forward(self, x, state, *more):\n"
    "        return self.cell(x, state)[0] * more[0]['mask'][0]\n"
)


def test_that_forward_gets_its_inputs_as_they_are_nested(tmp_path: Path) -> None:
    given = (
        "randn(5, 1, 4); (zeros(1, 1, 8, requires_grad=True), ones(1, 1, 8)); "
        '{"mask": [ones(8)], "a b": ones(1)}'
    )
    model = prepared(model_of(written(tmp_path, RECURRENT), inputs=given))
    x, state, more = model.forward.inputs.positional
    assert (type(x), type(state), type(more), type(more["mask"])) == (
        torch.Tensor,
        tuple,
        dict,
        list,
    )
    named = model.forward.inputs.tensors(model.built.module)
    assert {name: tuple(each.shape) for name, each in named.items()} == {
        "x": (5, 1, 4),
        "state[0]": (1, 1, 8),
        "state[1]": (1, 1, 8),
        "input 3.mask[0]": (8,),
        "input 3['a b']": (1,),
    }
    assert named["state[0]"] is state[0]
    assert (state[0].requires_grad, state[1].requires_grad) == (True, False)


def test_that_the_tensors_nested_in_the_inputs_of_the_file_are_named(tmp_path: Path) -> None:
    content = RECURRENT + (
        "def example_inputs():\n"
        "    state = (torch.zeros(1, 1, 8, requires_grad=True), torch.ones(1, 1, 8))\n"
        "    return torch.randn(5, 1, 4), state, {'mask': [torch.ones(8) * state[1].mean()]}\n"
    )
    model = prepared(model_of(written(tmp_path, content)))
    named = model.forward.inputs.tensors(model.built.module)
    assert list(named) == ["x", "state[0]", "state[1]", "input 3.mask[0]"]
    assert all(each.is_leaf for each in named.values())


def test_that_a_failed_forward_is_told_with_the_shapes_within_its_inputs(tmp_path: Path) -> None:
    path = written(tmp_path, RECURRENT)
    failed = refused(model_of(path, inputs="randn(5, 1, 4); (ones(1, 1, 9), ones(2))"))
    assert "(5, 1, 4) float32, tuple of (1, 1, 9) float32, (2,) float32" in failed.hint


def test_that_an_input_has_no_name_of_an_argument_that_is_given_by_name(tmp_path: Path) -> None:
    content = HEAD + (
        "class Net(nn.Linear):\n"
        "    def __init__(self): super().__init__(1, 1)\n"
        "    def forward(self, *args, scale=1, **kwargs):\n"
        "        return super().forward(args[0]) * scale\n"
    )
    model = prepared(model_of(written(tmp_path, content), inputs="ones(1); ones(1)"))
    named = model.forward.inputs.tensors(model.built.module)
    assert list(named) == ["input 1", "input 2"]


def test_that_a_model_is_told_in_the_language_that_is_spoken_and_in_a_script_in_english(
    tmp_path: Path,
) -> None:
    model = prepared(model_of(written(tmp_path, NET), arguments="3, hidden=2"))
    english = model.equation
    assert model.parts is not None
    assert model.parts.equation == english
    words = {"{name}: {numbers} in {parameters}, loss {scalar}": "{name}：{parameters}"}
    use(Translations("zh_CN", words | {"{count} parameters": "{count} 个参数"}))
    try:
        assert model.equation == "Net：4 个参数"
        again = prepared(model_of(written(tmp_path, NET), arguments="3, hidden=2"))
        assert again.parts is not None
        assert again.parts.equation == english
    finally:
        use(Translations(ENGLISH))
