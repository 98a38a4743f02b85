"""Schedulers that are made of others: one after the other, or all at once."""

from typing import Literal, TypeAlias

import msgspec

from gradviz.core.choices.options import Options

#: Whether its parts take turns at milestones, or all change the learning rate at each step.
Composing: TypeAlias = Literal["", "in turn", "together"]


class SchedulerPart(msgspec.Struct, frozen=True):
    """One scheduler of a composition: its name in the catalogue, and its options by name."""

    name: str
    options: Options = {}


class Composition(msgspec.Struct, frozen=True):
    """The parts of a scheduler that is made of others.

    Attributes:
        parts: The schedulers, in their order; none for the composition that the catalogue shows.
        milestones: After how many steps each part but the first begins, where they take turns.
    """

    parts: tuple[SchedulerPart, ...] = ()
    milestones: tuple[int, ...] = ()
