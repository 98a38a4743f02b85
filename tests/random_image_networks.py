"""Small networks over images made at random: convolutions, norms, activations, sums and losses."""

import copy
from dataclasses import dataclass

import torch
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional

CHANNELS, SIDE, CLASSES = 4, 4, 3
_ACTIVATIONS = (nn.ReLU, nn.GELU, nn.SiLU, nn.Tanh, nn.Softplus, nn.Hardtanh, nn.LeakyReLU)
_BLOCKS = ("conv", "depthwise", "linear", "batch", "group", "layer", "pool", "dropout", "in place")
_LOSSES = ("sum", "mse", "l1", "smooth_l1", "cross_entropy", "bce", "kl", "nll")


@dataclass(frozen=True)
class Block:
    """One block: a layer with an activation behind it, and its input added where `skips` says so.

    `activation` counts activations, modulo how many there are.
    """

    layer: str
    activation: int
    skips: bool


@dataclass(frozen=True)
class ImagePlan:
    """A whole network: its blocks, its loss and the seed of its weights."""

    blocks: tuple[Block, ...]
    loss: str
    seed: int

    def built(self) -> "ImageNetwork":
        """Return the network; nothing else is drawn from torch's generator."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            return ImageNetwork(self)


class ImageNetwork(nn.Module):
    """Runs a plan on images of shape (images, CHANNELS, SIDE, SIDE), to a scalar."""

    def __init__(self, plan: ImagePlan) -> None:
        super().__init__()
        self.plan = plan
        self.layers = nn.ModuleList(_layer(block.layer) for block in plan.blocks)
        self.activations = nn.ModuleList(
            _ACTIVATIONS[block.activation % len(_ACTIVATIONS)]() for block in plan.blocks
        )
        self.head = nn.Linear(CHANNELS, CLASSES)

    def run(self, images: torch.Tensor, made: list[torch.Tensor]) -> torch.Tensor:
        """Return the loss, of shape (), and put every result on the way into `made`."""
        value = images * 1
        made.append(value)
        for block, layer, activation in zip(
            self.plan.blocks, self.layers, self.activations, strict=True
        ):
            result = layer(value)
            made.append(result)
            if block.layer == "in place":
                made[-1] = functional.relu_(result)
            else:
                result = activation(result)
                made.append(result)
            if block.skips:
                result = result + value
                made.append(result)
            value = result
        scores = self.head(value.mean(dim=(2, 3)))
        made.append(scores)
        return _loss(self.plan.loss, scores)

    def copied(self) -> "ImageNetwork":
        """Return a network of its own with the same weights."""
        return copy.deepcopy(self)


def image_plans() -> st.SearchStrategy[ImagePlan]:
    """Return networks of one to five blocks."""
    block = st.builds(Block, st.sampled_from(_BLOCKS), st.integers(0, 6), st.booleans())
    return st.builds(
        ImagePlan,
        blocks=st.lists(block, min_size=1, max_size=5).map(tuple),
        loss=st.sampled_from(_LOSSES),
        seed=st.integers(0, 2**16),
    )


def _layer(name: str) -> nn.Module:
    match name:
        case "conv" | "in place":
            return nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1)
        case "depthwise":
            return nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1, groups=CHANNELS, bias=False)
        case "linear":
            return nn.Linear(SIDE, SIDE)
        case "batch":
            return nn.BatchNorm2d(CHANNELS)
        case "group":
            return nn.GroupNorm(2, CHANNELS)
        case "layer":
            return nn.LayerNorm([SIDE, SIDE])
        case "pool":
            return nn.MaxPool2d(3, stride=1, padding=1)
        case _:
            return nn.Dropout(0.3)


def _loss(name: str, scores: torch.Tensor) -> torch.Tensor:
    target = torch.linspace(0, 1, scores.numel()).view_as(scores)
    labels = torch.arange(len(scores)) % CLASSES
    match name:
        case "sum":
            return scores.sum()
        case "mse":
            return functional.mse_loss(scores, target)
        case "l1":
            return functional.l1_loss(scores, target)
        case "smooth_l1":
            return functional.smooth_l1_loss(scores, target)
        case "cross_entropy":
            return functional.cross_entropy(scores, labels)
        case "bce":
            return functional.binary_cross_entropy_with_logits(scores, target)
        case "kl":
            return functional.kl_div(scores.log_softmax(dim=1), target, reduction="batchmean")
        case _:
            return functional.nll_loss(scores.log_softmax(dim=1), labels)
