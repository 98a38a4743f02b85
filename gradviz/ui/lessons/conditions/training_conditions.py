"""Conditions on the training: its settings, its steps and its loss."""

import math
from collections.abc import Mapping
from typing import Final

from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.conditions.condition import Condition, like
from gradviz.ui.lessons.lesson_window import LessonWindow


def _has_trained(window: LessonWindow, steps: int) -> bool:
    progress = window.state.progress
    return not progress.running and progress.newest_step >= steps


def _train(window: LessonWindow, steps: int) -> None:
    workbench, progress = window.workbench, window.state.progress
    if progress.running:
        return
    missing = steps - progress.newest_step
    if missing == 1:
        workbench.train_one_step()
    else:
        workbench.choose_steps(max(steps, 1))
        workbench.train_or_pause()


def is_untrained(window: LessonWindow, _: bool) -> bool:
    """Tell whether no step is trained, and none was tried in vain."""
    progress = window.state.progress
    return not progress.running and progress.newest_step == 0 and progress.failed_step is None


def _has_rate(window: LessonWindow, rate: float) -> bool:
    return like(window.state.training.learning_rate, rate)


def _has_options(window: LessonWindow, options: Mapping[str, float]) -> bool:
    has = window.state.training.options
    return all(name in has and like(has[name], value) for name, value in options.items())


def _take_options(window: LessonWindow, options: Mapping[str, float]) -> None:
    for name, value in options.items():
        window.workbench.choose_option(name, value)


def _loss(window: LessonWindow) -> float:
    progress = window.state.progress
    if progress.visited_loss is not None:
        return progress.visited_loss
    values = progress.losses.values
    return float(values[-1]) if len(values) else math.nan


def _has_diverged(window: LessonWindow, _: bool) -> bool:
    progress = window.state.progress
    return progress.failed_step is not None and not progress.running


CONDITIONS: Final[Mapping[str, Condition]] = {
    "optimizer": Condition(
        Form("text", "The optimizer, by its name in `gradviz optimizers`."),
        lambda window, name: window.state.training.optimizer == name,
        lambda window, name: window.workbench.choose_optimizer(name),
    ),
    "learning_rate": Condition(
        Form("number", "The learning rate."),
        _has_rate,
        lambda window, rate: window.workbench.choose_learning_rate(float(rate)),
    ),
    "options": Condition(Form("numbers", "Options of the optimizer."), _has_options, _take_options),
    "trained": Condition(
        Form("whole", "So many steps are trained, or more, and training rests."),
        _has_trained,
        _train,
    ),
    "untrained": Condition(
        Form("true", "No step is trained."),
        is_untrained,
        lambda window, _: window.workbench.reset_training(),
    ),
    "trained_at_most": Condition(
        Form("whole", "No more than so many steps are trained.", shown=False),
        lambda window, steps: window.state.progress.newest_step <= steps,
    ),
    "visited": Condition(
        Form("whole", "The step of the training that is shown."),
        lambda window, step: window.state.progress.step == step,
        lambda window, step: window.workbench.visit_step(step),
    ),
    "diverged": Condition(
        Form("true", "The training has ended at a loss that is no number.", shown=False),
        _has_diverged,
    ),
    "loss_below": Condition(
        Form("number", "The loss is smaller than this.", shown=False),
        lambda window, limit: not window.state.progress.running and _loss(window) < limit,
    ),
    "loss": Condition(
        Form("number", "The loss.", shown=False),
        lambda window, loss: like(_loss(window), loss),
    ),
}
