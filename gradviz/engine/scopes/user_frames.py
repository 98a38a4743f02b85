"""The user's frames of Python beneath a call of torch: the functions that run, and their turns.

Each loop is told by the instruction of a frame that goes back within it. Frames are held from one
call to the next, so that a new one is never taken for the one before.
"""

import inspect
import os
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import torch
from torch import nn

import gradviz
from gradviz.engine.scopes.code_loops import CodeLoops, Loop
from gradviz.engine.scopes.scopes import CalledAt, LoopRun, Scope

#: Folders whose functions are no functions of the user's.
_FOREIGN: Final = tuple(
    f"{Path(module.__file__ or '').parent}{os.sep}" for module in (torch, gradviz)
)
#: Python's own folders, and those within them to which packages are installed.
_PYTHON: Final = tuple(f"{sysconfig.get_path(each)}{os.sep}" for each in ("stdlib", "platstdlib"))
_INSTALLED: Final = ("site-packages", "dist-packages")
#: Frames that are left and entered again: their caller is asked in their place.
_RESUMED: Final = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
#: A function within another that hands all arguments on: a decorator's.
_HANDING_ON: Final = inspect.CO_NESTED | inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
#: A program that makes code anew all the time would otherwise fill the memory.
_MOST_CODES: Final = 20_000


class CodeFacts:
    """The facts about a code object that every call of it shares.

    Attributes:
        user: Whether its frames are the user's.
        named: Whether a call of it is a group of its own.
        loops: Its loops; None where it has none.
        file: The name of its file, without the folder.
    """

    __slots__ = ("_lines", "code", "file", "loops", "named", "user")

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.user = not (code.co_flags & _RESUMED) and _is_users(code.co_filename)
        self.named = self.user and _is_named(code)
        loops = CodeLoops(code) if self.user else None
        self.loops = loops if loops is not None and loops.loops else None
        self.file = Path(code.co_filename).name
        self._lines: dict[int, int] = {}

    def line(self, instruction: int) -> int:
        """Return the line of the instruction at an offset."""
        found = self._lines.get(instruction)
        if found is None:
            found = self.code.co_firstlineno
            for start, end, line in self.code.co_lines():
                if start <= instruction < end and line is not None:
                    found = line
            self._lines[instruction] = found
        return found


#: By the identity of the code, which each holds: a hash of a code object takes all of it.
_facts: Final[dict[int, CodeFacts]] = {}


def facts_of(code: CodeType) -> CodeFacts:
    """Return the facts about a code object."""
    found = _facts.get(id(code))
    if found is None:
        if len(_facts) >= _MOST_CODES:
            _facts.clear()
        found = _facts[id(code)] = CodeFacts(code)
    return found


class Turn:
    """The present iteration of a loop in a frame."""

    __slots__ = ("loop", "run", "scope", "values")

    def __init__(
        self, loop: Loop, run: LoopRun, scope: Scope, values: tuple[Any, ...] | None
    ) -> None:
        self.loop = loop
        self.run = run
        self.scope = scope
        #: The values of the loop's variables, None where they were not asked for.
        self.values = values


class UserFrame:
    """A frame of the user's with the instruction that ran when it was last seen."""

    __slots__ = ("callee", "facts", "frame", "instruction", "outside", "scope", "turns")

    def __init__(
        self, frame: FrameType, facts: CodeFacts, outside: Scope | None, callee: FrameType | None
    ) -> None:
        """Take a frame within the scope `outside`, and the frame that it has called."""
        self.frame = frame
        self.facts = facts
        self.outside = outside
        self.callee = callee
        self.instruction = -1
        self.turns: list[Turn] = []
        self.scope = outside

    def see(self, callee: FrameType | None, name: str) -> None:
        """Take note of the present instruction, which calls `callee` or torch's `name`."""
        now, before = self.frame.f_lasti, self.instruction
        loops = self.facts.loops
        if loops is not None and (now != before or not self._is_same_call(callee, name)):
            around = loops.around(now)
            if around or self.turns:
                back = before >= 0 and (now <= before or not loops.leads_to(before, now))
                self._turn(around, back=back)
        self.instruction, self.callee = now, callee

    def place(self) -> CalledAt:
        """Return the code and the instruction that ran."""
        return self.facts.code, self.instruction

    def _is_same_call(self, callee: FrameType | None, name: str) -> bool:
        """Tell whether the call of the same instruction that was seen last still runs."""
        if callee is not None or self.callee is not None:
            return callee is self.callee
        loops = self.facts.loops
        return loops is not None and loops.calls_back(self.instruction, name)

    def _turn(self, around: Sequence[Loop], *, back: bool) -> None:
        """Be in the loops `around` from now on; `back` tells that one of them has gone round."""
        common = 0
        for turn, loop in zip(self.turns, around, strict=False):
            if turn.loop is not loop:
                break
            common += 1
        if back and common:
            common = self._gone_round(common)
            again = self.turns[common]
            del self.turns[common:]
            self._enter(again.loop, again.run)
            common += 1
        del self.turns[common:]
        for loop in around[common:]:
            self._enter(loop, LoopRun(self.facts.code, loop.line))
        self.scope = self.turns[-1].scope if self.turns else self.outside

    def _gone_round(self, common: int) -> int:
        """Return the outermost of the loops, the first `common`, that has begun another turn.

        An instruction that goes back tells of the innermost one; where an outer one has set its
        variables anew, that has gone round too.
        """
        for place in range(common - 1):
            turn = self.turns[place]
            values = self._values(turn.loop)
            before = turn.values or ()
            if any(one is not other for one, other in zip(values, before, strict=False)):
                return place
        return common - 1

    def _enter(self, loop: Loop, run: LoopRun) -> None:
        values = self._values(loop)
        around = self.turns[-1].scope if self.turns else self.outside
        scope = Scope.iteration(around, run, _whole_number(values))
        self.turns.append(Turn(loop, run, scope, values))

    def _values(self, loop: Loop) -> tuple[Any, ...]:
        if not loop.variables:
            return ()
        local = self.frame.f_locals
        return tuple(local.get(name) for name in loop.variables)


