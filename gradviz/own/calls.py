"""Constructor arguments and example inputs as they are typed; read by a grammar, never evaluated.

The grammar is in `calls.lark`.
"""

import math
from typing import Final, TypeAlias, assert_never

import msgspec

from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import counted as grouped
from gradviz.own.syntax import Arguments, Call, Nested, Value, marked_in

#: All elements of all inputs together.
MAXIMUM_ELEMENTS: Final = 10**8
_MAXIMUM_DIMENSIONS: Final = 16
_WHOLE: Final = 2**53
DTYPES: Final = (
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "int8",
    "uint8",
    "int16",
    "int32",
    "int64",
    "bool",
)
_SYNONYMS: Final = {"float": "float32", "double": "float64", "half": "float16", "long": "int64"}


class InputCall(msgspec.Struct, frozen=True, kw_only=True):
    """One example input: a function of torch, its shape, and its further arguments.

    Attributes:
        function: `randn`, `rand`, `zeros`, `ones`, `arange` or `randint`.
        shape: The shape of the tensor that it makes.
        numbers: start, end and step of `arange`; low and high of `randint`.
        dtype: A name of torch; empty for the function's own.
        requires_grad: Whether gradients are taken of it.
    """

    function: str
    shape: tuple[int, ...]
    numbers: tuple[int | float, ...] = ()
    dtype: str = ""
    requires_grad: bool = False


#: An example input: a call, or calls in the tuples, lists and dicts that forward takes.
Input: TypeAlias = "InputCall | tuple[Input, ...] | list[Input] | dict[str, Input]"


def parse_arguments(text: str) -> Arguments:
    """Return the values in `in_features=4, bias=True`; raises ExpressionError with the place."""
    # lark takes longer to import than a window may take to come up.
    from gradviz.own.call_grammar import read

    with marked_in(text):
        found: Arguments = read(text, "arguments")
    return found


def parse_inputs(text: str) -> tuple[Input, ...]:
    """Return the inputs in `randn(5, 4); (zeros(8), [ones(8)])`; raises ExpressionError."""
    from gradviz.own.call_grammar import read

    elements = 0

    def counted(call: Call) -> InputCall:
        nonlocal elements
        made = _input(call)
        elements += math.prod(made.shape)
        if elements > MAXIMUM_ELEMENTS:
            raise call.refused(
                tr("The inputs have {count} elements.", count=grouped(elements)),
                tr("At most {most} are allowed.", most=grouped(MAXIMUM_ELEMENTS)),
            )
        return made

    def converted(given: Nested) -> Input:
        match given:
            case Call():
                return counted(given)
            case tuple():
                return tuple(map(converted, given))
            case list():
                return [*map(converted, given)]
            case dict():
                return {key: converted(value) for key, value in given.items()}
            case _:
                assert_never(given)

    with marked_in(text):
        return tuple(map(converted, read(text, "inputs")))


def _input(call: Call) -> InputCall:
    function, values = call.function, call.arguments.positional
    size, dtype = map(call.arguments.keywords.get, ("size", "dtype"))
    requires_grad = call.arguments.keywords.get("requires_grad", False)
    if not isinstance(requires_grad, bool):
        raise call.refused(tr("requires_grad is True or False."), tr("Write requires_grad=True."))
    numbers: tuple[int | float, ...] = ()
    match function:
        case "arange":
            shape, numbers = _counted(call, values, size)
        case "randint":
            shape, numbers = _bounded(call, values, size)
        case _:
            shape = _sized(call, values, size)
    made = InputCall(
        function=function,
        shape=shape,
        numbers=numbers,
        dtype=_dtype(call, dtype),
        requires_grad=requires_grad,
    )
    if made.requires_grad and _is_whole(made):
        raise call.refused(
            tr("Whole numbers have no gradient."), tr("Give dtype=float32, or no requires_grad.")
        )
    return made


