"""Who writes the state: controllers, and nothing else of the window."""

import ast
from collections.abc import Iterator
from pathlib import Path

import gradviz
from gradviz.ui.state.window_state import State

_UI = Path(gradviz.__file__).parent / "ui"


def _assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(each, ast.Attribute):
                    yield each


def _is_of_state(target: ast.Attribute) -> bool:
    """Tell whether an assignment is to an attribute of something called `state` or `progress`."""
    owner = target.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name.lstrip("_") in {"state", "progress"} and hasattr(State(), target.attr)


def _writers() -> set[str]:
    found = set()
    for path in _UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(_is_of_state(target) for target in _assigned(tree)):
            found.add(path.relative_to(_UI).parts[0])
    return found


def test_that_only_controllers_write_the_state() -> None:
    assert _writers() == {"controllers"}
