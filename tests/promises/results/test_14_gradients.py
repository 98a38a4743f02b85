"""A gradient that is shown is the gradient that torch computes, bit for bit on the same device."""

from functools import partial

import pytest
import torch
from hypothesis import given, settings
from plain_backward import assert_recorded_as_by_backward, numbers
from promised import Tell, extent
from random_image_networks import CHANNELS, SIDE, ImageNetwork, ImagePlan, image_plans
from random_networks import Network, Plan, plans

EXAMPLES = extent(15, 1000)


@pytest.mark.parametrize("kind", ["shared weights", "images"])
def test_that_the_gradients_of_random_networks_are_those_of_plain_backward(
    kind: str, tell: Tell
) -> None:
    held: list[int] = []

    @given(plans())
    @settings(max_examples=EXAMPLES)
    def dense(plan: Plan) -> None:
        held.append(_held_to_backward(plan.built(), plan.built()))

    @given(image_plans(), numbers(2 * CHANNELS * SIDE * SIDE))
    @settings(max_examples=EXAMPLES)
    def convolved(plan: ImagePlan, images: torch.Tensor) -> None:
        network = plan.built()
        held.append(_held_to_backward_of(network, network.copied(), images))

    dense() if kind == "shared weights" else convolved()
    tell(f"{sum(held)} of {sum(held)} gradients of {len(held)} networks ({kind}) bit for bit")


def _held_to_backward(network: Network, plain: Network) -> int:
    leaves, plain_leaves = dict(network.named_parameters()), dict(plain.named_parameters())
    assert_recorded_as_by_backward(lambda _: network(), leaves, lambda _: plain(), plain_leaves)
    return sum(leaf.grad is not None for leaf in plain_leaves.values())


def _held_to_backward_of(network: ImageNetwork, plain: ImageNetwork, images: torch.Tensor) -> int:
    images = images.view(2, CHANNELS, SIDE, SIDE)
    leaves, plain_leaves = (
        {**dict(one.named_parameters()), "images": images.clone().requires_grad_()}
        for one in (network, plain)
    )
    assert_recorded_as_by_backward(
        partial(_run, network, leaves["images"]),
        leaves,
        partial(_run, plain, plain_leaves["images"]),
        plain_leaves,
    )
    return sum(leaf.grad is not None for leaf in plain_leaves.values())


def _run(network: ImageNetwork, images: torch.Tensor, made: list[torch.Tensor]) -> torch.Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return network.run(images, made)
