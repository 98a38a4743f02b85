"""A small transformer to open: gradviz graph examples/attention.py:Transformer --trust."""

import torch
from torch import nn


class Block(nn.Module):
    """Attention and a feed-forward part, each with a residual connection."""

    def __init__(self, width: int) -> None:
        """Make the layers."""
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, 2, batch_first=True)
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return a tensor of the shape of `x`, (batch, length, width)."""
        inner = self.norm(x)
        x = x + self.attention(inner, inner, inner)[0]
        result: torch.Tensor = x + self.feed_forward(x)
        return result


class Transformer(nn.Module):
    """Words in, scores of the next word out."""

    def __init__(self, words: int = 50, width: int = 16, depth: int = 4) -> None:
        """Make the layers."""
        super().__init__()
        self.embedding = nn.Embedding(words, width)
        self.blocks = nn.Sequential(*(Block(width) for _ in range(depth)))
        self.scores = nn.Linear(width, words)

    def forward(self, text: torch.Tensor) -> torch.Tensor:
        """Return (batch, length, words) scores of a text of shape (batch, length)."""
        scores: torch.Tensor = self.scores(self.blocks(self.embedding(text)))
        return scores


def example_inputs() -> torch.Tensor:
    """Return two texts of six words."""
    return torch.randint(0, 50, (2, 6))


if __name__ == "__main__":
    import gradviz

    torch.manual_seed(0)
    captured = gradviz.capture(Transformer(), inputs=example_inputs(), depth=3)
    print(captured)
    print(captured.save("attention.svg"))
