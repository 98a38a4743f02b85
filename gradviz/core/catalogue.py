"""What the engine offers, as data from which menus, forms and JSON are made."""

from typing import Literal

import msgspec

Mode = Literal["point", "fit"]


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A ready-made model: the name to type, a title, one sentence, and its modes.

    `expression` is what it computes in the language of the expression field, where that can
    be said in it; else empty.
    """

    name: str
    title: str
    summary: str
    expression: str = ""
    modes: tuple[Mode, ...] = ("fit",)


class DeviceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A device that torch offers here: its name in torch (`cuda:0`) and what it is."""

    name: str
    title: str


class OptimizerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An optimizer by the name that `Training.optimizer` takes, with one sentence."""

    name: str
    title: str


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be chosen, and the versions that stand behind it."""

    models: tuple[ModelEntry, ...]
    devices: tuple[DeviceEntry, ...]
    optimizers: tuple[OptimizerEntry, ...]
    torch: str
    python: str
