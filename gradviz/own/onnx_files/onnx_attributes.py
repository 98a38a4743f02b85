"""What an operator of an ONNX graph is set to, in words."""

from collections.abc import Sequence
from typing import Any, Final

from gradviz.core.graphs.tensors import shape_text
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted, short

_LONGEST: Final = 60
_MOST_TOLD: Final = 12


def attributes_text(operator: Any) -> str:
    """Return the attributes of an operator, such as `axis = 1, kernel_shape = [3, 3]`."""
    return ", ".join(
        f"{each.name} = {_value_text(each)}" for each in operator.attribute[:_MOST_TOLD]
    )


def constant_of(operator: Any) -> Any:
    """Return the tensor that a Constant gives; None of any other operator."""
    if operator.op_type != "Constant":
        return None
    return next((each.t for each in operator.attribute if each.HasField("t")), None)


def _value_text(attribute: Any) -> str:
    from onnx import AttributeProto

    match attribute.type:
        case AttributeProto.INT:
            return str(attribute.i)
        case AttributeProto.FLOAT:
            return short(attribute.f)
        case AttributeProto.STRING:
            return _text(attribute.s)
        case AttributeProto.INTS:
            return _listed([str(each) for each in attribute.ints[: _MOST_TOLD + 1]])
        case AttributeProto.FLOATS:
            return _listed([short(each) for each in attribute.floats[: _MOST_TOLD + 1]])
        case AttributeProto.STRINGS:
            return _listed([_text(each) for each in attribute.strings[: _MOST_TOLD + 1]])
        case AttributeProto.TENSOR:
            return tr("a tensor {shape}", shape=shape_text(attribute.t.dims))
        case AttributeProto.GRAPH:
            count = len(attribute.g.node)
            return tr_n(
                "a graph of {shown} operators",
                "a graph of {shown} operator",
                count,
                shown=counted(count),
            )
        case _:
            return "…"


def _text(value: bytes) -> str:
    found = value[: _LONGEST + 1].decode("utf-8", errors="replace")
    return found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"


def _listed(values: Sequence[str]) -> str:
    told = [*values[:_MOST_TOLD], "…"] if len(values) > _MOST_TOLD else values
    return f"[{', '.join(told)}]"
