"""Hyperparameters as data: name, kind, default and range, and how a value is checked."""

import math
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias, TypeGuard

import msgspec

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import AmbiguousNumberError, read_number, short

OptionValue: TypeAlias = bool | int | float | str
Options: TypeAlias = dict[str, OptionValue]

#: The objects that have options.
Owner: TypeAlias = Literal["optimizer", "scheduler"]

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_UNKNOWN: Final[Mapping[Owner, str]] = {
    "optimizer": marked("This optimizer has no option {name}."),
    "scheduler": marked("This scheduler has no option {name}."),
}


class OptionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One hyperparameter; an element of a pair is an option of its own, `betas_1`, `betas_2`.

    `minimum` and `maximum` bound it where they are not None; `above` and `below` say that the
    bound itself is not allowed. Switched on, it works only with the option `needs` above 0, and
    with the option `excludes` at 0. The value of the kind "expression" is a text in t, the number
    of steps done, which the engine reads and nobody executes.
    """

    name: str
    kind: Literal["float", "int", "bool", "expression"]
    default: OptionValue
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    below: bool = False
    needs: str = ""
    excludes: str = ""

    @property
    def allowed(self) -> str:
        """Return the range in words of mathematics: `0 ≤ betas_1 < 1`."""
        if self.kind == "bool":
            return tr("{name} is true or false", name=self.name)
        if self.kind == "expression":
            return tr("{name} is an expression in t, the number of steps done", name=self.name)
        low = "" if self.minimum is None else f"{short(self.minimum)} {'<' if self.above else '≤'} "
        high = (
            "" if self.maximum is None else f" {'<' if self.below else '≤'} {short(self.maximum)}"
        )
        if not (low or high):
            return tr("any finite {name}", name=self.name)
        bounds = f"{low}{self.name}{high}"
        return tr("{bounds}, a whole number", bounds=bounds) if self.kind == "int" else bounds

    def checked(self, value: object) -> OptionValue:
        """Return `value` in the option's kind; raises SettingError outside its range."""
        if self.kind == "bool":
            if isinstance(value, bool):
                return value
        elif self.kind == "expression":
            if isinstance(value, str) and value.strip():
                return value.strip()
        elif _is_number(value) and self._holds(value):
            return int(value) if self.kind == "int" else float(value)
        raise self._refused(value)

    def parsed(self, text: str) -> OptionValue:
        """Return the value that `text` spells; raises SettingError where the option allows none."""
        word = text.strip()
        if self.kind == "bool":
            if word.lower() in (*_TRUE, *_FALSE):
                return word.lower() in _TRUE
            raise self._refused(word)
        if self.kind == "expression":
            return self.checked(word)
        try:
            value = read_number(word)
        except AmbiguousNumberError:
            raise
        except SettingError:
            raise self._refused(word) from None
        return self.checked(value)

    def _holds(self, value: float) -> bool:
        if not math.isfinite(value) or (self.kind == "int" and value != int(value)):
            return False
        low, high = self.minimum, self.maximum
        if low is not None and (value < low or (self.above and value == low)):
            return False
        return not (high is not None and (value > high or (self.below and value == high)))

    def _refused(self, value: object) -> SettingError:
        shown = short(value) if isinstance(value, float) else str(value)[:20]
        return SettingError(
            tr("{name} cannot be “{value}”.", name=self.name, value=shown),
            tr("Allowed: {range}.", range=self.allowed),
        )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: OptionValue) -> float:
    """Return a value that is compared with 0, which no text is."""
    return 0.0 if isinstance(value, str) else value


def checked_options(
    entries: Iterable[OptionEntry], options: Mapping[str, object], owner: Owner = "optimizer"
) -> Options:
    """Return the options in their kinds; raises SettingError for the first that does not fit.

    `owner` is the object that has the options.
    """
    known = {entry.name: entry for entry in entries}
    for name in options:
        if name not in known:
            raise _unknown(name, known, owner)
    checked = {name: known[name].checked(value) for name, value in options.items()}
    for entry in known.values():
        _check_together(entry, {name: each.default for name, each in known.items()} | checked)
    return checked


def _check_together(entry: OptionEntry, values: Mapping[str, OptionValue]) -> None:
    if not values[entry.name]:
        return
    if entry.needs and not _number(values[entry.needs]) > 0:
        raise SettingError(
            tr("{name} needs {other}.", name=entry.name, other=entry.needs),
            tr("Set {name} above 0 before it.", name=entry.needs),
        )
    if entry.excludes and values[entry.excludes] != 0:
        raise SettingError(
            tr("{name} works without {other} only.", name=entry.name, other=entry.excludes),
            tr("Set {name} to 0.", name=entry.excludes),
        )


def parsed_options(
    entries: Iterable[OptionEntry], texts: Iterable[str], owner: Owner = "optimizer"
) -> Options:
    """Return the options that texts such as `momentum=0.9` and `betas=0.9,0.99` give.

    Raises:
        SettingError: a text is no assignment, or its name or value does not fit.
    """
    known = {entry.name: entry for entry in entries}
    options: Options = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise SettingError(
                tr("“{text}” sets no option.", text=text),
                tr("Write NAME=VALUE, such as eps=1e-8."),
            )
        whole = name in known and known[name].kind == "expression"
        parts = [value] if whole else value.split(",")
        names = [name] if len(parts) == 1 else [f"{name}_{i}" for i in range(1, len(parts) + 1)]
        for each, part in zip(names, parts, strict=True):
            if each not in known:
                raise _unknown(each, known, owner)
            options[each] = known[each].parsed(part)
    return checked_options(known.values(), options, owner)


def _unknown(name: str, known: Mapping[str, OptionEntry], owner: Owner) -> SettingError:
    names = tr("It has: {names}.", names=listed(known)) if known else tr("It has none.")
    return SettingError(tr(_UNKNOWN[owner], name=repr(name)), names)
