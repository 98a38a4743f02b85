"""The reports of a network that tells points of a plane apart: its surface, and its accuracy."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import torch

from gradviz.core.choices.plane_targets import PlaneSet
from gradviz.core.graphs.tensors import Array
from gradviz.engine.models.base import PlaneClassifier
from gradviz.engine.runs.run import Run, as_array
from gradviz.engine.training.time_share import TimeShare
from gradviz.protocol.events import (
    Event,
    FrameTrained,
    ModelBuilt,
    PlaneClassified,
    StateRestored,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)

#: While training, the surface is evaluated at most this often, ...
_SURFACE_S: Final = 0.05
#: ... and takes at most this share of the time.
_SURFACE_SHARE: Final = 0.03


def plane_set(run: Run) -> PlaneSet | None:
    """Return the points of a network of two inputs, None for any other model."""
    classifier = run.model.plane_classifier
    if classifier is None:
        return None
    points = classifier.points
    return PlaneSet(
        name=points.name,
        classes=points.classes,
        points=as_array(points.x.to(torch.float32)),
        labels=_labels(points.y),
        held_points=as_array(points.held_x.to(torch.float32)),
        held_labels=_labels(points.held_y),
        reach=classifier.reach,
        loss=run.model.loss,
        target=run.model.target,
    )


def _labels(y: torch.Tensor) -> Array:
    return Array.of(y.cpu().numpy().astype(np.uint8))


class PlaneReports:
    """Follows the reports of a run, and adds the surface of its network."""

    def __init__(self, number: int, run: Run) -> None:
        self._number = number
        self._classifier = run.model.plane_classifier
        self._share = TimeShare(_SURFACE_S, _SURFACE_SHARE)

    def after(self, event: Event) -> Iterator[Event]:
        """Yield the surface that follows `event`: always where training stands still."""
        classifier = self._classifier
        if classifier is None:
            return
        match event:
            case ModelBuilt() | TrainingReset():
                yield self._classified(classifier, 0)
            case TrainingStopped() | StepVisited() | StateRestored():
                yield self._classified(classifier, event.step)
            case FrameTrained() if self._share.due:
                with self._share.taken():
                    yield self._classified(classifier, event.step)
            case _:
                pass  # No other event changes the weights.

    def _classified(self, classifier: PlaneClassifier, step: int) -> PlaneClassified:
        guesses, points = classifier.guesses(), classifier.points
        return PlaneClassified(
            run=self._number,
            step=step,
            surface=guesses.surface,
            learnt=guesses.learnt,
            learnt_of=len(points.y),
            held=guesses.held,
            held_of=len(points.held_y),
        )
