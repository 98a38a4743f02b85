"""Conditions on the model, its data and its inputs."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from gradviz.core.choices.settings import DATA_FIELDS, Model
from gradviz.core.errors import GradvizError
from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.conditions.condition import Condition, like
from gradviz.ui.lessons.conditions.panel_conditions import tells
from gradviz.ui.lessons.conditions.training_conditions import is_untrained
from gradviz.ui.lessons.lesson_window import LessonWindow

#: Debian's package dataset-fashion-mnist puts the real images there.
INSTALLED_IMAGES: Final = Path("/usr/share/datasets/fashion-mnist")
#: The fields of a model that a lesson begins with as they are at the first start.
_FIRST_FIELDS: Final = ("at", "point", "seed", "dtype", "initial", "order", *DATA_FIELDS)


def _same_text(one: str, other: str) -> bool:
    from gradviz.expression import parse, to_text

    try:
        return to_text(parse(one).tree) == to_text(parse(other).tree)
    except GradvizError:
        return False


def _is_expression(window: LessonWindow, text: str) -> bool:
    built = window.state.built
    settled = built is not None and not window.state.building and not window.state.error
    if not settled or built is None or built.model.source != window.state.model.source:
        return False
    return not built.model.trusted and _same_text(built.model.source, text)


def _type(window: LessonWindow, text: str) -> None:
    window.open_expression(text)
    window.workbench.finish_typing()


def _stands(window: LessonWindow, source: str) -> bool:
    built = window.state.built
    return built is not None and not window.state.building and built.model.source == source


def _is_file(window: LessonWindow, path: str) -> bool:
    built = window.state.built
    return built is not None and built.model.source.rpartition(":")[0] == path


def _has_images(window: LessonWindow, _: str) -> bool:
    return not INSTALLED_IMAGES.is_dir() or window.state.model.data_folder != ""


def _built(window: LessonWindow, field: str, value: Any) -> bool:
    built = window.state.built
    return (
        built is not None and not window.state.building and like(getattr(built.model, field), value)
    )


def _has_mode(window: LessonWindow, mode: Any) -> bool:
    return window.state.mode == mode and not window.state.building


def _starts_at(window: LessonWindow, numbers: Mapping[str, float]) -> bool:
    built = window.state.built
    started = built.model.initial if built is not None else {}
    return not window.state.building and all(
        name in started and like(started[name], value) for name, value in numbers.items()
    )


def _start_at(window: LessonWindow, numbers: Mapping[str, float]) -> None:
    for name, value in numbers.items():
        window.workbench.choose_initial(name, float(value))


def _has_defaults(window: LessonWindow, _: bool) -> bool:
    state, built = window.state, window.state.built
    if built is None or state.building or state.catalogue is None:
        return False
    first = Model(source="")
    fields = all(getattr(state.model, name) == getattr(first, name) for name in _FIRST_FIELDS)
    own = not state.trainable or state.training == built.training
    return fields and own and is_untrained(window, True)


def _take_defaults(window: LessonWindow, _: bool) -> None:
    """Take all settings but the model as they are at the first start."""
    state, workbench, first = window.state, window.workbench, Model(source="")
    fields = {name: getattr(first, name) for name in _FIRST_FIELDS}
    if any(getattr(state.model, name) != value for name, value in fields.items()):
        state.change_model(**fields)
        workbench.rebuild()
    elif not is_untrained(window, True):
        workbench.reset_training()
    workbench.once_built(workbench.take_own_training)


def _refuses(window: LessonWindow, path: str) -> bool:
    """Tell whether the window tells why a file cannot be used that was asked for."""
    asked = window.workbench.asked.source.rpartition(":")[0]
    return asked == path and tells(window, "model")


def _model_field(field: str, kind: Any, about: str, choose: Any) -> Condition:
    return Condition(Form(kind, about), partial(_by_field, field), choose)


def _by_field(field: str, window: LessonWindow, value: Any) -> bool:
    return _built(window, field, value)


CONDITIONS: Final[Mapping[str, Condition]] = {
    "expression": Condition(
        Form("text", "This expression is typed and built, however it is spelt."),
        _is_expression,
        _type,
    ),
    "model": Condition(
        Form("text", "This ready-made model is chosen, by its name in `gradviz models`."),
        _stands,
        lambda window, name: window.workbench.choose_model(name),
    ),
    "file": Condition(
        Form("file", "This Python file beside the lesson is opened, and trusted by the learner."),
        _is_file,
        lambda window, path: window.own_models.open(Model(source=path)),
    ),
    "refused": Condition(
        Form("file", "This Python file was opened, and the window tells why it cannot be used."),
        _refuses,
        lambda window, path: window.own_models.open(Model(source=path)),
    ),
    "defaults": Condition(
        Form(
            "true",
            "All settings but the model are as at the first start, and nothing is trained.",
        ),
        _has_defaults,
        _take_defaults,
    ),
    "images": Condition(
        Form(
            "text",
            "The classifier learns from FashionMNIST where its files are installed.",
            ("installed",),
        ),
        _has_images,
        lambda window, _: window.workbench.choose_data_folder(str(INSTALLED_IMAGES)),
    ),
    "mode": Condition(
        Form("text", "At a point, or a fit.", ("point", "fit")),
        _has_mode,
        lambda window, mode: window.workbench.choose_mode(mode),
    ),
    "at": _model_field(
        "at",
        "number",
        "The value of x at a point.",
        lambda window, at: window.workbench.choose_point(float(at)),
    ),
    "order": _model_field(
        "order",
        "whole",
        "1 for the graph of y, 2 for that of its gradient, 3 for one more.",
        lambda window, order: window.workbench.choose_order(order),
    ),
    "seed": _model_field(
        "seed",
        "whole",
        "The seed of the initial parameters.",
        lambda window, seed: window.workbench.choose_seed(seed),
    ),
    "target": _model_field(
        "target",
        "text",
        "The function that is fitted.",
        lambda window, target: window.workbench.choose_data(target=target),
    ),
    "initial": Condition(
        Form("numbers", "The values that parameters start at."), _starts_at, _start_at
    ),
}
