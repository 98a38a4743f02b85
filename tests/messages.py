"""Strategies for any message of the protocol, made from the types of its fields."""

from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect


def messages(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for the instances of a Struct."""
    return _strategy(inspect.type_info(kind), 3)


def _strategy(info: inspect.Type, depth: int) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a type; below `depth` collections are empty."""
    size = 2 if depth > 0 else 0
    match info:
        case inspect.StructType():
            return st.builds(
                info.cls, **{each.name: _strategy(each.type, depth - 1) for each in info.fields}
            )
        case inspect.UnionType():
            return st.one_of([_strategy(each, depth) for each in _reached(info.types, depth)])
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.VarTupleType():
            return st.lists(_strategy(info.item_type, depth - 1), max_size=size).map(tuple)
        case inspect.TupleType():
            return st.tuples(*(_strategy(each, depth - 1) for each in info.item_types))
        case inspect.ListType():
            return st.lists(_strategy(info.item_type, depth - 1), max_size=size)
        case inspect.FrozenSetType():
            return st.frozensets(_strategy(info.item_type, depth - 1), max_size=size)
        case inspect.DictType():
            values = _strategy(info.value_type, depth - 1)
            return st.dictionaries(_strategy(info.key_type, depth - 1), values, max_size=size)
        case _:
            return _SIMPLE[type(info)]


def _reached(types: tuple[inspect.Type, ...], depth: int) -> list[inspect.Type]:
    """Return the types of a union, without its Structs where they would lead too deep."""
    shallow = [each for each in types if not isinstance(each, inspect.StructType)]
    return list(types) if depth > 0 or not shallow else shallow


_encoded = msgspec.msgpack.Encoder().encode
_SIMPLE: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.IntType: st.integers(-(2**31), 2**31),
    inspect.FloatType: st.floats(allow_nan=False),
    inspect.StrType: st.text(max_size=8),
    inspect.BytesType: st.binary(max_size=8),
    inspect.BoolType: st.booleans(),
    inspect.NoneType: st.none(),
    inspect.RawType: st.integers(0, 9).map(lambda number: msgspec.Raw(_encoded(number))),
}


@cache
def members(union: Any) -> tuple[type[Any], ...]:
    """Return the Structs of a union, in the order of their names."""
    info = inspect.type_info(union)
    assert isinstance(info, inspect.UnionType)
    found = [each.cls for each in info.types if isinstance(each, inspect.StructType)]
    assert all(issubclass(each, msgspec.Struct) for each in found)
    return tuple(sorted(found, key=lambda each: each.__name__))
