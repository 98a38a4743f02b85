"""The data as a script writes them: x and y, from a target in x or from two columns of a file."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError, FieldError
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.export.scripts.python_text import python_text
from gradviz.export.scripts.script_models import called_functions
from gradviz.expression import Call, Tree, Variable, constant, parsed_target

#: The modules that a script may name, in the order in which they are imported.
_MODULES = ("csv", "math", "random")
_TORCH = ("numpy as np", "torch")


def imports(lines: Sequence[str]) -> list[str]:
    """Return the imports of the modules that `lines` name."""
    named = [module for module in _MODULES if _names(lines, module)]
    others = [each for each in _TORCH if _names(lines, each.split()[-1])]
    return [f"import {each}" for each in (*named, *others)]


def _names(lines: Sequence[str], module: str) -> bool:
    # What NumPy has by the name random is not Python's.
    named = re.compile(rf"(?<![\w.]){module}\.")
    return any(named.search(line) for line in lines)


def tensor_data(model: Model) -> Iterator[str]:
    """Write x and y as tensors; raises ExportError for a target that cannot be read."""
    dtype = "" if model.dtype == "float32" else ", dtype=dtype"
    if model.data_file.strip():
        yield from _read(model.data_file)
        for name in "xy":
            yield f"{name} = torch.tensor([{name} for x, y in points]{dtype}).to(device)"
        return
    yield f"x = torch.linspace({_range(model)}, {model.points}, device=device{dtype})"
    yield f"y = {_target(model)}"
    if model.noise:
        yield from _generator(model)
        drawn = f"torch.randn(len(y), generator=generator{dtype}).to(device)"
        yield f"y = y + {float(model.noise)!r} * {drawn}"


def numpy_data(model: Model) -> Iterator[str]:
    """Write x and y as NumPy's arrays; a target that is not sin(x) is computed by PyTorch."""
    if model.data_file.strip():
        yield from _read(model.data_file)
        for name in "xy":
            yield f"{name} = np.array([{name} for x, y in points])"
        return
    yield f"x = np.linspace({_range(model)}, {model.points})"
    if _tree(model) == Call("sin", Variable()):
        yield "y = np.sin(x)"
    else:
        yield ""
        yield ""
        yield "def target(x):"
        yield f"    return {_target(model)}"
        yield ""
        yield ""
        yield "y = target(torch.from_numpy(x)).numpy()"
    if model.noise:
        yield from _generator(model)
        drawn = "torch.randn(len(y), generator=generator, dtype=torch.float64).numpy()"
        yield f"y = y + {float(model.noise)!r} * {drawn}"


def in_dtype(lines: Iterable[str], dtype: str) -> Iterator[str]:
    """Yield lines that make tensors on `device`, in the precision `dtype`."""
    for line in lines:
        if dtype == "float32":
            yield line
            continue
        moved = line.replace("to(device)", "to(device, dtype)")
        yield moved.replace("=device", "=device, dtype=dtype")


def starts(initial: Mapping[str, float], places: Mapping[str, str]) -> Iterator[str]:
    """Write the values that parameters start at; `places` says where each is in the script."""
    if initial:
        yield "# These start at given values; the others stay as they were drawn."
        yield "with torch.no_grad():"
    for name, value in initial.items():
        yield f"    {_place(name, places)}.fill_({float(value)!r})"


def number_starts(initial: Mapping[str, float], places: Mapping[str, str]) -> Iterator[str]:
    """Write the values that parameters start at where they are plain numbers."""
    if initial:
        yield "# These start at given values; the others stay as they were drawn."
    for name, value in initial.items():
        yield f"{_place(name, places)} = {float(value)!r}"


def target_functions(model: Model) -> set[str]:
    """Return the functions that the target calls; none where it is read from a file."""
    return set() if model.data_file.strip() else called_functions(_tree(model))


def _place(name: str, places: Mapping[str, str]) -> str:
    try:
        return places[name]
    except KeyError as error:
        raise ExportError(
            tr("There is no parameter {name} to start at.", name=name),
            tr("Leave out its initial value."),
        ) from error


def _range(model: Model) -> str:
    return f"{_end(model.low)}, {_end(model.high)}"


def _end(value: float) -> str:
    if abs(value) == math.pi:
        return "-math.pi" if value < 0 else "math.pi"
    return repr(float(value))


def _tree(model: Model) -> Tree:
    try:
        return parsed_target(model.target)
    except FieldError as error:
        raise ExportError(error.message, error.hint) from error


def _target(model: Model) -> str:
    tree = _tree(model)
    value = constant(tree)
    return python_text(tree) if value is None else f"torch.full_like(x, {value!r})"


def _generator(model: Model) -> Iterator[str]:
    yield "# The noise has a generator of its own: it changes nothing of what else is drawn."
    yield f"generator = torch.Generator().manual_seed({model.seed})"


def _read(path: str) -> Iterator[str]:
    name = str(typed_path(path.strip()).absolute())
    yield f'with open({name!r}, newline="", encoding="utf-8-sig") as file:'
    yield "    line = file.readline()"
    yield '    delimiter = ";" if ";" in line else "\\t" if "\\t" in line else ","'
    yield "    file.seek(0)"
    yield "    rows = list(csv.reader(file, delimiter=delimiter))"
    yield "rows = [row for row in rows if any(map(str.strip, row))]"
    yield "try:"
    yield "    float(rows[0][0])"
    yield "except ValueError:"
    yield "    del rows[0]  # The names of the columns."
    yield "points = sorted((float(x), float(y)) for x, y in rows)"
