"""The models that people really train, as files of a user: each can be recorded, and is seeded."""

import math

import pytest
from own_models import choice_of
from real_models import REAL_MODELS, RealModel

from gradviz.engine.runs.run import Run


def recorded(model: RealModel) -> Run:
    return Run(choice_of(model))


@pytest.mark.parametrize("model", REAL_MODELS, ids=lambda model: model.name)
def test_that_each_parameter_of_a_real_model_has_a_finite_gradient(model: RealModel) -> None:
    run = recorded(model)
    output, graph, trace = run.record()
    assert math.isfinite(output)
    leaves = {node.op for node in graph.nodes if node.kind == "leaf"}
    assert leaves >= set(run.model.parameters)
    assert all(gradient is not None and gradient.finite for gradient in trace.leaf_grads.values())


def test_that_a_real_model_is_the_same_in_every_run() -> None:
    (model,) = (each for each in REAL_MODELS if each.name == "Mixtral")
    first, second = (recorded(model).record() for _ in range(2))
    assert first[0] == second[0]
    assert first[1] == second[1]
