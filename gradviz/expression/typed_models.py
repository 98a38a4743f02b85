"""A typed model, an expression or a network, as far as it is known before it is built."""

from typing import NamedTuple

from gradviz.core.choices.catalogue import Mode
from gradviz.expression.networks import Network, names_network, parse_network
from gradviz.expression.parser import parse


class TypedModel(NamedTuple):
    """A text that is a model.

    Attributes:
        modes: Its modes, the one that suits it best first.
        starting: The names of the parameters whose start can be chosen.
        inputs: How many numbers it takes for each point in a fit.
    """

    modes: tuple[Mode, ...]
    starting: tuple[str, ...]
    inputs: int = 1


def typed_model(text: str) -> TypedModel:
    """Return the model in `text`; raise ExpressionError, with the place, where there is none."""
    if names_network(text):
        network = parse_network(text)
        return TypedModel(network_modes(network), network.single_parameters, network.inputs)
    expression = parse(text)
    modes: tuple[Mode, ...] = ("point", "fit") if expression.fittable else ("point",)
    return TypedModel(modes, expression.parameters)


def network_modes(network: Network) -> tuple[Mode, ...]:
    """Return the modes of a network: a single point has no mean over points, and no class."""
    return ("fit",) if network.of_batch or network.inputs > 1 else ("fit", "point")
