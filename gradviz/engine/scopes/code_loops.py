"""The loops in a code object, and the callee of an instruction, read from its bytecode."""

import dis
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from types import CodeType
from typing import Final, NamedTuple

#: Functions of Python that call back: several calls of torch may come from one such call.
_CALL_BACK: Final = frozenset(
    {"sum", "reduce", "accumulate", "map", "starmap", "filter", "zip", "next", "list", "tuple"}
    | {"max", "min", "sorted", "sort", "any", "all", "set", "dict", "prod", "fsum", "join"}
)
_JUMPS: Final = frozenset(dis.hasjrel) | frozenset(dis.hasjabs)
#: An instruction after which the next one does not run.
_ENDS: Final = frozenset({"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE"})
_STORES: Final = ("STORE_FAST", "STORE_NAME", "STORE_DEREF")


class Loop(NamedTuple):
    """A loop: its first and last instruction by their offsets, its line, and what it sets."""

    start: int
    end: int
    line: int
    variables: tuple[str, ...]


class CodeLoops:
    """The loops of one code object, and the paths through it that go round none of them."""

    def __init__(self, code: CodeType) -> None:
        self._code = code

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """Return the loops, each before those within it.

        A jump back from the handling of an error, as at the end of `with`, makes no loop.
        """
        ends: dict[int, int] = {}
        for place in self._reachable:
            target = self._jump(place)
            if target is not None and target <= place:
                ends[target] = max(ends.get(target, 0), place)
        found = [
            Loop(
                self._instructions[start].offset,
                self._instructions[end].offset,
                self._first_line(start, end),
                self._variables(start),
            )
            for start, end in ends.items()
        ]
        return tuple(sorted(found, key=lambda loop: (loop.start, -loop.end)))

    def around(self, offset: int) -> tuple[Loop, ...]:
        """Return the loops around the instruction at `offset`, the outermost first."""
        found = self._around.get(offset)
        if found is None:
            found = self._around[offset] = tuple(
                loop for loop in self.loops if loop.start <= offset <= loop.end
            )
        return found

    def leads_to(self, before: int, after: int) -> bool:
        """Tell whether the instruction at `after` can run later than `before` in one iteration."""
        key = (before, after)
        if key not in self._paths:
            self._paths[key] = self._place(after) in self._walked(self._place(before), ahead=True)
        return self._paths[key]

    def calls_back(self, offset: int, name: str) -> bool:
        """Tell whether the call at `offset` may call torch's function `name` several times."""
        if offset not in self._callees:
            self._callees[offset] = self._callee(self._place(offset))
        callee = self._callees[offset]
        return callee in _CALL_BACK and callee != name

    @cached_property
    def _around(self) -> dict[int, tuple[Loop, ...]]:
        return {}

    @cached_property
    def _paths(self) -> dict[tuple[int, int], bool]:
        return {}

    @cached_property
    def _callees(self) -> dict[int, str]:
        return {}

    @cached_property
    def _instructions(self) -> list[dis.Instruction]:
        return list(dis.get_instructions(self._code))

    @cached_property
    def _offsets(self) -> list[int]:
        return [each.offset for each in self._instructions]

    def _place(self, offset: int) -> int:
        """Return the index of the instruction at `offset`, or of the last one before it."""
        return max(0, bisect_right(self._offsets, offset) - 1)

    def _first_line(self, start: int, end: int) -> int:
        """Return the line of the head of a loop; that of `while` is tested at its end."""
        positions = [each.positions for each in self._instructions[start : end + 1]]
        lines = [each.lineno for each in positions if each is not None and each.lineno]
        return min(lines, default=self._code.co_firstlineno)

    def _jump(self, place: int) -> int | None:
        each = self._instructions[place]
        if each.opcode not in _JUMPS or "NO_INTERRUPT" in each.opname:
            return None
        return self._place(each.argval) if isinstance(each.argval, int) else None

    @cached_property
    def _reachable(self) -> list[int]:
        """Return the instructions that run where no error is raised, by their index."""
        return sorted(self._walked(0, ahead=False) | {0}) if self._instructions else []

    def _walked(self, start: int, *, ahead: bool) -> set[int]:
        """Return the instructions that may follow `start`; with `ahead` without a jump back."""
        seen: set[int] = set()
        waiting = list(self._next(start))
        while waiting:
            place = waiting.pop()
            if place in seen or place >= len(self._instructions) or (ahead and place <= start):
                continue
            seen.add(place)
            waiting.extend(each for each in self._next(place) if not ahead or each > place)
        return seen

    def _next(self, place: int) -> Iterator[int]:
        name = self._instructions[place].opname
        target = self._jump(place)
        if target is not None:
            yield target
        always = name.startswith("JUMP") and "IF" not in name
        if name not in _ENDS and not (always and target is not None):
            yield place + 1

    def _variables(self, start: int) -> tuple[str, ...]:
        """Return the names that a `for` sets at each turn, and that nothing else sets."""
        found: list[str] = []
        if self._instructions[start].opname != "FOR_ITER":
            return ()
        wanted = 1
        for each in self._instructions[start + 1 :]:
            if each.opname.startswith("UNPACK_SEQUENCE"):
                wanted += (each.arg or 1) - 1
            elif each.opname.startswith(_STORES) and wanted:
                found.extend(_stored(each)[:wanted])
                wanted -= len(_stored(each)[:wanted])
            elif wanted == 0 or each.opname not in ("CACHE", "NOP", "EXTENDED_ARG"):
                break
        return tuple(name for name in found if self._sets[name] == 1)

    @cached_property
    def _sets(self) -> dict[str, int]:
        """Return how often each name is set in the code."""
        found: dict[str, int] = {}
        for each in self._instructions:
            if each.opname.startswith(_STORES):
                for name in _stored(each):
                    found[name] = found.get(name, 0) + 1
        return found

    def _callee(self, place: int) -> str:
        """Return the last part of the name that a call calls; "" for all that is no call."""
        each = self._instructions[place]
        if "CALL" not in each.opname or each.positions is None:
            return ""
        begin = each.positions[0], each.positions[2]
        for before in reversed(self._instructions[:place]):
            at = before.positions
            if at is None or (at[0], at[2]) != begin:
                continue
            if before.opname.startswith("LOAD") and isinstance(before.argval, str):
                return before.argval
        return ""


def _stored(each: dis.Instruction) -> list[str]:
    """Return the names that an instruction sets; newer versions of Python join two in one."""
    if isinstance(each.argval, str):
        return [each.argval]
    names = [name for name in each.argval or () if isinstance(name, str)]
    return names if each.opname.count("STORE") > 1 else names[:1]
