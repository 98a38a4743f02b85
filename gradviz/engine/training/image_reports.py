"""The reports of a model that learns from images: its guesses, and how many are right."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from gradviz.core.choices.images import ImageSet
from gradviz.core.graphs.tensors import Array
from gradviz.engine.models.base import ImageClassifier
from gradviz.engine.runs.run import Run
from gradviz.engine.training.time_share import TimeShare
from gradviz.protocol.events import (
    Event,
    FrameTrained,
    ImagesClassified,
    ModelBuilt,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)

#: How many images of the test are shown.
SAMPLES: Final = 40
#: While training, the test is taken at most this often, with so many images, ...
_TEST_S: Final = 0.5
_TESTED: Final = 1000
#: ... and takes at most this share of the time.
_TEST_SHARE: Final = 0.03


def image_set(run: Run) -> ImageSet | None:
    """Return the images behind a classifier, None for any other model."""
    classifier = run.model.image_classifier
    if classifier is None:
        return None
    data = classifier.images
    return ImageSet(
        title=data.title,
        classes=data.classes,
        samples=Array.of(data.test_images[:SAMPLES]),
        labels=tuple(int(label) for label in data.test_labels[:SAMPLES]),
        count=len(data.images),
        test_count=len(data.test_images),
    )


class ImageReports:
    """Follows the reports of a run, and adds its classifier's guesses for the test."""

    def __init__(self, number: int, run: Run) -> None:
        self._number = number
        self._classifier = run.model.image_classifier
        self._share = TimeShare(_TEST_S, _TEST_SHARE)

    def after(self, event: Event) -> Iterator[Event]:
        """Yield the guesses that follow `event`: of the whole test wherever training stands."""
        classifier = self._classifier
        if classifier is None:
            return
        match event:
            case ModelBuilt() | TrainingReset():
                yield self._classified(classifier, 0)
            case TrainingStopped() | StepVisited():
                yield self._classified(classifier, event.step)
            case FrameTrained() if self._share.due:
                with self._share.taken():
                    yield self._classified(classifier, event.step, _TESTED)
            case _:
                pass  # No other event changes the weights.

    def _classified(
        self, classifier: ImageClassifier, step: int, most: int | None = None
    ) -> ImagesClassified:
        guesses = classifier.guesses(most)
        shown = guesses.probabilities[:SAMPLES].cpu().numpy()
        return ImagesClassified(
            run=self._number,
            step=step,
            correct=guesses.correct,
            tested=guesses.tested,
            probabilities=Array.of(np.asarray(shown)),
        )
