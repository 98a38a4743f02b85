"""Films of a small training, with the real engine, and the frames in files."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageSequence

from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.graph import Graph
from gradviz.engine.machine import Machine
from gradviz.export.moving.film import Film, Parts, film_of_training
from gradviz.export.moving.pixels import Pixels
from gradviz.protocol.commands import BuildModel, RecallStep, StartTraining
from gradviz.protocol.events import FrameTrained, ModelBuilt, StepRecalled
from gradviz.protocol.moments import RecalledMoment, unpacked

SIZE = (320, 180)
FIT = Model(source="a + b x", mode="fit", points=60)
Shown = npt.NDArray[np.uint8]


class Trained(NamedTuple):
    """A film of a training, the graph of its model, and its moments."""

    film: Film
    graph: Graph
    moments: tuple[RecalledMoment, ...]


def trained_film(
    steps: tuple[int, ...] = (0, 5, 10),
    model: Model = FIT,
    parts: Parts = "both",
    size: tuple[int, int] = SIZE,
    rate: float = 25.0,
) -> Trained:
    """Train a model to the last of the steps, and return the film of them."""
    machine = Machine()
    (built, *_) = [
        event for event in machine.handle(BuildModel(1, model)) if isinstance(event, ModelBuilt)
    ]
    training = Training(optimizer="sgd", learning_rate=1e-4, steps=steps[-1])
    list(machine.handle(StartTraining(1, training)))
    losses: list[float] = []
    while machine.busy:
        for event in machine.advance():
            if isinstance(event, FrameTrained):
                losses += event.losses.floats().tolist()
    wish = Film(subject="train", steps=steps, parts=parts, size=size, rate=rate, title="a + b x")
    moments = []
    for step in steps:
        (event,) = machine.handle(RecallStep(run=1, number=0, step=step, recorded=True))
        assert isinstance(event, StepRecalled)
        moments.append(unpacked(event.moment))
    film = film_of_training(wish, built, np.array(losses), steps)
    return Trained(film, built.graph, tuple(moments))


def coloured(film: Film) -> Iterator[Pixels]:
    """Yield a frame of one colour of the theme's for each step, with a bar that moves."""
    width, height = film.size
    for place in range(len(film.steps)):
        pixels = np.full((height, width), 0xFFFFFFFF, np.uint32)
        pixels[:, : 5 + place] = 0xFFE4572E
        yield Pixels(width, height, pixels.tobytes())


def frames_in(path: Path) -> list[Shown]:
    """Return the frames of a GIF or WebP file, each of shape (height, width, 3)."""
    with Image.open(path) as image:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]


def seconds_in(path: Path) -> list[float]:
    """Return how long each frame of a GIF or WebP file is shown."""
    with Image.open(path) as image:
        found = []
        for frame in ImageSequence.Iterator(image):
            frame.load()
            found.append(float(frame.info["duration"]) / 1000)
        return found
