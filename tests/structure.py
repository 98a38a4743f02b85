"""Measures how the project is cut: files in a folder, lengths, names, and words in docstrings.

Run as `python tests/structure.py`, it prints the figures; `tests/unit/scripts/test_structure.py`
holds them to their limits.
"""

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
#: A folder with more modules wants to be several.
MAXIMUM_MODULES = 20
#: A function with more lines is a long one.
LONG_FUNCTION = 50

#: Where alone torch is used beyond its documented interface.
ROOM_OF_TORCH = "gradviz/engine/torch_internals"
_PRIVATE = re.compile(r"_[A-Za-z]\w*")
#: Private by their name and not of torch: those of Python itself, of named tuples, of mpmath, and
#: the ending of functions such as zeros_like.
_OF_OTHERS = frozenset(
    {"_getframe", "_exit", "_asdict", "_fields", "_make", "_replace", "_mpf_", "_like"}
)
#: The classes of torch from which those of gradviz inherit, and two that come between.
_OF_TORCH = frozenset(
    {"Module", "Function", "TorchFunctionMode", "TorchDispatchMode", "Optimizer", "LRScheduler"}
    | {"Listener", "DispatchListener"}
)
_WHAT = re.compile(r"\bwhat\b", re.IGNORECASE)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its place below the project's root, its text and its syntax tree."""

    place: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """Return the number of lines."""
        return len(self.text.splitlines())

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return every node of the tree."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.AST) -> str:
        """Return the place of a node, as `folder/file.py:line`."""
        return f"{self.place.as_posix()}:{getattr(node, 'lineno', 1)}"


