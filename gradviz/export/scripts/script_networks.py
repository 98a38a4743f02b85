"""A typed network as a script writes it: nn.Sequential, layer by layer."""

import inspect
from collections.abc import Iterator

from gradviz.core.choices import drawn_points
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.plane_targets import checked_plane
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError, FieldError
from gradviz.core.number_text import counted
from gradviz.expression.networks import Network, parse_network


def network_model(model: Model) -> ModelScript:
    """Return a typed network; raises ExpressionError where the source is none."""
    network = parse_network(model.source)
    plane = _plane(model) if network.inputs == 2 else ""
    return ModelScript(
        definition=_drawing() if plane else "",
        make=tuple(_made(network)),
        y_pred=_y_pred(network),
        parameters=(),
        result=f"y = {network.text}, with {counted(network.count)} parameters",
        data=tuple(_points(model, network, plane)) if plane else (),
        is_module=True,
        plane=plane,
        before=tuple(_drawn_anew(model.seed)) if network.random else (),
        elements={name: f"model.get_parameter({name!r})" for name in network.single_parameters},
    )


def _plane(model: Model) -> str:
    try:
        return checked_plane(model.target)
    except FieldError as error:
        raise ExportError(error.message, error.hint) from error


def _y_pred(network: Network) -> str:
    if network.inputs == 1:
        return "model(x.reshape(-1, 1)).reshape(x.shape)"
    return "model(x).reshape(-1)" if network.outputs == 1 else "model(x)"


def _drawing() -> str:
    """Return the functions that draw the points, written out as they are."""
    source = inspect.getsource(drawn_points)
    return f"# {(drawn_points.__doc__ or '').strip()}\n{source.split(chr(34) * 3, 2)[2].strip()}"


def _points(model: Model, network: Network, plane: str) -> Iterator[str]:
    drawn = f"{model.points}, {float(model.noise)!r}, [{model.seed}]"
    yield f'points, labels = drawn("{plane}", {drawn})'
    yield f"x = torch.from_numpy(points).to(device, torch.{model.dtype})"
    moved = "device" if network.target == "classes" else f"device, torch.{model.dtype}"
    yield f"y = torch.from_numpy(labels).to({moved})"


def _made(network: Network) -> Iterator[str]:
    yield "# Drawn on the CPU, so that a seed gives the same weights on every device."
    yield "model = torch.nn.Sequential("
    for layer in network.layers:
        yield f"    torch.nn.{layer.text},"
    yield ").to(device)"


def _drawn_anew(seed: int) -> Iterator[str]:
    yield "# What is dropped is drawn anew at every step."
    yield f"torch.manual_seed({f'{seed} + t' if seed else 't'})"
