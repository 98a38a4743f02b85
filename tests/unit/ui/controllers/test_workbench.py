"""The choice of a model without a window: when it is built, and with which choices."""

import pytest
from pytestqt.qtbot import QtBot
from silent_engine import Bench, standing_bench

from gradviz.core.choices.settings import Model
from gradviz.protocol.commands import BuildModel, ChangeData, LimitRecording, StartTraining
from gradviz.protocol.events import CommandFailed

OWN = Model(source="/a/net.py:Net", arguments="3", trusted="0" * 64)


def sources(bench: Bench) -> list[str]:
    """Return the source of each model that the engine was asked for."""
    return [each.model.source for each in bench.sent if isinstance(each, BuildModel)]


def typed(bench: Bench, text: str) -> None:
    """Type a text and press Enter."""
    bench.workbench.type_text(text)
    bench.workbench.finish_typing()


def failed(bench: Bench) -> None:
    """Let the model that was asked for last fail."""
    run = bench.workbench.newest_run
    bench.hear(CommandFailed(run=run, subject="model", message="No."))


def test_that_nothing_is_built_before_the_engine_is_ready() -> None:
    bench = Bench()
    typed(bench, "a x")
    assert bench.sent == []
    bench.start()
    assert sources(bench) == ["a x"]


def test_that_an_engine_without_a_wish_builds_a_ready_made_model() -> None:
    bench = Bench()
    bench.start()
    assert sources(bench) == ["autograd"]
    assert bench.state.text == "y = a + b x"


def test_that_what_is_typed_is_built_once_when_typing_rests(bench: Bench, qtbot: QtBot) -> None:
    for text in ("a", "a ", "a x"):
        bench.workbench.type_text(text)
    assert bench.sent == []
    bench.rested(qtbot)
    assert sources(bench) == ["a x"]


def test_that_enter_builds_at_once_and_only_what_was_typed_since(
    bench: Bench, qtbot: QtBot
) -> None:
    typed(bench, "a x")
    bench.workbench.finish_typing()
    bench.rested(qtbot)
    assert sources(bench) == ["a x"]


def test_that_no_expression_is_refused_and_leaves_what_stands(bench: Bench) -> None:
    before = bench.state.model
    typed(bench, "a +")
    assert bench.sent == []
    assert bench.state.error is not None
    assert bench.state.model == before
    typed(bench, "a")
    assert bench.state.error is None


def test_that_each_build_has_a_run_of_its_own(bench: Bench) -> None:
    bench.workbench.rebuild()
    bench.workbench.choose_seed(3)
    assert [each.run for each in bench.sent if isinstance(each, BuildModel)] == [2, 3]
    assert bench.workbench.newest_run == 3
    assert bench.workbench.standing_run == 1


def test_that_a_model_of_the_catalogue_is_shown_as_what_it_computes(bench: Bench) -> None:
    bench.workbench.choose_own(OWN)
    bench.workbench.choose_model("autograd")
    assert sources(bench) == [OWN.source, "autograd"]
    assert bench.state.text == "y = a + b x"
    assert (bench.built.arguments, bench.built.trusted) == ("", "")
    bench.workbench.choose_model("module")
    assert bench.state.text == ""


def test_that_a_name_that_is_not_offered_does_nothing(bench: Bench) -> None:
    bench.workbench.choose_model("nothing")
    assert bench.sent == []


def test_that_a_file_is_built_with_what_was_said_of_it_alone(bench: Bench) -> None:
    bench.workbench.choose_seed(4)
    bench.workbench.choose_own(OWN)
    assert (bench.built.arguments, bench.built.trusted) == (OWN.arguments, OWN.trusted)
    assert (bench.built.seed, bench.state.text) == (4, "")


def test_that_an_input_keeps_its_value_while_its_letter_is_gone(bench: Bench) -> None:
    typed(bench, "x y")
    bench.workbench.choose_point(3.0, "y")
    bench.workbench.choose_point(4.0, "z")
    typed(bench, "x^2")
    typed(bench, "x z")
    assert bench.built.point == {"y": 3.0, "z": 4.0}
    assert bench.built.at == 2.0


def test_that_an_input_has_no_initial_value_at_a_point(bench: Bench) -> None:
    typed(bench, "a x + z")
    bench.workbench.choose_initial("z", 0.5)
    bench.workbench.choose_initial("a", 0.25)
    assert bench.built.initial == {"z": 0.5, "a": 0.25}
    bench.workbench.choose_mode("point")
    assert bench.built.initial == {"a": 0.25}


def test_that_an_expression_with_y_is_taken_at_a_point_though_a_fit_was_chosen(
    bench: Bench,
) -> None:
    bench.workbench.choose_mode("fit")
    typed(bench, "a x y")
    assert bench.built.mode is None
    typed(bench, "a x")
    assert bench.built.mode == "fit"


def test_that_a_mode_is_asked_for_only_where_the_model_has_it(bench: Bench) -> None:
    bench.workbench.choose_mode("point")
    assert bench.built.mode is None
    bench.workbench.choose_model("module")
    assert bench.built.mode is None
    bench.workbench.choose_mode("point")
    assert bench.built.mode == "point"
    typed(bench, "a x")
    assert bench.built.mode == "point"


