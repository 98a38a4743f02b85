"""The expression of the model that is shown, and its formulas."""

from collections.abc import Callable
from functools import partial

from gradviz.mathematics.model_formulas import Formulas
from gradviz.ui.state.window_state import State


def shown_expression(state: State) -> str:
    """Return the expression, or network, of the model that is built; empty where it is none."""
    built = state.built
    if built is None or state.attached or built.model.trusted:
        return ""
    source, entries = built.model.source, state.catalogue.models if state.catalogue else ()
    entry = next((each for each in entries if each.name == source), None)
    return source if entry is None else entry.expression


def formulas_work(state: State) -> Callable[[], Formulas] | None:
    """Return a function that finds the formulas of the shown model in any thread, or None."""
    text, built = shown_expression(state), state.built
    if not text or built is None:
        return None
    from gradviz.mathematics.equations import formulas_of

    fit, loss = built.mode == "fit", state.training.loss
    return partial(formulas_of, text, fit=fit, loss=loss, order=built.model.order)
