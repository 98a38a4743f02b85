"""A module whose graph is very long, in a file that is trusted, for benchmarks of large graphs."""

from hashlib import sha256
from pathlib import Path

from gradviz.core.choices.settings import Model


def written_chain(folder: Path, links: int, *, unused: bool = False) -> Model:
    """Write a module whose graph has 4 nodes for each link; a further parameter may be unused."""
    text = f"""
import torch

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.tensor(0.5))
        self.b = torch.nn.Parameter(torch.tensor(0.1))
        if {unused}:
            self.unused = torch.nn.Parameter(torch.tensor(0.1))

    def forward(self, x):
        total = self.b * x
        for _ in range({links}):
            total = torch.tanh(total * self.a + self.b) + x
        return total
"""
    path = folder / "net.py"
    path.write_text(text, encoding="utf-8")
    trusted = sha256(path.read_bytes()).hexdigest()
    return Model(source=f"{path}:Net", inputs="randn(1)", trusted=trusted)
