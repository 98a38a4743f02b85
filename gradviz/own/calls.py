"""Constructor arguments and example inputs as they are typed; read by a grammar, never evaluated.

arguments = [ argument { "," argument } ]
argument  = [ name "=" ] value
inputs    = [ call { ";" call } ]
call      = name "(" arguments ")"
value     = number | string | "True" | "False" | "None" | name
          | "(" values ")" | "[" values "]"
"""

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import msgspec

from gradviz.core.errors import ExpressionError
from gradviz.own.tokens import Token, Tokens, literal

Value: TypeAlias = "int | float | bool | str | tuple[Value, ...] | list[Value] | None"

#: All elements of all inputs together.
MAXIMUM_ELEMENTS: Final = 10**8
_MAXIMUM_DEPTH: Final = 16
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
_SIZED: Final = ("randn", "rand", "zeros", "ones")
_FUNCTIONS: Final = (*_SIZED, "arange", "randint")
_CONSTANTS: Final[Mapping[str, bool | None]] = {"True": True, "False": False, "None": None}


class _Word(str):
    """A name that stands where a value does, such as a dtype."""

    __slots__ = ()


class Arguments(msgspec.Struct, frozen=True):
    """What a constructor is called with."""

    positional: tuple[Value, ...] = ()
    keywords: dict[str, Value] = {}


class InputCall(msgspec.Struct, frozen=True, kw_only=True):
    """One example input: a function of torch, its shape, and what else it takes.

    Attributes:
        function: `randn`, `rand`, `zeros`, `ones`, `arange` or `randint`.
        shape: The shape of what comes out.
        numbers: start, end and step of `arange`; low and high of `randint`.
        dtype: A name of torch; empty for the function's own.
        requires_grad: Whether gradients are taken of it.
    """

    function: str
    shape: tuple[int, ...]
    numbers: tuple[int | float, ...] = ()
    dtype: str = ""
    requires_grad: bool = False


def parse_arguments(text: str) -> Arguments:
    """Return what `in_features=4, bias=True` means; raises ExpressionError with the place."""
    tokens = Tokens(text)
    found, _ = _arguments(tokens, end="")
    for value in (*found.positional, *found.keywords.values()):
        word = _word_in(value)
        if word is not None:
            place = next(each for each in tokens.all if each.text == word)
            raise tokens.error(f"“{word}” is no value.", f'Write texts in quotes: "{word}".', place)
    return found


def parse_inputs(text: str) -> tuple[InputCall, ...]:
    """Return what `randn(2, 3); randint(0, 9, (2,))` means; raises ExpressionError."""
    tokens = Tokens(text)
    calls: list[InputCall] = []
    elements = 0
    while not tokens.at_end:
        first = tokens.next
        calls.append(_call(tokens))
        elements += math.prod(calls[-1].shape)
        if elements > MAXIMUM_ELEMENTS:
            raise tokens.error(
                f"The inputs have {elements:,} elements.",
                f"At most {MAXIMUM_ELEMENTS:,} are allowed.",
                first,
                tokens.last,
            )
        if not tokens.at_end:
            tokens.expect(";", "Separate inputs by ; such as randn(2, 3); randn(2).")
    return tuple(calls)


