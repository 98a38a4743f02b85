"""Networks as they are typed: the table of layers, their grammar, their shapes and their errors."""

from gradviz.expression.networks.layer import TypedLayer
from gradviz.expression.networks.layer_row import LayerRow
from gradviz.expression.networks.layer_table import LAYERS
from gradviz.expression.networks.network import Network, network_text, parse_network
from gradviz.expression.networks.recognition import names_network, network_tokens

__all__ = [
    "LAYERS",
    "LayerRow",
    "Network",
    "TypedLayer",
    "names_network",
    "network_text",
    "network_tokens",
    "parse_network",
]
