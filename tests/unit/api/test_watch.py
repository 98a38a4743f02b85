"""`gradviz.watch`: the passes of a user's own loop, recorded as they are, and never disturbed."""

import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils.checkpoint import checkpoint

import gradviz
from gradviz.core.errors import GradvizError, SettingError

_OWN = torch.autograd.backward


@pytest.fixture(autouse=True)
def _pytorch_is_as_it_was() -> Iterator[None]:
    yield
    assert torch.autograd.backward is _OWN


def _net() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))


def _gradient(parameter: torch.Tensor) -> torch.Tensor:
    assert parameter.grad is not None
    return parameter.grad.clone()


def _train(model: nn.Module, steps: int) -> list[float]:
    """Train as a user does; return the losses."""
    torch.manual_seed(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(steps):
        loss = (model(torch.randn(5, 3)) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@given(every=st.integers(1, 7), keep=st.integers(1, 5), steps=st.integers(0, 20))
def test_that_every_nth_pass_is_kept_and_the_newest_take_the_place_of_the_oldest(
    every: int, keep: int, steps: int
) -> None:
    model = _net()
    with gradviz.watch(model, every=every, keep=keep) as watched:
        losses = _train(model, steps)
    wanted = list(range(0, steps, every))[-keep:]
    assert [each.step for each in watched.recordings] == wanted
    assert [each.loss for each in watched.recordings] == [losses[step] for step in wanted]
    assert watched.steps == steps


def test_that_a_watched_training_has_the_same_bits_as_one_alone() -> None:
    alone, watched = _net(), _net()
    losses = _train(alone, 12)
    with gradviz.watch(watched, every=3):
        assert _train(watched, 12) == losses
    for own, other in zip(alone.parameters(), watched.parameters(), strict=True):
        assert torch.equal(own, other)


def test_that_recorded_gradients_are_those_of_the_pass_and_stay_so() -> None:
    model = _net()
    expected = []
    with gradviz.watch(model, keep=20) as watched:
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        for _ in range(4):
            (model(torch.randn(5, 3)) ** 2).mean().backward()
            expected.append([_gradient(each) for each in model.parameters()])
            optimizer.step()
            # In place: what a pass has left must not change with it.
            optimizer.zero_grad(set_to_none=False)
    for recorded, gradients in zip(watched.recordings, expected, strict=True):
        found = recorded.gradients
        names = [name for name, _ in model.named_parameters()]
        assert all(torch.equal(found[name], g) for name, g in zip(names, gradients, strict=True))


def test_that_gradients_that_were_there_are_added_to_and_what_was_added_is_recorded() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    w.grad = torch.tensor([10.0, 10.0])
    before = w.grad
    with gradviz.watch({"w": w}) as watched:
        (w**2).sum().backward()  # type: ignore[no-untyped-call]
    assert w.grad is before
    assert w.grad.tolist() == [12.0, 14.0]
    assert watched.recordings[0].gradients["w"].tolist() == [2.0, 4.0]


def test_that_parameters_are_kept_as_they_were_in_the_pass() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    with gradviz.watch({"w": w}) as watched:
        (w**2).sum().backward()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        w.fill_(7.0)
    recording = watched.recordings[0].backward_pass
    (leaf,) = [node.id for node in recording.graph.nodes if node.op == "w"]
    assert recording.tensors.values[leaf].tolist() == [1.0, 2.0]


@pytest.mark.parametrize("reentrant", [True, False])
def test_that_a_checkpoint_within_a_pass_is_a_part_of_it(reentrant: bool) -> None:
    model = _net()
    x = torch.randn(5, 3, requires_grad=True)
    with gradviz.watch(model) as watched:
        for _ in range(2):
            checkpoint(model, x, use_reentrant=reentrant).sum().backward()
    assert watched.steps == 2


def test_that_passes_of_another_model_are_no_steps() -> None:
    model, other = _net(), _net()
    with gradviz.watch(model, every=2) as watched:
        for _ in range(4):
            other(torch.randn(5, 3)).sum().backward()
            model(torch.randn(5, 3)).sum().backward()
    assert watched.steps == 4
    assert [each.step for each in watched.recordings] == [0, 2]


def test_that_a_condition_chooses_by_the_step_and_by_the_loss() -> None:
    model = _net()
    with gradviz.watch(model, when=lambda step: step in (1, 4)) as by_step:
        losses = _train(model, 6)
    assert [each.step for each in by_step.recordings] == [1, 4]
    model = _net()
    limit = sorted(losses)[2]
    with gradviz.watch(model, when=lambda step, loss: loss < limit) as by_loss:
        _train(model, 6)
    assert [each.loss for each in by_loss.recordings] == [each for each in losses if each < limit]


def test_that_a_loss_that_is_not_finite_is_caught() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    with gradviz.watch({"w": w}, when="nonfinite") as watched:
        for scale in (1.0, math.inf, 2.0):
            (w * scale).sum().backward()  # type: ignore[no-untyped-call]
    (caught,) = watched.recordings
    assert caught.step == 1
    assert caught.loss == math.inf
    assert caught.health() is not None


def test_that_it_decorates_a_function_and_goes_on_counting() -> None:
    model = _net()
    watched = gradviz.watch(model, every=4)

    @watched
    def train() -> None:
        _train(model, 3)

    train()
    train()
    _train(model, 3)
    assert watched.steps == 6
    assert [each.step for each in watched.recordings] == [0, 4]


def test_that_recordings_answer_as_captures_do(tmp_path: Path) -> None:
    model = _net()
    unused = nn.Parameter(torch.ones(2))
    model.register_parameter("unused", unused)
    with gradviz.watch(model) as watched:
        _train_once(model)
    (recorded,) = watched.recordings
    assert [each.name for each in recorded.missing()] == ["unused"]
    assert recorded.nodes
    assert recorded.save(tmp_path / "pass.svg").read_text().startswith("<?xml")
    assert recorded.backward() is recorded.backward_pass
    with pytest.raises(GradvizError, match="freed"):
        recorded.check()
    with pytest.raises(GradvizError, match="has run"):
        recorded.backward(torch.ones(()))


def _train_once(model: nn.Module) -> None:
    model(torch.randn(5, 3)).mean().backward()


def test_that_the_error_of_a_pass_is_the_users_own() -> None:
    class Broken(torch.autograd.Function):
        @staticmethod
        def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:
            return x.clone()

        @staticmethod
        def backward(ctx: object, *gradients: torch.Tensor) -> torch.Tensor:
            raise ZeroDivisionError("mine")

    w = torch.ones(2, requires_grad=True)
    with gradviz.watch({"w": w}) as watched, pytest.raises(ZeroDivisionError, match="mine"):
        Broken.apply(w).sum().backward()  # type: ignore[no-untyped-call]
    assert watched.recordings == ()
    assert watched.failures == []


def test_that_training_goes_on_where_a_pass_cannot_be_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("gradviz.api.watches.WatchedPass", fail)
    model = _net()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with gradviz.watch(model) as watched:
            losses = _train(model, 3)
    assert losses == _train(_net(), 3)
    assert watched.steps == 3
    assert len(watched.failures) == 3
    assert [str(each.message) for each in told] == watched.failures[:1]


def test_that_two_watches_hear_the_same_pass() -> None:
    model = _net()
    with gradviz.watch(model, every=2) as outer, gradviz.watch(model, every=3) as inner:
        _train(model, 7)
    assert [each.step for each in outer.recordings] == [0, 2, 4, 6]
    assert [each.step for each in inner.recordings] == [0, 3, 6]


@pytest.mark.parametrize("options", [{"every": 0}, {"every": -1}, {"keep": 0}, {"when": "often"}])
def test_that_an_option_that_does_not_work_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingError):
        gradviz.watch(_net(), **options)


def test_that_a_model_without_tensors_is_refused() -> None:
    with pytest.raises(GradvizError, match="no tensor"):
        gradviz.watch(3)


def test_that_a_file_of_a_pass_names_the_model(tmp_path: Path) -> None:
    model = _net()
    with gradviz.watch(model) as watched:
        _train(model, 1)
    content = watched.recordings[0].save(tmp_path / "pass.dot").read_text()
    assert "model: Sequential" in content