def _arguments(tokens: Tokens, end: str) -> tuple[Arguments, dict[str, Token]]:
    """Read arguments up to `end`, and return them with the places of the keywords."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    places: dict[str, Token] = {}
    while not tokens.stands_at(end):
        name = tokens.take_keyword()
        if name is None and keywords:
            raise tokens.error(
                "A value without a name stands behind one with a name.",
                "Write values without names first.",
                tokens.next,
            )
        if name is not None and name.text in keywords:
            raise tokens.error(f"{name.text} is given twice.", "Give it once.", name)
        value = _value(tokens)
        if name is None:
            positional.append(value)
        else:
            keywords[name.text] = value
            places[name.text] = name
        if not tokens.stands_at(end):
            tokens.expect(",", "Separate values by commas.")
    return Arguments(tuple(positional), keywords), places


def _value(tokens: Tokens, depth: int = 0) -> Value:
    token = tokens.next
    if depth > _MAXIMUM_DEPTH:
        raise tokens.error("This is nested too deep.", f"At most {_MAXIMUM_DEPTH} deep.", token)
    match token.kind:
        case "NUMBER" | "STRING":
            tokens.advance()
            return literal(tokens, token)
        case "NAME":
            tokens.advance()
            return _CONSTANTS.get(token.text, _Word(token.text))
        case "SIGN" if token.text in "([":
            tokens.advance()
            return _sequence(tokens, token, depth)
    raise tokens.error(
        f"A value is expected here, not “{token.text}”." if token.text else "A value is missing.",
        "Values are numbers, True, False, None, texts in quotes, (1, 2) and [1, 2].",
        token,
    )


def _sequence(tokens: Tokens, opening: Token, depth: int) -> Value:
    closing = ")" if opening.text == "(" else "]"
    values: list[Value] = []
    commas = 0
    while not tokens.stands_at(closing):
        values.append(_value(tokens, depth + 1))
        if not tokens.stands_at(closing):
            tokens.expect(",", f"Close it with {closing}.")
            commas += 1
    tokens.expect(closing, f"Close it with {closing}.")
    if opening.text == "[":
        return values
    return values[0] if len(values) == 1 and not commas else tuple(values)


def _word_in(value: Value) -> str | None:
    if isinstance(value, _Word):
        return value
    if isinstance(value, tuple | list):
        return next((word for each in value if (word := _word_in(each)) is not None), None)
    return None


def _call(tokens: Tokens) -> InputCall:
    name = tokens.next
    function = name.text.removeprefix("torch.")
    if function not in _FUNCTIONS:
        raise tokens.error(
            f"“{name.text}” makes no input." if name.text else "An input is missing.",
            f"Use {', '.join(_FUNCTIONS)}, such as randn(2, 3).",
            name,
        )
    tokens.advance()
    tokens.expect("(", f"Write {function}(…).")
    found, places = _arguments(tokens, end=")")
    tokens.expect(")", "Close it with ).")

    def refuse(message: str, hint: str) -> ExpressionError:
        return tokens.error(message, hint, name, tokens.last)

    keywords = dict(found.keywords)
    dtype = _dtype(keywords.pop("dtype", None), refuse)
    requires_grad = keywords.pop("requires_grad", False)
    if not isinstance(requires_grad, bool):
        raise refuse("requires_grad is True or False.", "Write requires_grad=True.")
    size = keywords.pop("size", None)
    if keywords:
        unknown = next(iter(keywords))
        raise tokens.error(
            f"{function} takes no {unknown} here.",
            "It takes size, dtype and requires_grad by name.",
            places[unknown],
        )
    shape, numbers = _shape(function, found.positional, size, refuse)
    if requires_grad and _are_whole(function, numbers, dtype):
        raise refuse("Whole numbers have no gradient.", "Give dtype=float32, or no requires_grad.")
    return InputCall(
        function=function,
        shape=shape,
        numbers=numbers,
        dtype=dtype,
        requires_grad=requires_grad,
    )


def _are_whole(function: str, numbers: tuple[int | float, ...], dtype: str) -> bool:
    """Tell whether the elements are whole numbers, as torch would make them."""
    if dtype:
        return "float" not in dtype
    return function == "randint" or (
        function == "arange" and all(isinstance(number, int) for number in numbers)
    )


_Refuse: TypeAlias = Callable[[str, str], ExpressionError]


def _shape(
    function: str, values: tuple[Value, ...], size: Value, refuse: _Refuse
) -> tuple[tuple[int, ...], tuple[int | float, ...]]:
    if function == "arange":
        return _counted(values, size, refuse)
    numbers: tuple[int, ...] = ()
    if function == "randint":
        # The size comes last, behind one bound or two.
        rest = values if size is not None else values[:-1]
        size = values[-1] if size is None and values else size
        bounds = [_whole(value, refuse) for value in rest]
        numbers = (0, *bounds) if len(bounds) == 1 else tuple(bounds)
        if len(numbers) != 2 or not isinstance(size, tuple | list):
            raise refuse("randint takes low, high and a size.", "Write randint(0, 9, (2, 3)).")
        if numbers[0] >= numbers[1]:
            raise refuse(
                f"There is no whole number from {numbers[0]} to below {numbers[1]}.",
                "The second number is above the first.",
            )
        values = ()
    elif size is not None and values:
        raise refuse("The size is given twice.", f"Write {function}(2, 3).")
    given = size if size is not None else values
    if isinstance(given, tuple) and len(given) == 1 and isinstance(given[0], tuple | list):
        given = given[0]
    if not isinstance(given, tuple | list):
        given = (given,)
    shape = tuple(_whole(each, refuse) for each in given)
    if any(length < 0 for length in shape) or len(shape) > _MAXIMUM_DIMENSIONS:
        raise refuse(
            f"The size {shape} does not work.",
            f"At most {_MAXIMUM_DIMENSIONS} dimensions, each of 0 or more.",
        )
    return shape, numbers


def _counted(
    values: tuple[Value, ...], size: Value, refuse: _Refuse
) -> tuple[tuple[int, ...], tuple[int | float, ...]]:
    """Return the shape of `arange(end)`, `arange(start, end)` or with a step, and all three."""
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if size is not None or len(numbers) != len(values) or not 1 <= len(numbers) <= 3:
        raise refuse("arange takes an end, or start, end and step.", "Write arange(0, 10, 2).")
    start, end, step = (0, *numbers, 1)[-3:] if len(numbers) < 3 else numbers
    if len(numbers) == 2:
        start, end, step = (*numbers, 1)
    if not all(math.isfinite(number) for number in (start, end, step)) or step == 0:
        raise refuse("arange takes finite numbers, and a step other than 0.", "Write arange(10).")
    count = (end - start) / step
    if count < 0 or not math.isfinite(count):
        raise refuse("arange never arrives at its end.", "Turn the sign of the step.")
    return (math.ceil(count),), (start, end, step)


def _whole(value: Value, refuse: _Refuse) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _WHOLE:
        shown = "(…)" if isinstance(value, tuple | list) else str(value)[:20]
        raise refuse(f"A whole number is expected, not {shown}.", "Write such as randn(2, 3).")
    return value


def _dtype(value: Value, refuse: _Refuse) -> str:
    if value is None:
        return ""
    name = str(value).removeprefix("torch.") if isinstance(value, str) else ""
    name = _SYNONYMS.get(name, name)
    if name not in DTYPES:
        raise refuse("There is no such dtype.", f"Use one of {', '.join(DTYPES)}.")
    return name