@pytest.mark.parametrize(
    ("choose", "field", "value"),
    [
        ("choose_device", "device", "cuda:0"),
        ("choose_point", "at", 0.5),
        ("choose_seed", "seed", 7),
        ("choose_dtype", "dtype", "float64"),
        ("choose_order", "order", 2),
        ("choose_direction", "direction", "random"),
    ],
)
def test_that_another_choice_is_built_and_the_same_is_not(
    bench: Bench, choose: str, field: str, value: object
) -> None:
    getattr(bench.workbench, choose)(value)
    assert getattr(bench.built, field) == value
    getattr(bench.workbench, choose)(value)
    assert len(bench.sent) == 1


def test_that_other_data_go_to_the_model_that_stands(bench: Bench) -> None:
    bench.workbench.choose_points(50)
    bench.workbench.choose_points(50)
    assert bench.sent == [ChangeData(1, bench.state.model)]
    assert bench.state.model.points == 50


@pytest.mark.parametrize("mode", ["point", "fit"])
def test_that_other_data_are_built_where_the_model_cannot_take_them(mode: str) -> None:
    bench = standing_bench("point" if mode == "point" else "fit")
    if mode == "fit":
        bench.workbench.rebuild()
        bench.forget()
    bench.workbench.choose_data(target="x^2")
    assert [each.model.target for each in bench.sent if isinstance(each, BuildModel)] == ["x^2"]
    assert len(bench.sent) == 1


def test_that_initial_values_stay_with_the_parameters_of_an_expression(bench: Bench) -> None:
    typed(bench, "a + b x")
    bench.workbench.choose_initial("a", 0.5)
    bench.workbench.choose_initial("b", 2.0)
    assert bench.built.initial == {"a": 0.5, "b": 2.0}
    bench.workbench.choose_initial("b", None)
    assert bench.built.initial == {"a": 0.5}
    typed(bench, "a x^2")
    assert bench.built.initial == {"a": 0.5}
    typed(bench, "c x")
    assert bench.built.initial == {}


def test_that_a_leaf_is_no_direction_for_another_model(bench: Bench) -> None:
    typed(bench, "a + b x")
    bench.workbench.choose_direction("b")
    typed(bench, "a + b x")
    assert bench.built.direction == "b"
    typed(bench, "c x")
    assert bench.built.direction == "ones"
    bench.workbench.choose_direction("gradient")
    typed(bench, "c x^2")
    assert bench.built.direction == "gradient"


def test_that_a_folder_of_images_is_for_the_classifier(bench: Bench) -> None:
    bench.workbench.choose_data_folder("/images")
    bench.workbench.choose_data_folder("")
    assert sources(bench) == ["classifier", "classifier"]
    assert bench.built.data_folder == ""


def test_that_the_memory_of_a_recording_holds_for_what_stands_and_for_what_comes(
    bench: Bench,
) -> None:
    bench.workbench.choose_recording_mb(64)
    bench.workbench.choose_recording_mb(64)
    bench.workbench.rebuild()
    assert bench.sent == [LimitRecording(1, 64), BuildModel(2, bench.state.model, 64)]


def test_that_what_is_done_meanwhile_waits_for_the_model(bench: Bench) -> None:
    bench.workbench.type_text("a x")
    bench.workbench.train_or_pause()
    assert sources(bench) == ["a x"]
    bench.build()
    trained = [each for each in bench.sent if isinstance(each, StartTraining)]
    assert [each.run for each in trained] == [2]


@pytest.mark.parametrize("otherwise", ["fails", "replaced"])
def test_that_what_waits_is_not_done_with_another_model(bench: Bench, otherwise: str) -> None:
    bench.workbench.rebuild()
    bench.workbench.train_or_pause()
    if otherwise == "fails":
        failed(bench)
    else:
        bench.workbench.choose_seed(5)
        bench.build()
    assert not any(isinstance(each, StartTraining) for each in bench.sent)


def test_that_it_is_told_while_something_is_built(bench: Bench) -> None:
    told: list[bool] = []
    bench.state.building_changed.connect(lambda: told.append(bench.state.building))
    bench.workbench.rebuild()
    bench.workbench.rebuild()
    bench.build()
    bench.workbench.rebuild()
    bench.end()
    assert told == [True, False, True, False]


@pytest.mark.parametrize("stood", ["autograd", "a x", OWN.source])
def test_that_what_stood_before_is_chosen_again_when_a_model_is_given_up(
    bench: Bench, stood: str
) -> None:
    if stood == OWN.source:
        bench.workbench.choose_own(OWN)
    elif stood == "a x":
        typed(bench, stood)
    bench.build()
    silent = Model(source="/a/silent.py:Net", trusted="1" * 64)
    bench.workbench.choose_own(silent)
    bench.workbench.give_up()
    assert bench.built.source == stood
    assert bench.state.text == {"autograd": "y = a + b x", "a x": "a x"}.get(stood, "")


def test_that_what_was_chosen_after_a_model_that_is_given_up_is_kept(bench: Bench) -> None:
    bench.workbench.choose_own(OWN)
    typed(bench, "a x")
    bench.forget()
    bench.workbench.give_up()
    assert bench.sent == []
