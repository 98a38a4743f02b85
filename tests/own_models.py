"""Files as users write them, and how the tests build what is in them."""

from pathlib import Path
from textwrap import dedent

import msgspec
from real_models import RealModel

from gradviz.core.choices.settings import Model
from gradviz.engine.machine import Machine
from gradviz.own.siblings import read_model_files
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import CommandFailed, Event, ModelBuilt

HEAD = "import torch\nfrom torch import nn\n\n"

#: A Function whose derivative is right where FACTOR is 3.
CUBE = """
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * FACTOR * x ** 2


"""

NET = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self, inputs=3, *, hidden=4):
            super().__init__()
            self.first = nn.Linear(inputs, hidden)
            self.second = nn.Linear(hidden, 2)

        def forward(self, x):
            return self.second(torch.tanh(self.first(x)))


    def example_inputs():
        return torch.randn(5, 3)
    """
)


def written(folder: Path, content: str, name: str = "net.py") -> Path:
    """Write a file, and return where."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def model_of(path: Path, name: str = "", **choices: str) -> Model:
    """Return the model in a file that is trusted as it stands, with those that it imports."""
    files = read_model_files(str(path))
    model = Model(
        source=f"{path}:{name}" if name else str(path),
        trusted=files.file.hash,
        trusted_beside=files.hashes_beside,
    )
    return msgspec.structs.replace(model, **choices)


def choice_of(model: RealModel) -> Model:
    """Return the choice that builds a model of the tables, as a user would type it."""
    return model_of(
        model.file,
        model.class_name,
        arguments=model.arguments,
        inputs=model.inputs,
        output=model.output,
    )


def built_in(machine: Machine, model: Model) -> ModelBuilt:
    """Build a model that can be built."""
    events: list[Event] = list(machine.handle(BuildModel(1, model)))
    assert isinstance(events[0], ModelBuilt), events[0]
    return events[0]


def refused(model: Model) -> CommandFailed:
    """Return why a model is not built."""
    (event,) = Machine().handle(BuildModel(1, model))
    assert isinstance(event, CommandFailed)
    return event
