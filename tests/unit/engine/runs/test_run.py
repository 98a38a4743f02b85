"""Building: modes, what is refused, and what the graph and the data are."""

import math

import pytest
import torch

from gradviz.core.choices.settings import Model
from gradviz.core.errors import DeviceError, ExpressionError, ModelError, SettingError
from gradviz.engine.runs.run import Run, as_array


def test_that_parameters_decide_for_fit_and_their_absence_for_a_point() -> None:
    assert (Run(Model(source="a x")).mode, Run(Model(source="a x")).modes) == (
        "fit",
        ("fit", "point"),
    )
    assert (Run(Model(source="x^2")).mode, Run(Model(source="x^2")).modes) == ("point", ("point",))


def test_that_the_mode_can_be_chosen() -> None:
    run = Run(Model(source="a x", mode="point", at=3.0))
    assert list(run.leaves) == ["x", "a"]
    assert run.x.item() == 3.0
    assert run.target is None


def test_that_fit_has_the_tutorials_data() -> None:
    run = Run(Model(source="autograd"))
    x = torch.linspace(-math.pi, math.pi, 2000)
    assert torch.equal(run.x, x)
    assert run.target is not None
    assert torch.equal(run.target, torch.sin(x))


def test_that_the_derivative_at_a_point_is_72() -> None:
    output, graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()
    assert output == 64.0
    assert {graph.node[leaf].op: g.scalar for leaf, g in trace.leaf_grads.items()} == {"x": 72.0}


def test_that_named_models_have_a_gradient_at_a_point() -> None:
    _, graph, trace = Run(Model(source="function", mode="point", at=1.0)).record()
    names = [graph.node[leaf].op for leaf in trace.leaf_grads]
    assert sorted(names) == ["a", "b", "c", "d", "x"]


def test_that_recording_twice_gives_the_same_ids_and_gradients() -> None:
    run = Run(Model(source="a + b P3(c + d x)"))
    assert run.record() == run.record()


def test_that_the_graph_of_the_fit_is_labelled_to_the_loss() -> None:
    _, graph, _ = Run(Model(source="autograd")).record()
    labels = [node.label for node in graph.nodes]
    assert labels[:4] == ["loss", "(y_pred − y)²", "y_pred − y", "y_pred"]
    assert {"b·x", "c·x²", "d·x³"} <= set(labels)
    assert len(graph.nodes) == 13


def test_that_a_custom_function_as_the_output_is_labelled() -> None:
    _, graph, _ = Run(Model(source="P3(x)")).record()
    assert graph.node[graph.output].label == "P3(x)"
    assert graph.node[graph.output].value is not None


def test_that_values_that_are_not_finite_at_a_point_are_shown() -> None:
    output, _, trace = Run(Model(source="log(x)", at=0.0)).record()
    assert output == -math.inf
    assert [g.scalar for g in trace.leaf_grads.values()] == [math.inf]


def test_that_the_prediction_has_all_points_without_x_too() -> None:
    assert Run(Model(source="a b", points=50)).prediction().shape == (50,)
    assert as_array(Run(Model(source="a b", points=50)).prediction()).shape == (50,)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        (Model(source="5x +* 3"), ExpressionError, "expected"),
        (Model(source=""), ExpressionError, "no expression yet"),
        (Model(source="9^9^9"), ExpressionError, "no finite value"),
        (Model(source="ab"), ExpressionError, "a b"),
        (Model(source="8"), ModelError, "nothing to differentiate"),
        (Model(source="x^2", mode="fit"), ModelError, "no parameter"),
        (Model(source="x", device="cuda:99"), DeviceError, "There are: cpu"),
        (Model(source="x", at=math.nan), SettingError, "nan"),
        (
            Model(source="a x", points=1),
            SettingError,
            "2 to 1\u202f000\u202f000",
        ),
        (
            Model(source="a x", points=10**9),
            SettingError,
            "2 to 1\u202f000\u202f000",
        ),
        (Model(source="a x", seed=-1), SettingError, "seed"),
        (Model(source="a x", seed=2**70), SettingError, "seed"),
    ],
    ids=lambda value: value.source if isinstance(value, Model) else "",
)
def test_that_what_cannot_be_built_is_refused_with_what_to_do(
    settings: Model, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        Run(settings)


def test_that_a_sum_of_a_thousand_terms_is_built_and_recorded() -> None:
    source = " + ".join(f"a{i} x" for i in range(1, 400))
    output, graph, trace = Run(Model(source=source, points=10)).record()
    assert math.isfinite(output)
    assert len(trace.leaf_grads) == 399
    assert len(trace.steps) == len(graph.nodes)