class UserFrames:
    """The user's frames within one call of a module, or beneath all of them."""

    __slots__ = ("_frames", "_known", "_limit", "_outside", "module", "scope")

    def __init__(
        self, limit: FrameType | None, scope: Scope | None, module: nn.Module | None
    ) -> None:
        """Look at the frames beneath `limit`, within `scope`, that of a call of `module`."""
        self._limit = limit
        self._outside = scope
        #: The scope of the last call.
        self.scope = scope
        self.module = module
        self._frames: list[UserFrame] = []
        self._known: dict[FrameType, int] = {}

    def place(self) -> CalledAt | None:
        """Return the code and the instruction of the last call, where the user's code made it."""
        return self._frames[-1].place() if self._frames else None

    def scope_at(self, frame: FrameType | None, name: str) -> Scope | None:
        """Return the scope of a call of torch's `name`, or of a module, from `frame`."""
        frames, limit, callee = self._frames, self._limit, None
        depth = 0
        new: list[tuple[FrameType, CodeFacts, FrameType | None]] | None = None
        while frame is not limit and frame is not None:
            if frame in self._known:
                depth = self._known[frame] + 1
                break
            facts = _facts.get(id(frame.f_code)) or facts_of(frame.f_code)
            if facts.user:
                new = new or []
                new.append((frame, facts, callee))
            callee = frame
            frame = frame.f_back
        if depth < len(frames):
            for each in frames[depth:]:
                del self._known[each.frame]
            del frames[depth:]
        if depth:
            frames[-1].see(callee, name)
        if new is not None:
            self._add(new, name)
        self.scope = frames[-1].scope if frames else self._outside
        return self.scope

    def _add(self, new: list[tuple[FrameType, CodeFacts, FrameType | None]], name: str) -> None:
        unnamed = self._unnamed(new)
        for frame, facts, callee in reversed(new):
            caller = self._frames[-1] if self._frames else None
            scope = caller.scope if caller is not None else self._outside
            if facts.named and unnamed <= 0:
                place = caller.place() if caller is not None else None
                scope = Scope(scope, code=facts.code, place=place)
            unnamed -= 1
            self._known[frame] = len(self._frames)
            self._frames.append(UserFrame(frame, facts, scope, callee))
            self._frames[-1].see(callee, name)

    def _unnamed(self, new: list[tuple[FrameType, CodeFacts, FrameType | None]]) -> int:
        """Return the number of frames, from the outermost on, that are no function's call.

        They are the frame that began to listen, and within a module its forward and what wraps it.
        """
        if self._frames:
            return 0
        if self.module is None:
            return int(new[-1][0].f_back is self._limit)
        places = (
            place
            for place, (_, facts, _) in enumerate(reversed(new), start=1)
            if facts.code.co_name == "forward"
        )
        return next(places, 0)


def _is_users(file: str) -> bool:
    if file.startswith(("<frozen ", *_FOREIGN)):
        return False
    for folder in _PYTHON:
        if file.startswith(folder):
            return file[len(folder) :].startswith(_INSTALLED)
    return True


def _is_named(code: CodeType) -> bool:
    if code.co_name.startswith("<") or (code.co_flags & _HANDING_ON) == _HANDING_ON:
        return False
    # The forward of a custom Function makes no nodes: its call is the node.
    return code.co_name not in ("forward", "setup_context") or code.co_varnames[:1] == ("self",)


def _whole_number(values: Sequence[Any]) -> int | None:
    """Return the first whole number among the variables of a loop."""
    return next((each for each in values if type(each) is int), None)
