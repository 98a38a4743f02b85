"""From a text to layers: their names are looked up in the table, their arguments checked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from gradviz.core.choices.options import OptionEntry, OptionValue
from gradviz.core.errors import ExpressionError, SettingError
from gradviz.core.language.saying import listed, marked, tr
from gradviz.expression.limits import refusal
from gradviz.expression.networks.call_tree import (
    BracketPart,
    CallPart,
    NamedPart,
    Part,
    Value,
    WordPart,
    read_parts,
)
from gradviz.expression.networks.layer import TypedLayer
from gradviz.expression.networks.layer_names import SEQUENTIAL, named_layer, nearest_layer
from gradviz.expression.networks.layer_row import Argument, LayerRow
from gradviz.expression.networks.layer_table import LAYERS
from gradviz.expression.tree import Span

_LONGEST_NUMBER: Final = 40
_FLAGS: Final = {"True": True, "False": False}
_EXAMPLE: Final = marked("Write such as Linear(1, 16), Tanh(), Linear(16, 1).")


def read_layers(text: str) -> tuple[TypedLayer, ...]:
    """Return the layers in `text`, at least one; raises ExpressionError with the place."""
    parts = _unwrapped(read_parts(text), text)
    if not parts:
        raise refusal(tr("There is no layer."), tr(_EXAMPLE), text, (0, len(text)))
    return tuple(_layer(part, text) for part in parts)


def _unwrapped(parts: Sequence[Part], text: str) -> Sequence[Part]:
    """Return the layers within `model =`, nn.Sequential(…) and brackets, where these are around."""
    while len(parts) == 1:
        match parts[0]:
            case NamedPart(value=value):
                parts = (value,)
            case BracketPart(parts=inner):
                parts = inner
            case CallPart(name=name, parts=inner) if named_layer(name.text) == SEQUENTIAL:
                parts = inner
            case _:
                break
    return parts


def _layer(part: Part, text: str) -> TypedLayer:
    match part:
        case CallPart(name=name, parts=parts):
            row = _row(name, text)
            return _with_arguments(row, parts, part.span, text)
        case WordPart(is_number=False) if _known(part.text):
            message = tr("{name} is a layer without its brackets.", name=part.text)
            raise refusal(message, tr("Write {form}.", form=f"{part.text}()"), text, part.span)
        case _:
            raise refusal(tr("This is no layer."), tr(_EXAMPLE), text, part.span)


def _known(word: str) -> bool:
    return named_layer(word) in LAYERS


def _row(name: WordPart, text: str) -> LayerRow:
    layer = named_layer(name.text)
    if layer in LAYERS:
        return LAYERS[layer]
    if layer == SEQUENTIAL:
        raise refusal(
            tr("A Sequential stands around all layers, and not among them."),
            tr("Write its layers in its place."),
            text,
            name.span,
        )
    nearest = nearest_layer(layer)
    hint = (
        tr("Did you mean {name}?", name=nearest)
        if nearest
        else tr("There are {names}.", names=listed(LAYERS))
    )
    message = tr("There is no layer {name} to type.", name=layer[:40])
    raise refusal(message, hint, text, name.span)


def _with_arguments(row: LayerRow, parts: Sequence[Part], span: Span, text: str) -> TypedLayer:
    options, spans = dict(row.defaults), dict[str, Span]()
    for place, part in enumerate(parts):
        argument, value = _argument(row, place, part, text)
        if argument.name in spans:
            message = tr(
                "{layer} is given {argument} twice.", layer=row.name, argument=argument.name
            )
            raise refusal(message, tr("Give it once."), text, part.span)
        for entry, each in zip(argument.entries, _values(row, argument, value, text), strict=True):
            with _told_of(row, text, value.span):
                options[entry.name] = _checked(entry, each, text)
        spans[argument.name] = value.span
    for argument in row.arguments:
        if argument.required and argument.name not in spans:
            raise refusal(
                tr("{layer} needs {argument}.", layer=row.name, argument=argument.name),
                _such_as(row),
                text,
                span,
            )
    return TypedLayer(row, options, span, spans)


def _such_as(row: LayerRow) -> str:
    return tr("Write such as {example}.", example=TypedLayer(row, row.defaults).text)


def _argument(row: LayerRow, place: int, part: Part, text: str) -> tuple[Argument, Value]:
    """Return the argument that a part gives, by its place or its name."""
    if not isinstance(part, NamedPart):
        if place < len(row.arguments):
            return row.arguments[place], part
        message = tr("{layer} takes no more arguments.", layer=row.name)
        raise refusal(message, _takes(row), text, part.span)
    for argument in row.arguments:
        if argument.name == part.name.text:
            return argument, part.value
    message = tr("{layer} takes no {name} here.", layer=row.name, name=part.name.text[:40])
    raise refusal(message, _takes(row), text, part.name.span)


def _takes(row: LayerRow) -> str:
    if not row.arguments:
        return tr("Write {form}.", form=f"{row.name}()")
    return tr("It takes {names}.", names=listed(argument.name for argument in row.arguments))


def _values(row: LayerRow, argument: Argument, value: Value, text: str) -> Sequence[Value]:
    """Return the values of a tuple, or the value alone; brackets around one value are none."""
    count = len(argument.entries)
    while isinstance(value, BracketPart) and len(value.parts) == 1 and count == 1:
        (inner,) = value.parts
        if isinstance(inner, NamedPart):
            break
        value = inner
    if count == 1:
        return (value,)
    if isinstance(value, BracketPart):
        inner_values = [part for part in value.parts if not isinstance(part, NamedPart)]
        if len(inner_values) == count:
            return inner_values
    raise refusal(
        tr(
            "{argument} of {layer} is a tuple of {count} numbers.",
            argument=argument.name,
            layer=row.name,
            count=count,
        ),
        _such_as(row),
        text,
        value.span,
    )


def _checked(entry: OptionEntry, value: Value, text: str) -> OptionValue:
    """Return the value that was typed for an option; raises SettingError where it is none."""
    if not isinstance(value, WordPart):
        message = tr("{option} is one value.", option=entry.name)
        raise SettingError(message, tr("Allowed: {range}.", range=entry.allowed))
    if value.is_number and len(value.text) <= _LONGEST_NUMBER:
        whole = value.text.lstrip("+-").isdigit()
        return entry.checked(int(value.text) if whole else float(value.text))
    return entry.checked(_FLAGS.get(value.text, value.text))


@contextmanager
def _told_of(row: LayerRow, text: str, span: Span) -> Iterator[None]:
    """Make of an option's error one that names the layer and marks the place."""
    try:
        yield
    except ExpressionError:
        raise
    except SettingError as error:
        message = tr("{layer}: {message}", layer=row.name, message=error.message)
        raise refusal(message, error.hint, text, span) from None
