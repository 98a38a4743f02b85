"""The models as a script writes them: what defines one, what makes it, and how it is called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gradviz.export.python_text import definitions, python_text, result_text
from gradviz.expression import FUNCTIONS, parse

_POLYNOMIAL: Final = "a + b x + c x^2 + d x^3"

_MODULE: Final = '''\
class Polynomial3(torch.nn.Module):
    """The polynomial of degree three with four scalar parameters."""

    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))

    def forward(self, x):
        return self.a + self.b * x + self.c * x ** 2 + self.d * x ** 3'''


_DYNAMIC: Final = '''\
class DynamicNet(torch.nn.Module):
    """A polynomial of degree three, and e x^4 and e x^5 with the same e where chance says so."""

    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))
        self.e = torch.nn.Parameter(torch.randn(()))

    def forward(self, x):
        y = self.a + self.b * x + self.c * x ** 2 + self.d * x ** 3
        for exp in range(4, random.randint(4, 6)):
            y = y + self.e * x ** exp
        return y'''


@dataclass(frozen=True, kw_only=True)
class ScriptModel:
    """One model in Python.

    Attributes:
        definition: Classes and functions, or empty.
        make: The lines that make the parameters on `device`, in the order they are drawn.
        y_pred: What the model gives for `x`.
        parameters: The parameters as they are named in the script, such as `a` or `model.a`.
        result: The inside of the f-string that prints the model with its numbers.
        criterion: A loss of torch.nn; empty for the sum of squared errors, written out.
        random: Whether the parameters are drawn from the generator.
        data: Lines that make more of `x` and `y`.
        uses_x: Whether y depends on x.
        is_module: Whether it is a `torch.nn.Module` named `model`.
        by_chance: Whether each forward pass asks Python's generator what to do.
        forward: Lines that compute `loss`, where that is not done from x and y.
        elements: Where the script has the parameters of one element, by the names of the equation;
            empty where the parameters are that.
    """

    definition: str = ""
    make: Sequence[str] = ()
    y_pred: str
    parameters: tuple[str, ...]
    result: str
    criterion: str = ""
    random: bool = True
    data: Sequence[str] = ()
    uses_x: bool = True
    is_module: bool = False
    by_chance: bool = False
    forward: Sequence[str] = ()
    elements: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[str, str]:
        """Return where the script has what training finds, by the names of the equation."""
        named = {name.removeprefix("model."): name for name in self.parameters}
        return self.elements or named

    @property
    def group(self) -> str:
        """Return what an optimizer of torch.optim takes."""
        return "model.parameters()" if self.is_module else f"[{', '.join(self.parameters)}]"


def expression_model(text: str) -> ScriptModel:
    """Return what was typed as a model; raises ExpressionError where it is no expression."""
    expression = parse(text)
    return ScriptModel(
        definition="\n\n\n".join(definitions(expression.tree)),
        make=tuple(_randomly_drawn(expression.parameters)),
        y_pred=python_text(expression.tree),
        parameters=expression.parameters,
        result=f"y = {result_text(expression.tree)}",
        random=bool(expression.parameters),
        uses_x=expression.uses_x,
    )


def _randomly_drawn(parameters: Sequence[str]) -> Iterator[str]:
    if parameters:
        yield "# Drawn on the CPU, so that a seed gives the same weights on every device."
    for name in parameters:
        yield f"{name} = torch.randn(()).to(device).requires_grad_()"


def _legendre() -> ScriptModel:
    starts = {"a": 0.0, "b": -1.0, "c": 0.0, "d": 0.3}
    return ScriptModel(
        definition=FUNCTIONS["P3"].definition,
        make=tuple(
            f"{name} = torch.full((), {start}, device=device, requires_grad=True)"
            for name, start in starts.items()
        ),
        y_pred="a + b * P3(c + d * x)",
        parameters=tuple(starts),
        result="y = {a.item()} + {b.item()} * P3({c.item()} + {d.item()} x)",
        random=False,
    )


def _module() -> ScriptModel:
    parameters = tuple(f"model.{name}" for name in "abcd")
    a, b, c, d = (f"{{{name}.item()}}" for name in parameters)
    return ScriptModel(
        definition=_MODULE,
        make=("model = Polynomial3().to(device)",),
        y_pred="model(x)",
        parameters=parameters,
        result=f"y = {a} + {b} x + {c} x^2 + {d} x^3",
        criterion=_SUM_OF_SQUARES,
        is_module=True,
    )


def _layer() -> ScriptModel:
    weights = (f"{{model[0].weight[:, {index}].item()}} {power}" for index, power in _POWERS)
    return ScriptModel(
        make=(
            "# A linear layer has a weight for each of x, x^2 and x^3, and the bias.",
            "model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1)).to(device)",
        ),
        data=(
            "p = torch.tensor([1, 2, 3], device=device)",
            "xx = x.unsqueeze(-1).pow(p)",
        ),
        y_pred="model(xx)",
        parameters=("model[0].weight", "model[0].bias"),
        elements={
            "a": "model[0].bias",
            **{name: f"model[0].weight[0, {index}]" for index, name in enumerate("bcd")},
        },
        result=f"y = {{model[0].bias.item()}} + {' + '.join(weights)}",
        criterion=_SUM_OF_SQUARES,
        is_module=True,
    )


def _dynamic() -> ScriptModel:
    parameters = tuple(f"model.{name}" for name in "abcde")
    a, b, c, d, e = (f"{{{name}.item()}}" for name in parameters)
    return ScriptModel(
        definition=_DYNAMIC,
        make=("model = DynamicNet().to(device)",),
        y_pred="model(x)",
        parameters=parameters,
        result=f"y = {a} + {b} x + {c} x^2 + {d} x^3 + {e} x^4 ? + {e} x^5 ?",
        criterion=_SUM_OF_SQUARES,
        is_module=True,
        by_chance=True,
    )


_POWERS: Final = ((0, "x"), (1, "x^2"), (2, "x^3"))
_SUM_OF_SQUARES: Final = 'torch.nn.MSELoss(reduction="sum")'
#: The ready-made models by the names of the catalogue.
NAMED: Final = {
    "autograd": expression_model(_POLYNOMIAL),
    "function": _legendre(),
    "nn": _layer(),
    "optim": _layer(),
    "module": _module(),
    "dynamic": _dynamic(),
}
