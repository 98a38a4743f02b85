"""A graph that PyTorch's compiler traced, as data: of an fx graph, or of the text of one.

AOTAutograd keeps an fx graph where the backend leaves it as it is. Inductor keeps the text of the
graph that it compiled, with the shape of each value; it is parsed, and never executed.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

import torch
from torch import fx

#: A size that is a number, or the name or formula of one that may change from call to call.
TracedSize = int | str

_DTYPES: Final[Mapping[str, str]] = {
    **{f"f{bits}": f"float{bits}" for bits in (16, 32, 64)},
    **{f"i{bits}": f"int{bits}" for bits in (8, 16, 32, 64)},
    **{f"u{bits}": f"uint{bits}" for bits in (8, 16, 32, 64)},
    "bf16": "bfloat16",
    "b8": "bool",
    "c64": "complex64",
    "c128": "complex128",
}
#: `f32[3, 8][8, 1]cpu` and `f32[3, 8]`; the second brackets hold the strides.
_TENSOR: Final = re.compile(r"(\w+)\[(.*?)\](?:\[.*?\])?(.*)")
_SYMBOL: Final = re.compile(r"Sym\((.*)\)")
#: `L['self'].h.0` and, of an entry of a module itself, `L['self']._modules['h']`.
_DYNAMO_PREFIX: Final = re.compile(r"^[LG]\['\w+'\]")
_INDEX: Final = re.compile(r"(?:\._modules)?\['?(\w+)'?\]")
#: Before the names of PyTorch's operations, which all begin so.
_OPERATIONS: Final = "torch.ops."


class TracedNode(NamedTuple):
    """One value of a traced graph.

    Attributes:
        name: Its name in that graph, `addmm_1`.
        kind: An argument of the graph, an operation, or a constant that the graph holds.
        target: The operation, `aten.addmm.default`; empty for an argument.
        inputs: The names of the values that it is computed from, each once.
        shape: Its sizes; None of a value that is no tensor, or whose shape was not kept.
        dtype, device: As PyTorch names them; empty where they were not kept.
        symbol: The name or formula of a size, where the value is a size.
        modules: The modules around the operation, or around that of the forward pass which it is
            the derivative of, as paths with classes, the outermost first; () where none is kept.
    """

    name: str
    kind: Literal["argument", "operation", "constant"]
    target: str = ""
    inputs: tuple[str, ...] = ()
    shape: tuple[TracedSize, ...] | None = None
    dtype: str = ""
    device: str = ""
    symbol: str = ""
    modules: tuple[tuple[str, str], ...] = ()

    @property
    def op(self) -> str:
        """Return `addmm` of the operation `aten.addmm.default`."""
        parts = self.target.split(".")
        return parts[-2] if len(parts) > 2 else parts[-1]


class TracedGraph(NamedTuple):
    """The values of a traced graph in their order, and the names of those that it returns.

    A returned value that is None, or no value of the graph, has no name.
    """

    nodes: tuple[TracedNode, ...]
    outputs: tuple[str | None, ...]
    #: Whether inductor has compiled it, by operations of its own.
    by_inductor: bool = False

    @property
    def arguments(self) -> tuple[TracedNode, ...]:
        """Return the arguments of the graph in their order."""
        return tuple(node for node in self.nodes if node.kind == "argument")

    @property
    def operations(self) -> tuple[str, ...]:
        """Return the names of the operations in their order."""
        return tuple(node.op for node in self.nodes if node.kind == "operation")


# An fx graph


def traced(module: fx.GraphModule) -> TracedGraph:
    """Return the graph of a module of fx."""
    nodes: list[TracedNode] = []
    outputs: tuple[str | None, ...] = ()
    for node in module.graph.nodes:
        if node.op == "output":
            outputs = tuple(_returned(node.args))
        else:
            nodes.append(_of_fx(node))
    return TracedGraph(tuple(nodes), outputs)


def _returned(args: Any) -> Iterator[str | None]:
    (values,) = args
    for value in values if isinstance(values, tuple | list) else (values,):
        yield value.name if isinstance(value, fx.Node) else None


def _of_fx(node: fx.Node) -> TracedNode:
    value = node.meta.get("val", node.meta.get("tensor_meta"))
    if isinstance(value, tuple | list) and not hasattr(value, "shape"):
        # Of an operation with several results each is taken out by another node.
        value = next((each for each in value if isinstance(each, torch.Tensor)), None)
    shape = getattr(value, "shape", None)
    is_size = isinstance(value, torch.SymInt | torch.SymFloat | torch.SymBool)
    return TracedNode(
        name=node.name,
        kind=_KINDS.get(node.op, "operation"),
        target="" if node.op == "placeholder" else _target(node.target),
        inputs=tuple(dict.fromkeys(each.name for each in node.all_input_nodes)),
        shape=None if shape is None else tuple(map(_size, shape)),
        dtype=str(getattr(value, "dtype", "")).removeprefix("torch."),
        device=str(getattr(value, "device", "")),
        symbol=str(value) if is_size else "",
        modules=tuple(_modules(node.meta)),
    )


def _modules(meta: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the modules around an operation, without the prefix that dynamo gives their paths."""
    stack = meta.get("nn_module_stack") or meta.get("fwd_nn_module_stack")
    for told in stack.values() if isinstance(stack, Mapping) else ():
        if not isinstance(told, tuple | list) or len(told) < 2:
            continue
        path = _DYNAMO_PREFIX.sub("", str(told[0]))
        path = _INDEX.sub(r".\1", path).strip(".")
        if path:
            kind = told[1]
            yield path, getattr(kind, "__name__", str(kind).rpartition(".")[2])


