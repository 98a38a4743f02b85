"""PyTorch's own derivative formulas, as they stand in the table that torchgen carries."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import yaml

#: `mul.Tensor(Tensor self, Tensor other) -> Tensor`, up to its result.
_SCHEMA = re.compile(r"(?P<name>\w+)(?:\.\w+)?\((?P<arguments>.*)\)\s*->")
_NONE: Final = "non_differentiable"
#: The keys of an entry that have no formula.
_NO_FORMULAS: Final = {"name", "dispatch", "output_differentiability"}


class Derivative(NamedTuple):
    """One operator's entry.

    Attributes:
        schema: Its signature, `mul.Tensor(Tensor self, Tensor other) -> Tensor`.
        formulas: For each input with a derivative, in the order of the signature, its name and
            the formula; several inputs that share one have the same.
    """

    schema: str
    formulas: tuple[tuple[str, str], ...]


@cache
def derivatives() -> Mapping[str, Derivative]:
    """Return the entries by the names of their backward nodes, `MulBackward0`.

    Reading the table takes about a tenth of a second, once; several times that without
    libyaml.
    """
    table = files("torchgen").joinpath("packaged", "autograd", "derivatives.yaml")
    return dict(_named(_loaded(table.read_text(encoding="utf-8"))))


def bounds_are_open() -> bool:
    """Tell whether a number at a bound of clamp gets no gradient, as from PyTorch 2.14 on."""
    entry = derivatives().get("ClampMinBackward0")
    return entry is not None and any("self > min" in formula for _, formula in entry.formulas)


def _loaded(text: str) -> Any:
    """Read YAML with PyYAML's fast loader; where it was built without libyaml, with its own."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _named(entries: list[dict[str, Any]]) -> Iterator[tuple[str, Derivative]]:
    """Yield the entries with a derivative; PyTorch numbers those of one name in their order."""
    counted: Counter[str] = Counter()
    for entry in entries:
        schema = str(entry["name"])
        for key, formulas in entry.get("dispatch", {"Default": entry}).items():
            found = _formulas(schema, formulas)
            if found:
                prefix = _prefix(schema) + ("" if key == "Default" else key)
                yield f"{prefix}{counted[prefix]}", Derivative(schema, found)
                counted[prefix] += 1


def _prefix(schema: str) -> str:
    """Return `MulBackward` for `mul.Tensor(…)`, as PyTorch's generator of code does."""
    camel = "".join(part.title() for part in _parsed(schema)["name"].split("_"))
    return f"{camel}Backward".replace("ForwardBackward", "Backward")


def _formulas(schema: str, entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    arguments = _argument_names(schema)
    found: dict[str, str] = {}
    for key, formula in entry.items():
        names = [name.strip() for name in key.split(",")]
        backward = key not in _NO_FORMULAS and set(names) <= set(arguments)
        if backward and str(formula).strip().lower() != _NONE:
            found |= dict.fromkeys(names, " ".join(str(formula).split()))
    return tuple((name, found[name]) for name in arguments if name in found)


def _argument_names(schema: str) -> list[str]:
    """Return the arguments' names; a default value may hold commas, in brackets."""
    plain = re.sub(r"\[[^\]]*\]|\([^()]*\)", "", _parsed(schema)["arguments"])
    parts = (part.split("=")[0].split() for part in plain.split(","))
    return [words[-1] for words in parts if words and words[-1] != "*"]


def _parsed(schema: str) -> re.Match[str]:
    found = _SCHEMA.match(schema)
    if found is None:
        raise AssertionError(f"no signature: {schema}")
    return found
