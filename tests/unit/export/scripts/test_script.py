"""Scripts, each run by a plain Python: they print what the engine computes, digit for digit."""

from pathlib import Path

import msgspec
import pytest
from script_runs import assert_the_same, printed, suited, written

from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.models import model_entries
from gradviz.engine.optim.losses import LOSSES
from gradviz.engine.optim.optimizers import optimizer_entries
from gradviz.engine.optim.schedulers import scheduler_entries
from gradviz.engine.runs.run import Run
from gradviz.export.scripts.script import script

_POLYNOMIAL = "a + b x + c x^2 + d x^3"


_NAMED = [entry.name for entry in model_entries()]
_BY_HAND = ("numpy", "tensors")
#: Those that learn from images train for so long that their scripts have a test file of their own.
_QUICK = [entry.name for entry in model_entries() if not entry.images]


def test_that_the_script_of_every_model_prints_the_losses_of_the_engine(tmp_path: Path) -> None:
    assert_the_same(tmp_path, [suited(name, steps=200) for name in _QUICK])


def test_that_scripts_draw_the_weights_of_the_seed(tmp_path: Path) -> None:
    sources = ("autograd", "module", _POLYNOMIAL)
    cases = [suited(source, steps=100, seed=seed) for source in sources for seed in range(5)]
    assert_the_same(tmp_path, cases)


def test_that_scripts_of_expressions_print_the_losses_of_the_engine(tmp_path: Path) -> None:
    sources = [
        "a + b P3(c + d x)",
        "a sin(b x) + c cos(2 pi x / 3)",
        "w1 tanh(w2 x) - w3 sigmoid(-x) + relu(x - w1)",
        "t x + e",
        "a exp(-b x^2) / 2^3 + sqrt(4) abs(c)",
        "a + 1",
        "-a x^-2 - (b - (c - x)) / 3",
        "a + log(b^2 + 1) x^2^2",
    ]
    assert_the_same(tmp_path, [suited(source, steps=120) for source in sources])


def test_that_scripts_of_every_optimizer_print_the_losses_of_the_engine(tmp_path: Path) -> None:
    plain = [
        (Model(source="a sin(b x) + c", points=20), Training(optimizer=name, learning_rate=1e-3))
        for name in (entry.name for entry in optimizer_entries())
        if name not in ("muon", "sparseadam")
    ]
    with_options: list[tuple[str, float, Options]] = [
        ("sgd", 1e-7, {"momentum": 0.9, "nesterov": True}),
        ("adam", 1e-2, {"betas_1": 0.8, "amsgrad": True}),
    ]
    # All of the 20 rounds of a step of lbfgs are held once, above.
    others: list[tuple[str, str, float, Options]] = [
        ("module", "descent", 1e-6, {}),
        ("autograd", "sgd", 1e-6, {}),
        ("module", "lbfgs", 1e-2, {"max_iter": 2}),
        ("dynamic", "descent", 1e-8, {}),
    ]
    changed = [
        (Model(source=_POLYNOMIAL), Training(optimizer=name, learning_rate=rate, options=options))
        for name, rate, options in with_options
    ]
    of_others = [
        (
            Model(source=source, points=50),
            Training(optimizer=name, learning_rate=rate, options=options),
        )
        for source, name, rate, options in others
    ]
    # One run for all, because the first optimizer of torch.optim takes seconds to import.
    cases = [
        (model, msgspec.structs.replace(training, steps=100))
        for model, training in (*plain, *changed, *of_others)
    ]
    assert_the_same(tmp_path, cases)


@pytest.mark.parametrize(
    ("optimizer", "options", "text"),
    [
        (
            "sgd",
            {"momentum": 0.9, "nesterov": True},
            "([a], lr=learning_rate, momentum=0.9, nesterov=True)",
        ),
        ("adam", {"betas_2": 0.99}, "([a], lr=learning_rate, betas=(0.9, 0.99))"),
        ("adam", {"betas_2": 0.999}, "([a], lr=learning_rate)"),
    ],
)
def test_that_an_optimizer_is_written_with_the_options_that_were_changed(
    optimizer: str, options: Options, text: str
) -> None:
    training = Training(optimizer=optimizer, learning_rate=1e-3, options=options)
    assert text in written(Model(source="a x"), training)


