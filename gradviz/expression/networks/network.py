"""A network as it is typed: layers of a table, whose arguments and shapes are checked."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gradviz.core.choices.catalogue import Target
from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.expression.limits import MAX_CHARACTERS, refusal
from gradviz.expression.networks.layer import TypedLayer
from gradviz.expression.networks.layer_row import MisfitError, Shape
from gradviz.expression.networks.shape_rules import told
from gradviz.expression.tree import Span

MOST_LAYERS: Final = 64
MOST_PARAMETERS: Final = 1_000_000
#: A fit has one input, x; a point of a plane has two.
_INPUTS: Final = (1, 2)
_MOST_CLASSES: Final = 16


@dataclass(frozen=True, slots=True)
class Network:
    """Layers that are run one after the other, as nn.Sequential runs them.

    Attributes:
        layers: At least one of them has parameters.
        shapes: The shape of the input for each point, and those of the outputs of each layer.
    """

    layers: tuple[TypedLayer, ...]
    shapes: tuple[Shape, ...]

    @property
    def text(self) -> str:
        """Return it as it is typed, on one line."""
        return network_text(self.layers)

    @property
    def inputs(self) -> int:
        """Return how many numbers it takes for each point."""
        return math.prod(self.shapes[0])

    @property
    def outputs(self) -> int:
        """Return how many numbers it gives for each point."""
        return math.prod(self.shapes[-1])

    @property
    def parameters(self) -> Mapping[str, Shape]:
        """Return the shapes of its parameters by their names in nn.Sequential: `0.weight`."""
        return parameter_shapes(self.layers)

    @property
    def target(self) -> Target:
        """Return the kind of its target: with several outputs, there is one for each class."""
        return "classes" if self.outputs > 1 else "values"

    @property
    def loss(self) -> str:
        """Return the loss that goes with its inputs and its last layer, by its name."""
        if self.inputs == 1:
            return "squared errors"
        if self.target == "classes":
            return "cross-entropy"
        last = self.layers[-1].row.name
        return "BCELoss, mean" if last in ("Sigmoid", "Hardsigmoid") else "BCEWithLogitsLoss, mean"

    @property
    def count(self) -> int:
        """Return how many numbers training finds."""
        return sum(map(math.prod, self.parameters.values()))

    @property
    def single_parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters that are one number."""
        return tuple(name for name, shape in self.parameters.items() if math.prod(shape) == 1)

    @property
    def random(self) -> bool:
        """Tell whether a layer draws random numbers in training."""
        return any(layer.row.random for layer in self.layers)

    @property
    def of_batch(self) -> bool:
        """Tell whether a layer compares the points with one another."""
        return any(layer.row.of_batch for layer in self.layers)


def network_text(layers: Sequence[TypedLayer]) -> str:
    """Return layers as they are typed, on one line."""
    return ", ".join(layer.text for layer in layers)


def parameter_shapes(layers: Sequence[TypedLayer]) -> dict[str, Shape]:
    """Return the shapes of the parameters of layers by their names in nn.Sequential."""
    return {
        f"{place}.{name}": shape
        for place, layer in enumerate(layers)
        for name, shape in layer.row.parameters(layer.options).items()
    }


def parse_network(text: str) -> Network:
    """Return the network in `text`; raise ExpressionError, with the place, where there is none.

    `nn.` and `torch.nn.` before names, `nn.Sequential(…)`, square brackets and `model =` around
    the layers, and a comma behind the last one are taken too. Nothing that is typed is executed.
    """
    # lark takes longer to import than a window may take to come up.
    from gradviz.expression.networks.layer_reading import read_layers

    if len(text) > MAX_CHARACTERS:
        raise refusal(
            tr("The network has {count} characters.", count=counted(len(text))),
            tr("At most {most} are allowed.", most=counted(MAX_CHARACTERS)),
            text,
            (MAX_CHARACTERS, len(text)),
        )
    layers = read_layers(text)
    _check_sizes(layers, text)
    return _fitted(layers, text)


def _check_sizes(layers: Sequence[TypedLayer], text: str) -> None:
    if len(layers) > MOST_LAYERS:
        raise refusal(
            tr("The network has {count} layers.", count=len(layers)),
            tr("At most {most} are allowed.", most=MOST_LAYERS),
            text,
            layers[MOST_LAYERS].span,
        )
    total = 0
    for layer in layers:
        total += sum(map(math.prod, layer.row.parameters(layer.options).values()))
        if total > MOST_PARAMETERS:
            raise refusal(
                tr("With this layer the network has {count} parameters.", count=counted(total)),
                tr(
                    "At most {most} are allowed: use narrower layers.",
                    most=counted(MOST_PARAMETERS),
                ),
                text,
                layer.span,
            )
    if not total:
        raise refusal(
            tr("There is nothing to train: no layer has parameters."),
            tr("Add such as Linear(1, 16)."),
            text,
            _whole(layers),
        )


def _whole(layers: Sequence[TypedLayer]) -> Span:
    return layers[0].span[0], layers[-1].span[1]


def _fitted(layers: tuple[TypedLayer, ...], text: str) -> Network:
    """Return the network for the number of inputs that its layers take."""
    errors: list[tuple[int, ExpressionError]] = []
    for inputs in _INPUTS:
        shapes: list[Shape] = []
        try:
            for shape in _shapes(layers, (inputs,), text):
                shapes.append(shape)  # noqa: PERF402 - those before an error count
            network = Network(layers, tuple(shapes))
            _check_ends(network, text)
        except ExpressionError as error:
            errors.append((len(shapes), error))
        else:
            return network
    # That of the inputs with which more layers fit.
    raise max(errors, key=lambda each: each[0])[1]


def _shapes(layers: Sequence[TypedLayer], shape: Shape, text: str) -> Iterator[Shape]:
    """Yield the shape of the input and those after each layer."""
    yield shape
    # In place, the first layers would change x itself.
    keeps_input = True
    for layer in layers:
        try:
            shape = layer.row.shape(layer.options, shape)
        except MisfitError as error:
            where = layer.spans.get(error.argument, layer.span)
            message = tr(
                "{layer} does not fit: {reason}", layer=layer.row.name, reason=error.message
            )
            raise refusal(message, error.hint, text, where) from None
        if keeps_input and layer.options.get("inplace"):
            raise refusal(
                tr("{layer} would change x itself, in place.", layer=layer.row.name),
                tr("Leave out inplace=True."),
                text,
                layer.spans.get("inplace", layer.span),
            )
        keeps_input = keeps_input and layer.row.passes_on
        yield shape


def _check_ends(network: Network, text: str) -> None:
    shape = network.shapes[-1]
    if network.inputs == 1 and shape != (1,):
        raise refusal(
            tr(
                "The network gives {shape} numbers for each x, and the target is one.",
                shape=told(shape),
            ),
            tr("End it with such as {layer}.", layer=f"Linear({shape[-1]}, 1)"),
            text,
            network.layers[-1].span,
        )
    if len(shape) > 1 or shape[0] > _MOST_CLASSES:
        raise refusal(
            tr("The network gives {shape} numbers for each point.", shape=told(shape)),
            tr(
                "End it with one output for two classes, or with one for each class, at most "
                "{most}.",
                most=_MOST_CLASSES,
            ),
            text,
            network.layers[-1].span,
        )
