"""Every typed function as scripts write it: executed, it computes what the engine does."""

from pathlib import Path

import pytest
from function_cases import arguments, assert_the_script_agrees_with_torch
from hypothesis import given, settings
from hypothesis import strategies as st
from script_runs import printed, written

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.runs.run import Run
from gradviz.expression import FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
@given(st.data())
@settings(max_examples=30)
def test_that_the_text_of_a_function_computes_as_the_engine(name: str, data: st.DataObject) -> None:
    assert_the_script_agrees_with_torch(name, data.draw(arguments(name)))


def test_that_a_script_of_every_function_prints_the_gradient_of_the_engine(tmp_path: Path) -> None:
    models = [Model(source=f"{name}(x)", mode="point", at=0.7) for name in FUNCTIONS]
    training = Training(optimizer="descent", learning_rate=1e-6)
    scripts = [written(model, training, "point") for model in models]
    for lines, model in zip(printed(tmp_path, *scripts), models, strict=True):
        output, _, trace = Run(model).record()
        (gradient,) = trace.leaf_grads.values()
        assert lines == [f"y = {output}", f"dy/dx = {gradient.scalar}"]


def test_that_a_function_of_the_model_and_of_the_target_is_defined_once() -> None:
    model = Model(source="a P3(x)", target="P3(x) + 1")
    text = written(model, Training(optimizer="descent", learning_rate=1e-6))
    assert text.count("class LegendrePolynomial3") == 1
