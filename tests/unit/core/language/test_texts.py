"""The texts of the sources: each is a literal with the values that its places name."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import gradviz
from gradviz.core.choices import drawn_images, drawn_points
from gradviz.core.choices.drawn_images import SHAPES
from gradviz.core.choices.drawn_points import PLANES
from gradviz.core.language.catalogues import placeholders
from gradviz.ui.panels.plots.plane_panel import TARGET_TITLES
from gradviz.ui.widgets.image_grid import SHAPE_NAMES

PROGRAM = Path(gradviz.__file__).parent


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call of a function of this name, with its place."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield f"{path.relative_to(PROGRAM)}:{node.lineno}", node


def literals(call: ast.Call) -> list[str]:
    """Return the texts among the arguments that stand in the source."""
    values = (each.value for each in call.args if isinstance(each, ast.Constant))
    return [value for value in values if isinstance(value, str)]


def given(call: ast.Call) -> set[str] | None:
    """Return the names of the values that are put in; None where they are not in the source."""
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {name for name in names if name}


def test_that_each_text_is_given_the_values_of_its_places() -> None:
    found = list(calls("tr"))
    assert len(found) > 2000
    # A text without values may be filled in later, or tell of braces.
    wrong = [
        place
        for place, call in found
        if given(call) and literals(call) and placeholders(literals(call)[0]) != given(call)
    ]
    assert wrong == []


def test_that_each_text_with_a_count_is_given_the_values_of_both_its_forms() -> None:
    found = list(calls("tr_n"))
    assert len(found) > 100
    wrong = [
        place
        for place, call in found
        if (names := given(call)) is not None
        and any(not placeholders(text) <= names | {"count"} for text in literals(call))
    ]
    assert wrong == []


def test_that_no_text_is_made_before_it_is_translated() -> None:
    made = [
        place
        for name in ("tr", "tr_n", "marked")
        for place, call in calls(name)
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert made == []


def test_that_what_is_copied_into_scripts_has_its_words_marked_elsewhere() -> None:
    assert set(SHAPES) == set(SHAPE_NAMES)
    assert {row.title for row in PLANES.values()} == set(TARGET_TITLES)
    for module in (drawn_images, drawn_points):
        assert "gradviz" not in inspect.getsource(module)
