"""An ONNX file as it is read: within limits, and only where all of it lies in the file itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from gradviz.core.errors import GradvizError, OwnModelError, words_of
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted

#: Protocol buffers hold at most twice as much.
MAXIMUM_BYTES: Final = 1_000_000_000
#: Operators, inputs, outputs and parameters, and all that operators take and make.
MAXIMUM_PARTS: Final = 500_000
MAXIMUM_OPERATORS: Final = 50_000
#: Where a graph within an operator is nested deeper, nobody has made it by hand or by a program.
_DEEPEST: Final = 50
#: Names in a damaged file may have any length.
_LONGEST_FAULT: Final = 200
_OPERATORS: Final = marked("{file} has {count} operators; the limit is {limit}.")
_PARTS: Final = marked("{file} has {count} parts; the limit is {limit}.")


def read_onnx(path: Path) -> Any:
    """Return the `onnx.ModelProto` of a file, none of whose tensors lies in another file.

    Raises:
        OwnModelError: it cannot be read, is none, is damaged, too large, or not whole by itself.
    """
    content = _content(path)
    try:
        import onnx
    except ImportError as error:
        raise _refused(
            tr("An ONNX file is read by a package that is not installed."),
            tr("Install it: {command}.", command="pip install 'gradviz-studio[onnx]'"),
        ) from error
    model = onnx.ModelProto()
    try:
        model.ParseFromString(content)
        _check_model(path.name, model)
        _check_whole(path.name, model)
        _check_size(path.name, model)
    except GradvizError:
        raise
    except Exception as error:
        # What is no ONNX file raises errors of many kinds: of the parser, of texts in it.
        raise damaged(path.name) from error
    return model


def damaged(name: str, fault: str = "") -> OwnModelError:
    """Return the refusal of a file that holds no ONNX model, or not one that is in order."""
    if fault:
        message = tr(
            "{file} is no ONNX file, or is damaged ({fault}).",
            file=name,
            fault=fault[:_LONGEST_FAULT],
        )
    else:
        message = tr("{file} is no ONNX file, or is damaged.", file=name)
    return _refused(message, tr("Export the model again, or name another file."))


def graphs_within(node: Any) -> Iterator[Any]:
    """Yield the graphs that an operator holds itself, such as the branches of an If."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def operators_of(model: Any) -> Iterator[Any]:
    """Yield all operators, those in the graphs of operators and in functions of the file too.

    Raises:
        OwnModelError: graphs are nested too deep.
    """
    for nodes in (model.graph.node, *(each.node for each in model.functions)):
        yield from _operators(nodes, _DEEPEST)


def _operators(nodes: Any, deepest: int) -> Iterator[Any]:
    if deepest == 0:
        message = tr("The graphs of its operators are nested too deep.")
        raise _refused(message, tr("Name another file."))
    for node in nodes:
        yield node
        for graph in graphs_within(node):
            yield from _operators(graph.node, deepest - 1)


def _graphs(model: Any) -> Iterator[Any]:
    yield model.graph
    for node in operators_of(model):
        yield from graphs_within(node)


def _tensors(model: Any) -> Iterator[Any]:
    """Yield every tensor that the file holds, wherever it is."""
    sparse = []
    for graph in _graphs(model):
        yield from graph.initializer
        sparse += graph.sparse_initializer
    for node in operators_of(model):
        for attribute in node.attribute:
            yield attribute.t
            yield from attribute.tensors
            sparse += [attribute.sparse_tensor, *attribute.sparse_tensors]
    for each in sparse:
        yield each.values
        yield each.indices


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _refused(
                tr("{path} is a folder.", path=path)
                if path.is_dir()
                else tr("{path} does not exist.", path=path),
                tr("Name an ONNX file."),
            )
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise _refused(
            tr("{path} cannot be read: {reason}.", path=path, reason=words_of(error)),
            tr("Name another file."),
        ) from error
    if len(content) > MAXIMUM_BYTES:
        raise _refused(
            tr("{path} has more than {count} bytes.", path=path, count=counted(MAXIMUM_BYTES)),
            tr("Name a smaller file."),
        )
    return content


def _check_model(name: str, model: Any) -> None:
    """Raise OwnModelError for bytes that happen to be fields of something else."""
    if model.ir_version <= 0 or not model.HasField("graph") or not model.opset_import:
        raise damaged(name)


def _check_whole(name: str, model: Any) -> None:
    """Raise OwnModelError where a tensor lies in another file, which may be any file at all."""
    for tensor in _tensors(model):
        if tensor.data_location or tensor.external_data:
            raise _refused(
                tr("{file} keeps tensors in other files, which gradviz does not read.", file=name),
                tr("Save it as one file: onnx.save(onnx.load(path), new_path)."),
            )


def _check_size(name: str, model: Any) -> None:
    operators = [len(each.input) + len(each.output) for each in operators_of(model)]
    graph = model.graph
    parts = len(graph.input) + len(graph.output) + len(graph.initializer)
    _limit(name, len(operators), MAXIMUM_OPERATORS, _OPERATORS)
    _limit(name, parts + len(operators) + sum(operators), MAXIMUM_PARTS, _PARTS)


def _limit(name: str, count: int, most: int, told: str) -> None:
    if count > most:
        raise _refused(
            tr(told, file=name, count=counted(count), limit=counted(most)),
            tr("Export a part of the model."),
        )


def _refused(message: str, hint: str) -> OwnModelError:
    return OwnModelError(message, hint, field="source")