def modules(folder: str) -> tuple[Module, ...]:
    """Return the Python files below a folder of the project."""
    return tuple(
        Module(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def modules_per_folder(of: Iterable[Module]) -> dict[str, int]:
    """Return how many modules each package holds itself, its `__init__` not counted."""
    counts = Counter({each.place.parent.as_posix(): 0 for each in of})
    counts.update(each.place.parent.as_posix() for each in of if each.place.stem != "__init__")
    return dict(counts)


def crowded_folders(of: Iterable[Module]) -> dict[str, int]:
    """Return the packages that hold too many modules, and how many these are."""
    return {
        folder: count for folder, count in modules_per_folder(of).items() if count > MAXIMUM_MODULES
    }


def function_lengths(of: Iterable[Module]) -> list[int]:
    """Return the length in lines of each function, decorators not counted."""
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for each in of
        for node in each.nodes
        if isinstance(node, _Function)
    ]


def share_of_long_functions(of: Iterable[Module]) -> float:
    """Return the share of functions with more lines than `LONG_FUNCTION`."""
    lengths = function_lengths(of)
    return sum(length > LONG_FUNCTION for length in lengths) / len(lengths)


def repeated_module_names(of: Iterable[Module]) -> dict[str, list[str]]:
    """Return the names that modules of several folders have, with these folders."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for each in of:
        if not each.place.stem.startswith("__"):
            folders[each.place.stem].append(each.place.parent.as_posix())
    return {name: found for name, found in sorted(folders.items()) if len(found) > 1}


def repeated_types(of: Iterable[Module]) -> dict[str, list[str]]:
    """Return the public names that types of several modules have, with their places."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for each in of:
        for node in each.tree.body:
            name = _type_defined_by(node)
            if name and not name.startswith("_"):
                places[name].append(each.at(node))
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def _type_defined_by(node: ast.stmt) -> str:
    """Return the name of the class or the alias that a statement defines, empty if it is none."""
    match node:
        case ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
            return name if name[0].isupper() and not name.isupper() else ""
        case _:
            return ""


def first_lines(of: Iterable[Module]) -> Iterator[tuple[str, str]]:
    """Yield the place and the first line of each docstring of a module, class or function."""
    for each in of:
        for node in each.nodes:
            if isinstance(node, _Documented) and (text := ast.get_docstring(node)):
                yield each.at(node), text.splitlines()[0]


def lines_with_what(of: Iterable[Module]) -> list[str]:
    """Return the places of the docstrings whose first line contains the word "what"."""
    return [place for place, line in first_lines(of) if _WHAT.search(line)]


def share_with_what(of: Iterable[Module]) -> float:
    """Return the share of docstrings whose first line contains the word "what"."""
    return len(lines_with_what(of)) / sum(1 for _ in first_lines(of))


def open_matches(of: Iterable[Module]) -> list[str]:
    """Return the places of the matches over classes that let another class pass in silence."""
    return [
        each.at(node)
        for each in of
        for node in each.nodes
        if isinstance(node, ast.Match) and _is_open(node)
    ]


def _is_open(match: ast.Match) -> bool:
    """Tell whether every case names classes, and none takes the rest."""
    return all(_names_classes(case.pattern) for case in match.cases)


def _names_classes(pattern: ast.pattern | None) -> bool:
    match pattern:
        case ast.MatchClass():
            return True
        case ast.MatchOr(patterns):
            return all(map(_names_classes, patterns))
        case ast.MatchAs(inner):
            return _names_classes(inner)
        case _:
            return False


def private_uses(of: Iterable[Module], of_torch: Collection[str] = ()) -> list[str]:
    """Return the places, with the names, where private attributes of a library are used.

    They are attributes, imports, and texts such as those for getattr, whose name a module does not
    define itself. `of_torch` are the private names of torch's classes: no class that inherits from
    one of these may use or define them.
    """
    return [
        f"{each.at(node)} {name}"
        for each in of
        for node, name in (*_foreign_names(each), *_inherited_names(each, frozenset(of_torch)))
        if _PRIVATE.fullmatch(name)
    ]


def _foreign_names(module: Module) -> Iterator[tuple[ast.AST, str]]:
    own = _names_defined_in(module) | _OF_OTHERS
    for node in module.nodes:
        match node:
            case ast.Attribute(value=ast.Name("self")):
                # It may be set by setattr, which no search for names finds.
                pass
            case ast.Attribute(attr=name) | ast.Constant(value=str(name)) if name not in own:
                yield node, name
            case ast.Import(names) | ast.ImportFrom(names=names):
                source = getattr(node, "module", None) or ""
                yield from ((node, part) for part in source.split("."))
                yield from ((node, part) for each in names for part in each.name.split("."))
            case _:
                pass


def _inherited_names(module: Module, of_torch: frozenset[str]) -> Iterator[tuple[ast.AST, str]]:
    for kind in module.nodes:
        if not isinstance(kind, ast.ClassDef) or not _OF_TORCH & set(map(_last_name, kind.bases)):
            continue
        for node in ast.walk(kind):
            match node:
                case ast.Attribute(value=ast.Name("self"), attr=name) if name in of_torch:
                    yield node, name
                case ast.FunctionDef(name=name) if name in of_torch:
                    yield node, name
                case _:
                    pass


def _last_name(base: ast.expr) -> str:
    return ast.unparse(base).partition("[")[0].rpartition(".")[2]


def _names_defined_in(module: Module) -> set[str]:
    """Return the names of functions, classes and arguments, and those that are assigned to."""
    names: set[str] = set()
    for node in module.nodes:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                names.add(name)
            case _:
                pass
    return names


def fixed_waits(of: Iterable[Module]) -> list[str]:
    """Return the places where a test waits for a number of milliseconds instead of a thing."""
    return [
        each.at(node)
        for each in of
        for node in each.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "wait"
        and ast.unparse(node.func.value).endswith("qtbot")
    ]


def _figures() -> Iterator[tuple[str, object]]:
    of, tests = modules("gradviz"), modules("tests")
    folders = modules_per_folder(of)
    names, types = repeated_module_names(of), repeated_types(of)
    lengths = function_lengths(of)
    yield "packages", len(folders)
    yield "modules", sum(folders.values())
    yield "packages with too many", crowded_folders(of) or "none"
    yield "lines of a file, median", f"{median(each.lines for each in of):g}"
    yield "lines of a function, median", f"{median(lengths):g}"
    yield f"functions over {LONG_FUNCTION} lines", f"{share_of_long_functions(of):.2%}"
    yield "module names in several folders", f"{len(names)}: {', '.join(names)}"
    yield "types defined in several modules", f"{len(types)}: {', '.join(types)}"
    yield 'first lines of docstrings with "what"', f"{share_with_what(of):.1%}"
    yield "matches that let a class pass", len(open_matches(of))
    yield "fixed waits in tests", len(fixed_waits(tests))
    yield "modules of tests", len(tests)
    for folder, count in folders.items():
        yield f"  {folder}", count


def main() -> None:
    """Print the figures, one a line."""
    for name, value in _figures():
        sys.stdout.write(f"{name:44} {value}\n")


if __name__ == "__main__":
    main()