def test_that_the_script_of_a_point_prints_y_and_its_gradients(tmp_path: Path) -> None:
    training = Training(optimizer="descent", learning_rate=1e-6)
    models = [
        Model(source=source, at=at, seed=seed, mode="point")
        for source, at, seed in [
            ("5x^3 + 2x^2 + 4x + 8", 2.0, 0),
            ("a P3(x) + b", 0.1, 3),
            ("a + b", 2.0, 1),
            ("function", -0.7, 0),
            ("module", 1.5, 2),
        ]
    ]
    lines = printed(tmp_path, *(written(model, training, "point") for model in models))
    for found, model in zip(lines, models, strict=True):
        y, graph, trace = Run(model).record()
        gradients = {graph.node[leaf].op: sum_.scalar for leaf, sum_ in trace.leaf_grads.items()}
        assert found[0] == f"y = {y}"
        assert set(found[1:]) == {f"dy/d{name} = {value}" for name, value in gradients.items()}


def test_that_the_script_of_several_inputs_prints_every_partial_derivative(tmp_path: Path) -> None:
    training = Training(optimizer="descent", learning_rate=1e-6)
    point = {"y": -0.7, "z": 0.1}
    models = [
        Model(source=source, at=3.0, point=point, mode="point", dtype=dtype)
        for source in ("x y + sin(z)", "a y z^2 + b", "y = x z", "f y / (1 + g z)")
        for dtype in ("float32", "float64")
    ]
    lines = printed(tmp_path, *(written(model, training, "point") for model in models))
    for found, model in zip(lines, models, strict=True):
        output, graph, trace = Run(model).record()
        name = graph.result
        gradients = {graph.node[leaf].op: sum_.scalar for leaf, sum_ in trace.leaf_grads.items()}
        assert found[0] == f"{name} = {output}"
        assert set(found[1:]) == {f"d{name}/d{leaf} = {value}" for leaf, value in gradients.items()}


def test_that_a_script_knows_nothing_of_this_project() -> None:
    for name in _NAMED:
        text = written(*suited(name))
        assert "gradviz" not in text
        compile(text, "script.py", "exec")


def test_that_gradients_written_by_hand_have_a_script_for_descent_alone() -> None:
    for name in _BY_HAND:
        training = Training(optimizer="adam", learning_rate=1e-6)
        with pytest.raises(ExportError, match="for gradient descent alone"):
            written(Model(source=name), training)


#: The targets of the losses that do not take all numbers.
_TARGETS = {
    "PoissonNLLLoss": "x^2",
    "BCELoss": "sigmoid(3 x)",
    "BCEWithLogitsLoss": "sigmoid(3 x)",
    "SoftMarginLoss": "x / abs(x)",
    "HingeEmbeddingLoss": "x / abs(x)",
}


def test_that_the_script_of_every_loss_prints_the_losses_of_the_engine(tmp_path: Path) -> None:
    trainings = [
        Training(optimizer="descent", learning_rate=1e-6, steps=100, loss=row.entry.name)
        for row in LOSSES
        if row.entry.target == "values"
    ]
    cases = []
    for training in trainings:
        target = _TARGETS.get(training.loss.partition(",")[0], "sin(x)")
        of_probabilities = training.loss.startswith("BCELoss")
        sources = ("sigmoid(a x)",) if of_probabilities else ("module", "a x")
        cases += [(Model(source=each, points=30, target=target), training) for each in sources]
    assert_the_same(tmp_path, cases)


def test_that_the_script_of_every_scheduler_prints_the_losses_of_the_engine(
    tmp_path: Path,
) -> None:
    short: dict[str, Options] = {
        "StepLR": {"step_size": 30},
        "MultiStepLR": {"milestones_1": 20, "milestones_2": 70},
        "CosineAnnealingLR": {"T_max": 40},
        "CosineAnnealingWarmRestarts": {"T_0": 20, "T_mult": 2},
        "CyclicLR": {"step_size_up": 15, "base_lr": 1e-4},
        "OneCycleLR": {"total_steps": 60, "three_phase": True},
        "ReduceLROnPlateau": {"patience": 2, "threshold": 0.05, "factor": 0.5},
        "LambdaLR": {"lr_lambda": "1/(1 + t/10) + 0.1 cos(pi t^2/50) - 2^(1/3)/(9 + t)"},
        "MultiplicativeLR": {"lr_lambda": "1 - 1/(2 + t)"},
    }
    optimizers = [("descent", "a x + b", entry.name) for entry in scheduler_entries()]
    optimizers += [("adam", "module", name) for name in ("StepLR", "OneCycleLR", "LambdaLR")]
    optimizers += [("descent", model, "OneCycleLR") for model in _BY_HAND]
    optimizers += [("adam", "module", "ReduceLROnPlateau")]
    optimizers += [("descent", model, "ReduceLROnPlateau") for model in _BY_HAND]
    optimizers += [("lbfgs", "a x + b", "ReduceLROnPlateau")]
    optimizers += [("lbfgs", "a x + b", "CyclicLR")]
    cases = [
        (
            Model(source=source, points=30),
            Training(
                optimizer=optimizer,
                learning_rate=1e-3,
                steps=100,
                scheduler=name,
                scheduler_options=short.get(name, {}),
                options={"max_iter": 2} if optimizer == "lbfgs" else {},
            ),
        )
        for optimizer, source, name in optimizers
    ]
    assert_the_same(tmp_path, cases)


