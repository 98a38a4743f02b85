"""The targets of networks with two inputs: the names that are typed, and what is told of them."""

from typing import Any, Final

import msgspec

from gradviz.core.choices.catalogue import Target
from gradviz.core.choices.drawn_points import PLANES
from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import listed, tr

#: How many further points are held out for each one that is learnt.
HELD_OUT: Final = 0.5
_FIRST: Final = "rings"


class PlaneSet(msgspec.Struct, frozen=True, kw_only=True):
    """The points that a network of two inputs learns, and those that are held out.

    Attributes:
        name: The name of the target.
        classes: How many classes there are.
        points, held_points: Shape (n, 2).
        labels, held_labels: Shape (n,): the class of each.
        reach: The surface is drawn from −reach to reach in both directions.
        loss: The network's own loss.
        target: The kind of target that its losses take.
    """

    name: str
    classes: int
    points: Array
    labels: Array
    held_points: Array
    held_labels: Array
    reach: float
    loss: str
    target: Target


def plane_named(target: str) -> str:
    """Return the name of the plane target that is typed; empty where it is something else."""
    name = target.strip().lower()
    return name if name in PLANES else ""


def checked_plane(target: str) -> str:
    """Return the name of a plane target; raises FieldError where `target` is none."""
    name = plane_named(target)
    if not name:
        raise FieldError(
            tr("“{target}” is no target for a network of two inputs.", target=target.strip()[:40]),
            tr("Choose one of {names}.", names=listed(PLANES)),
            field="target",
        )
    return name


def suited_data(model: Model, inputs: int) -> dict[str, Any]:
    """Return the fields of the data to change so that a model of so many inputs can be fitted."""
    if inputs == 2 and not (plane_named(model.target) and not model.data_file):
        return {"target": plane_named(model.target) or _FIRST, "data_file": ""}
    if inputs != 2 and plane_named(model.target):
        return {"target": Model(source="").target}
    return {}
