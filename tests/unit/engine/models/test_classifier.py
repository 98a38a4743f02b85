"""The image classifier: the losses of a plain loop, and images that are named for what they are."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from image_files import Bytes, write_fashion, write_idx
from torch import nn

from gradviz.core.choices.drawn_images import SHAPES, drawn
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DataError, SettingError
from gradviz.engine.data.image_data import FASHION, FILES, drawn_shapes, fashion_mnist
from gradviz.engine.machine import Machine
from gradviz.engine.models.classifier import ClassifierModel
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import (
    BuildModel,
    Command,
    ResetTraining,
    StartTraining,
    TrainOneStep,
    VisitStep,
)
from gradviz.protocol.events import CommandFailed, Event, ImagesClassified, ModelBuilt


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Leave the other cores to the other tests: for so little, several threads only wait."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tutorials_losses(images: Bytes, labels: Bytes, seed: int, steps: int) -> list[float]:
    """Return the losses of "Learn the Basics" as a plain loop."""
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Flatten(),
        nn.Linear(28 * 28, 512),
        nn.ReLU(),
        nn.Linear(512, 512),
        nn.ReLU(),
        nn.Linear(512, 10),
    )
    generator = torch.Generator().manual_seed(seed)
    x = torch.from_numpy(images.copy()).to(torch.float32).div(255)
    y = torch.from_numpy(labels.astype(np.int64))
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    losses: list[float] = []
    while len(losses) < steps:
        for batch in torch.split(torch.randperm(len(x), generator=generator), 64):
            loss = loss_fn(model(x[batch]), y[batch])
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    return losses[:steps]


def run_of(**settings: object) -> Run:
    return Run(msgspec.structs.replace(Model(source="classifier"), **settings))


def classifier(run: Run) -> ClassifierModel:
    assert isinstance(run.model, ClassifierModel)
    return run.model


@pytest.mark.parametrize("seed", [0, 1])
def test_that_the_losses_are_those_of_a_plain_loop_bit_for_bit(seed: int) -> None:
    data = drawn_shapes()
    losses = Trainer(run_of(seed=seed)).advance(1e9, steps=70).losses
    assert losses == tutorials_losses(data.images, data.labels, seed, 70)


def test_that_the_last_batch_of_a_pass_is_smaller_and_the_next_is_shuffled_anew(
    tmp_path: Path,
) -> None:
    images, labels, _, _ = write_fashion(tmp_path)
    run = run_of(data_folder=str(tmp_path), seed=1)
    assert Trainer(run).advance(1e9, steps=8).losses == tutorials_losses(images, labels, 1, 8)
    sizes = [len(classifier(run).batch(step)[0]) for step in range(6)]
    assert sizes == [64, 64, 22, 64, 64, 22]
    assert not torch.equal(classifier(run).batch(0)[0], classifier(run).batch(3)[0])


def test_that_a_batch_belongs_to_its_step_whatever_was_asked_before() -> None:
    model, other = classifier(run_of()), classifier(run_of())
    later = [model.batch(step) for step in (100, 3, 64, 0)]
    for step, (x, y) in zip((0, 64, 3, 100), reversed(later), strict=True):
        other_x, other_y = other.batch(step)
        assert torch.equal(x, other_x)
        assert torch.equal(y, other_y)


def test_that_recording_and_testing_change_no_loss() -> None:
    run, plain = run_of(), Trainer(run_of())
    trainer = Trainer(run)
    losses: list[float] = []
    for _ in range(5):
        losses += trainer.advance(1e9, steps=2).losses
        output, _, _ = run.record(trainer.step)
        classifier(run).guesses()
    assert losses == plain.advance(1e9, steps=10).losses
    assert plain.advance(1e9, steps=1).losses == [output]


def test_that_the_graph_is_that_of_three_layers_and_cross_entropy() -> None:
    _, graph, trace = run_of().record()
    operations = [node.op for node in graph.nodes if node.kind != "leaf"]
    assert sorted(operations) == sorted(
        ["NllLoss", "LogSoftmax", *["Addmm"] * 3, *["Relu"] * 2, *["T"] * 3]
    )
    leaves = [node for node in graph.nodes if node.kind == "leaf"]
    assert [leaf.shape for leaf in leaves] == [
        (512, 784),
        (512,),
        (512, 512),
        (512,),
        (10, 512),
        (10,),
    ]
    assert len(trace.leaf_grads) == 6


def test_that_training_finds_the_drawn_shapes() -> None:
    run = run_of()
    trainer = Trainer(run)
    trainer.start(Training(optimizer="sgd", learning_rate=0.1, steps=150))
    trainer.advance(1e9)
    guesses = classifier(run).guesses()
    assert guesses.tested == 500
    assert guesses.correct > 400
    assert guesses.probabilities.sum(1) == pytest.approx(1.0)


def test_that_another_loss_is_refused() -> None:
    trainer = Trainer(run_of())
    training = Training(optimizer="sgd", learning_rate=1e-3, loss="MSELoss, sum")
    with pytest.raises(SettingError, match="cross-entropy"):
        trainer.start(training)


def test_that_drawn_images_are_ten_shapes_that_a_seed_decides() -> None:
    images, labels = drawn(200, seed=3)
    again, _ = drawn(200, seed=3)
    other, _ = drawn(200, seed=4)
    assert images.shape == (200, 28, 28)
    np.testing.assert_array_equal(images, again)
    assert not np.array_equal(images, other)
    assert np.bincount(labels).tolist() == [20] * len(SHAPES) == [20] * 10
    assert all(image.max() > 150 for image in images)


def test_that_drawn_shapes_are_never_called_fashion_mnist() -> None:
    model = classifier(run_of())
    assert model.images.title == "drawn shapes, not FashionMNIST"
    assert model.images.title in model.equation()
    assert model.images.classes == tuple(SHAPES)


def test_that_the_files_of_a_folder_are_used_and_told(tmp_path: Path) -> None:
    parts = write_fashion(tmp_path)
    data = fashion_mnist(tmp_path)
    assert data.classes == FASHION
    assert tmp_path.name in data.title
    for read, written in zip(data[2:], parts, strict=True):
        np.testing.assert_array_equal(read, written)


@pytest.mark.parametrize("name", FILES)
def test_that_a_missing_file_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    write_fashion(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(DataError, match=name):
        fashion_mnist(tmp_path)


@pytest.mark.parametrize(
    ("name", "values", "word"),
    [
        (FILES[0], np.zeros((150, 28, 27), np.uint8), "27 × 28"),
        (FILES[0], np.zeros((149, 28, 28), np.uint8), "149 images.*150 labels"),
        (FILES[1], np.full(150, 10, np.uint8), "label 10"),
        (FILES[3], np.zeros(39, np.uint8), "40 images.*39 labels"),
    ],
)
def test_that_files_that_do_not_fit_are_refused(
    tmp_path: Path, name: str, values: Bytes, word: str
) -> None:
    write_fashion(tmp_path)
    write_idx(tmp_path / name, values)
    with pytest.raises(DataError, match=word):
        fashion_mnist(tmp_path)


def test_that_a_folder_that_is_none_leaves_the_model_before_it() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    wrong = Model(source="classifier", data_folder="/nowhere")
    (failed,) = machine.handle(BuildModel(2, wrong))
    assert isinstance(failed, CommandFailed)
    assert (failed.subject, failed.details) == ("model", "")
    assert "/nowhere" in failed.message
    assert list(machine.handle(TrainOneStep(1, Training(optimizer="descent", learning_rate=1e-6))))


def test_that_the_test_is_reported_whenever_training_stands_still() -> None:
    machine = Machine()

    def tests_after(command: Command) -> list[ImagesClassified]:
        events: list[Event] = list(machine.handle(command))
        while machine.training:
            events += machine.advance()
        return [event for event in events if isinstance(event, ImagesClassified)]

    (first,) = tests_after(BuildModel(1, Model(source="classifier")))
    training = Training(optimizer="sgd", learning_rate=0.1, steps=100)
    done = tests_after(StartTraining(1, training))[-1]
    (reset,) = tests_after(ResetTraining(1))
    assert (first.step, done.step, reset.step) == (0, 100, 0)
    assert done.correct > first.correct == reset.correct
    assert done.tested == 500
    assert done.probabilities.shape == (40, 10)
    assert reset.probabilities == first.probabilities


def test_that_a_visited_step_is_tested_with_its_own_weights() -> None:
    machine = Machine()

    def events_of(command: Command) -> Iterator[Event]:
        yield from machine.handle(command)
        while machine.training:
            yield from machine.advance()

    list(events_of(BuildModel(1, Model(source="classifier"))))
    training = Training(optimizer="sgd", learning_rate=0.1, steps=20)
    at_ten = Trainer(run_of())
    at_ten.start(training)
    at_ten.advance(1e9, steps=10)
    list(events_of(StartTraining(1, training)))
    tested = [e for e in events_of(VisitStep(1, 10)) if isinstance(e, ImagesClassified)]
    assert [event.step for event in tested] == [10]
    assert tested[0].correct == classifier(at_ten._run).guesses().correct


def test_that_a_model_of_curves_reports_no_images_and_the_classifier_no_curve() -> None:
    for source in ("classifier", "autograd"):
        events = list(Machine().handle(BuildModel(1, Model(source=source))))
        built = next(event for event in events if isinstance(event, ModelBuilt))
        images = source == "classifier"
        assert any(isinstance(event, ImagesClassified) for event in events) == images
        assert (built.images is not None) == (built.x is None) == images
        if built.images is not None:
            assert built.images.samples.shape == (40, 28, 28)
            assert (built.images.count, built.images.test_count) == (2000, 500)


@pytest.mark.parametrize("source", ["autograd", "numpy", "a x + b"])
def test_that_cross_entropy_is_refused_where_there_are_no_classes(source: str) -> None:
    trainer = Trainer(Run(Model(source=source, mode="fit")))
    with pytest.raises(SettingError):
        trainer.start(Training(optimizer="descent", learning_rate=1e-6, loss="cross-entropy"))
