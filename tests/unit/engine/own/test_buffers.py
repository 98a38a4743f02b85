"""The buffers of a module are those of before a step when that step is run again."""

import torch
from torch import nn

from gradviz.engine.own.buffers import Buffers


class Counter(nn.Module):
    """A module that counts how often it was run."""

    count: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("count", torch.zeros(()))

    def run(self, buffers: Buffers, step: int) -> float:
        """Run it as at a step, and return how far it had counted before."""
        buffers.restore(step)
        before = float(self.count)
        self.count += 1
        return before


def test_that_a_step_starts_from_the_same_buffers_however_often_it_is_run() -> None:
    module = Counter()
    buffers = Buffers(module)
    steps = (0, 0, 1, 1, 2, 2, 2, 3)
    assert [module.run(buffers, step) for step in steps] == [0, 0, 1, 1, 2, 2, 2, 3]
    assert module.run(buffers, 0) == 0


def test_that_buffers_return_to_a_moment() -> None:
    module = Counter()
    buffers = Buffers(module)
    for step in range(3):
        module.run(buffers, step)
    moment = buffers.memory()
    for step in range(3, 6):
        module.run(buffers, step)
    buffers.recall(moment)
    assert float(module.count) == 3
    assert module.run(buffers, 2) == 2
    assert module.run(buffers, 3) == 3


class Growing(nn.Module):
    """A module whose buffer and attribute get another shape, as those of observers do."""

    seen: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("seen", torch.zeros(0))
        self.kept = torch.zeros(0)

    def grow(self) -> None:
        for tensor in (self.seen, self.kept):
            tensor.resize_(tensor.numel() + 2).fill_(1.0)


def test_that_tensors_return_to_the_shape_that_they_had() -> None:
    module = Growing()
    buffers = Buffers(module)
    module.grow()
    buffers.follow_attributes()
    shapes = []
    for step in (0, 1, 1, 2):
        buffers.restore(step)
        shapes.append((tuple(module.seen.shape), tuple(module.kept.shape)))
        module.grow()
    assert shapes == [((0,), (0,)), ((2,), (2,)), ((2,), (2,)), ((4,), (4,))]
    buffers.restore(0)
    assert module.seen.numel() == 0


def test_that_a_shape_is_put_back_in_the_same_tensor() -> None:
    module = Growing()
    seen, buffers = module.seen, Buffers(module)
    module.grow()
    graph_of_it = module.seen.view(2)
    buffers.restore(0)
    assert module.seen is seen
    assert graph_of_it.tolist() == [1.0, 1.0]


def test_that_a_module_without_buffers_has_nothing_to_return_to() -> None:
    buffers = Buffers(nn.Linear(1, 1))
    buffers.restore(4)
    assert buffers.memory() is None
    buffers.recall(None)