def _is_whole(made: InputCall) -> bool:
    """Tell whether the elements are whole numbers, as torch would make them."""
    if made.dtype:
        return "float" not in made.dtype
    return made.function == "randint" or (
        made.function == "arange" and all(isinstance(number, int) for number in made.numbers)
    )


def _sized(call: Call, values: tuple[Value, ...], size: Value) -> tuple[int, ...]:
    """Return the shape of `randn(2, 3)`, `randn((2, 3))` or `randn(size=(2, 3))`."""
    if size is not None and values:
        hint = tr("Write {form}.", form=f"{call.function}(2, 3)")
        raise call.refused(tr("The size is given twice."), hint)
    given = values if size is None else size
    if isinstance(given, tuple) and len(given) == 1 and isinstance(given[0], tuple | list):
        given = given[0]
    lengths = given if isinstance(given, tuple | list) else (given,)
    shape = tuple(_whole(call, length) for length in lengths)
    if any(length < 0 for length in shape) or len(shape) > _MAXIMUM_DIMENSIONS:
        raise call.refused(
            tr("The size {size} does not work.", size=shape),
            tr("At most {most} dimensions, each of 0 or more.", most=_MAXIMUM_DIMENSIONS),
        )
    return shape


def _bounded(
    call: Call, values: tuple[Value, ...], size: Value
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the shape of `randint(high, size)` or `randint(low, high, size)`, low and high."""
    if size is None and values:
        values, size = values[:-1], values[-1]
    bounds = [_whole(call, value) for value in values]
    if not 1 <= len(bounds) <= 2 or not isinstance(size, tuple | list):
        raise call.refused(
            tr("randint takes low, high and a size."), tr("Write randint(0, 9, (2, 3)).")
        )
    low, high = (0, *bounds)[-2:]
    if low >= high:
        raise call.refused(
            tr("There is no whole number from {low} to below {high}.", low=low, high=high),
            tr("The second number is above the first."),
        )
    return _sized(call, (), size), (low, high)


def _counted(
    call: Call, values: tuple[Value, ...], size: Value
) -> tuple[tuple[int, ...], tuple[int | float, ...]]:
    """Return the shape of `arange(end)`, `arange(start, end)` or with a step, and all three."""
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if size is not None or len(numbers) != len(values) or not 1 <= len(numbers) <= 3:
        raise call.refused(
            tr("arange takes an end, or start, end and step."), tr("Write arange(0, 10, 2).")
        )
    start, end, step = (0, *numbers, 1) if len(numbers) == 1 else (*numbers, 1)[:3]
    if step == 0:
        raise call.refused(tr("arange takes a step other than 0."), tr("Write arange(10)."))
    for number in numbers:
        if isinstance(number, int):
            _whole(call, number)
    count = (end - start) / step
    if count < 0 or not math.isfinite(count):
        raise call.refused(tr("arange never arrives at its end."), tr("Turn the sign of the step."))
    return (math.ceil(count),), (start, end, step)


def _whole(call: Call, value: Value) -> int:
    if isinstance(value, int) and abs(value) > _WHOLE:
        message = tr("The number {number} is too large.", number=f"{str(value)[:20]}…")
        raise call.refused(message, tr("Write a smaller one."))
    if isinstance(value, bool) or not isinstance(value, int):
        shown = "(…)" if isinstance(value, tuple | list) else str(value)[:20]
        raise call.refused(
            tr("A whole number is expected, not {value}.", value=shown),
            tr("Write such as randn(2, 3)."),
        )
    return value


def _dtype(call: Call, value: Value) -> str:
    if value is None:
        return ""
    name = str(value).removeprefix("torch.") if isinstance(value, str) else ""
    name = _SYNONYMS.get(name, name)
    if name not in DTYPES:
        hint = tr("Use one of {names}.", names=listed(DTYPES))
        raise call.refused(tr("There is no such dtype."), hint)
    return name
