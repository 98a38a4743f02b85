"""Weights are read as data alone: there is no second, less safe try."""

import ast
from collections.abc import Iterator
from pathlib import Path

from promised import Tell

import gradviz

_ROOT = Path(gradviz.__file__).parent
_UNSAFE = frozenset({"pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"})


def test_that_nothing_is_unpickled_anywhere(tell: Tell) -> None:
    calls = [call for path in _modules() for call in _loads(path)]
    assert calls, "weights are loaded somewhere"
    for place, weights_only in calls:
        assert weights_only is True, place
    unsafe = {
        (str(path.relative_to(_ROOT)), call) for path in _modules() for call in _unpickled(path)
    }
    assert not unsafe
    tell(f"{len(calls)} call of torch.load, with weights_only=True; nothing unpickles")


def _modules() -> Iterator[Path]:
    return _ROOT.rglob("*.py")


def _loads(path: Path) -> Iterator[tuple[str, object]]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "torch.load":
            given = {each.arg: each.value for each in node.keywords}
            value = given.get("weights_only")
            told = value.value if isinstance(value, ast.Constant) else None
            yield f"{path.relative_to(_ROOT)}:{node.lineno}", told


def _unpickled(path: Path) -> Iterator[str]:
    """Give the calls of the modules that read pickles; their errors may be named."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.partition(".")[0] in _UNSAFE:
                yield called
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _UNSAFE:
            yield f"from {node.module}"
