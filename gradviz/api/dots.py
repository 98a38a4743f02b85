"""`gradviz.make_dot`: in the place of torchviz's, with all that its users ask for."""

from typing import Any, Final, NoReturn

from torch import nn

from gradviz.api.drawn_dot import DrawnDigraph
from gradviz.core.errors import GradvizError, SettingError
from gradviz.core.language.saying import tr
from gradviz.engine.captured.dot_lines import DotLines
from gradviz.engine.captured.tensor_names import given_names
from gradviz.engine.own.nested_tensors import Place, place_text, tensors_in

_NODES: Final = {
    "style": "filled",
    "shape": "box",
    "align": "left",
    "fontsize": "10",
    "ranksep": "0.1",
    "height": "0.2",
    "fontname": "monospace",
}
#: A page has so many inches for each line of the source, and at least so many.
_INCHES, _LEAST_INCHES = 0.15, 12


class TraceError(GradvizError, NotImplementedError):
    """A trace was to be drawn: nothing draws these any more."""


def make_dot(
    var: Any,
    params: Any = None,
    show_attrs: bool = False,
    show_saved: bool = False,
    max_attr_chars: int = 50,
) -> DrawnDigraph:
    """Return the autograd graph behind `var` as a `graphviz.Digraph`, as torchviz draws it.

    Functions of the backward pass are grey, leaves that require a gradient light blue, outputs
    green, the tensor that an output is a view of dark green, and saved tensors orange. `render` and
    `pipe` work where no Graphviz is installed.

    Args:
        var: A tensor, or a tuple, list, dict or dataclass of tensors, as a model returns them.
        params: Names for tensors, matched by identity: a dict of names and tensors, a module, or
            pairs such as `named_parameters()`. Inputs and outputs may be among them.
        show_attrs: Whether a function has a table of the settings that it has saved.
        show_saved: Whether the tensors are shown that PyTorch's own functions have saved; those of
            custom Functions always are.
        max_attr_chars: The number of characters after which a setting is cut.

    Raises:
        GradvizError: there is no tensor in `var` or in `params`.
    """
    found = tensors_in(var)
    if isinstance(var, nn.Module) or not found:
        raise SettingError(
            tr("There is no tensor to draw in this {type}.", type=type(var).__name__),
            tr(
                "Give the output of a computation, such as model(x); a module itself goes to "
                "params, or to gradviz.capture(module, inputs=x)."
            ),
        )
    body = DotLines(
        given_names(params),
        show_attrs=show_attrs,
        show_saved=show_saved,
        max_attr_chars=max_attr_chars,
    )
    for place, tensor in found.items():
        body.add(tensor, _name(place))
    size = max(_LEAST_INCHES, len(body.lines) * _INCHES)
    return DrawnDigraph(
        body=body.lines, node_attr=dict(_NODES), graph_attr={"size": f"{size},{size}"}
    )


def make_dot_from_trace(trace: Any) -> NoReturn:
    """Raise TraceError, as torchviz does: it is there for programs that import it."""
    raise TraceError(
        tr("A trace is not drawn: PyTorch has no such traces any more."),
        tr("Use gradviz.make_dot(model(x), params=model), or gradviz.capture(model, inputs=x)."),
    )


def _name(place: Place) -> str:
    """Return the name of an output; empty for one that has only a number, as in a tuple."""
    return "" if all(part.isdigit() for part in place) else place_text(place)