_KINDS: Final[Mapping[str, Literal["argument", "constant"]]] = {
    "placeholder": "argument",
    "get_attr": "constant",
}


def _target(target: Any) -> str:
    """Return `aten.mm.default` of an operation, `getitem` of a function, an attribute's name."""
    if isinstance(target, str):
        return target
    if hasattr(target, "overloadpacket"):
        return str(target)
    return str(getattr(target, "__name__", target))


def _size(size: Any) -> TracedSize:
    """Return a size as a number; one that may change as its formula."""
    return size if isinstance(size, int) else str(size)


# A text


def parsed(text: str) -> TracedGraph | None:
    """Return the graph whose text inductor kept; None where the text is of another form."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = next((each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)), None)
    if found is None or found.name != "forward":
        return None
    return _of_function(found)


def _of_function(function: ast.FunctionDef) -> TracedGraph:
    arguments = [each for each in function.args.args if each.arg != "self"]
    nodes = {
        each.arg: TracedNode(each.arg, "argument", **_told(each.annotation)) for each in arguments
    }
    outputs: tuple[str | None, ...] = ()
    for statement in function.body:
        if isinstance(statement, ast.Return):
            outputs = tuple(_names_returned(statement.value, nodes))
        elif (node := _of_statement(statement, nodes)) is not None:
            nodes[node.name] = node
    return TracedGraph(tuple(nodes.values()), outputs, by_inductor=True)


def _of_statement(statement: ast.stmt, known: Mapping[str, TracedNode]) -> TracedNode | None:
    """Return the value that a statement computes; None where it only lets others go."""
    place: ast.expr
    value: ast.expr | None
    annotation: ast.expr | None = None
    if isinstance(statement, ast.AnnAssign):
        place, value, annotation = statement.target, statement.value, statement.annotation
    elif isinstance(statement, ast.Assign):
        place, value = statement.targets[0], statement.value
    else:
        return None
    if not isinstance(place, ast.Name) or value is None or isinstance(value, ast.Constant):
        return None
    is_constant = isinstance(value, ast.Attribute)
    return TracedNode(
        place.id,
        "constant" if is_constant else "operation",
        _target_of(value),
        () if is_constant else _inputs_of(value, known),
        **_told(annotation),
    )


def _target_of(value: ast.expr) -> str:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).removeprefix(_OPERATIONS)
    if isinstance(value, ast.Subscript):
        return "getitem"
    if isinstance(value, ast.BinOp):
        return type(value.op).__name__.lower()
    return ast.unparse(value).removeprefix("self.")


def _inputs_of(value: ast.expr, known: Mapping[str, TracedNode]) -> tuple[str, ...]:
    named = [each for each in ast.walk(value) if isinstance(each, ast.Name) and each.id in known]
    named.sort(key=lambda each: (each.lineno, each.col_offset))
    return tuple(dict.fromkeys(each.id for each in named))


def _names_returned(
    value: ast.expr | None, known: Mapping[str, TracedNode]
) -> Iterator[str | None]:
    values: Iterable[ast.expr | None] = (value,)
    if isinstance(value, ast.Tuple | ast.List):
        values = value.elts
    for each in values:
        yield each.id if isinstance(each, ast.Name) and each.id in known else None


def _told(annotation: ast.expr | None) -> dict[str, Any]:
    """Return shape, type and device, or the formula of a size, by the note beside a value."""
    text = annotation.value if isinstance(annotation, ast.Constant) else ""
    if not isinstance(text, str):
        return {}
    if size := _SYMBOL.fullmatch(text):
        return {"symbol": size[1]}
    tensor = _TENSOR.fullmatch(text)
    if tensor is None:
        return {}
    dtype, sizes, device = tensor.groups()
    return {
        "shape": tuple(int(each) if each.isdigit() else each for each in _parts(sizes)),
        "dtype": _DTYPES.get(dtype, dtype),
        "device": device,
    }


def _parts(sizes: str) -> Iterator[str]:
    """Yield the sizes of `3, 8, Max(1, s0)`: a comma within brackets ends none."""
    depth, begun = 0, ""
    for sign in sizes:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield begun.strip()
            begun = ""
        else:
            begun += sign
    if begun.strip():
        yield begun.strip()