def test_that_the_script_of_schedulers_in_turn_and_at_once_prints_the_losses_of_the_engine(
    tmp_path: Path,
) -> None:
    warm_up = SchedulerPart("LinearLR", {"total_iters": 10, "start_factor": 0.1})
    factor = SchedulerPart("LambdaLR", {"lr_lambda": "1/(1 + sin(t)^2)"})
    cycle = SchedulerPart("OneCycleLR", {"total_steps": 40})
    steps = SchedulerPart("MultiStepLR", {"milestones_1": 5, "milestones_2": 30})
    compositions = {
        "SequentialLR": [
            Composition((warm_up, SchedulerPart("ExponentialLR", {"gamma": 0.95})), (10,)),
            Composition((warm_up, steps, cycle), (5, 40)),
            Composition((factor, warm_up), (33,)),
        ],
        "ChainedScheduler": [Composition((warm_up, factor)), Composition((steps, warm_up))],
    }
    models = (("descent", "a x + b"), ("adam", "module"), ("descent", "numpy"))
    cases = [
        (
            Model(source=source, points=30),
            Training(
                optimizer=optimizer,
                learning_rate=1e-3,
                steps=100,
                scheduler=name,
                composition=composition,
            ),
        )
        for optimizer, source in models
        for name, listed in compositions.items()
        for composition in listed
    ]
    assert_the_same(tmp_path, cases)


def test_that_a_composition_that_cannot_be_has_no_script() -> None:
    composition = Composition((SchedulerPart("StepLR"), SchedulerPart("StepLR")), (3, 2))
    training = Training(
        optimizer="adam", learning_rate=1e-3, scheduler="SequentialLR", composition=composition
    )
    with pytest.raises(ExportError, match="need 1 milestone"):
        written(Model(source="a x"), training)


def test_that_a_scheduler_without_an_entry_is_refused() -> None:
    training = Training(optimizer="adam", learning_rate=1e-3, scheduler="FasterLR")
    with pytest.raises(ExportError, match="scheduler FasterLR"):
        written(Model(source="a x"), training)


def test_that_a_script_imports_what_it_names_alone() -> None:
    lines = written(*suited("numpy")).splitlines()
    assert lines[:3] == ["import math", "import numpy as np", ""]


def test_that_a_loss_without_a_script_is_refused() -> None:
    for source, loss in (("a x", "own"), ("a x", "MSELoss, f()"), ("tensors", "L1Loss, sum")):
        training = Training(optimizer="descent", learning_rate=1e-6, loss=loss)
        with pytest.raises(ExportError, match="There is"):
            written(Model(source=source), training)


def test_that_a_device_and_a_number_of_points_are_written() -> None:
    model = Model(source="a x", device="cuda:0", points=17)
    text = written(model, Training(optimizer="descent", learning_rate=1e-6))
    assert 'device = torch.device("cuda:0")' in text
    assert "torch.linspace(-math.pi, math.pi, 17, device=device)" in text


def test_that_what_has_no_script_is_refused_with_what_to_do() -> None:
    training = Training(optimizer="descent", learning_rate=1e-6)
    with pytest.raises(ExportError, match=r"model nothing_of_the_kind has no script.* Choose"):
        script(Model(source="nothing_of_the_kind"), training, "fit", catalogue())


def test_that_a_choice_that_the_script_would_leave_out_is_refused() -> None:
    class Later(Training, frozen=True, kw_only=True):
        step_rule: str = "none"

    later = Later(optimizer="descent", learning_rate=1e-6)
    assert "a -= learning_rate" in script(Model(source="a x"), later, "fit", catalogue())
    chosen = Later(optimizer="descent", learning_rate=1e-6, step_rule="cosine")
    with pytest.raises(ExportError, match="choice of step rule"):
        script(Model(source="a x"), chosen, "fit", catalogue())
