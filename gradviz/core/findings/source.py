"""Where each operation of a graph was made: lines of Python, or places of a typed expression."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from gradviz.core.language.saying import tr


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose lines made operations, or the expression that was typed.

    Attributes:
        path: Where it is; empty for an expression.
        title: Its name without folders.
        text: Its content when it ran; empty for a file of a library that was not asked for.
        own: Whether it belongs to the model itself, and not to a library.
    """

    path: str
    title: str
    text: str = ""
    own: bool = False


class SourceFrame(msgspec.Struct, frozen=True, kw_only=True):
    """A line that ran.

    Attributes:
        file: Its place in `Sources.files`.
        line: Its number, from 1 on.
        start, end: The characters of the line that were at work, as a slice; both 0 where that is
            not known.
        function: The function that it is in.
    """

    file: int
    line: int
    start: int = 0
    end: int = 0
    function: str = ""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The lines and the module that made one node.

    Attributes:
        stack: The place in `Sources.stacks` of the lines that ran, -1 where none is known.
        module: The dotted name of the innermost module that was running; empty for the outermost.
        module_type: Its class, empty where no module was running.
        backward: Whether the node was made by the backward of an operation of that line.
    """

    stack: int = -1
    module: str = ""
    module_type: str = ""
    backward: bool = False


class Line(msgspec.Struct, frozen=True):
    """One line of one file of `Sources.files`, as nodes are found by it."""

    file: int
    number: int


class Sources(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Where the nodes of one graph were made.

    Attributes:
        files: The model's own files first.
        frames: Every line that ran, once.
        stacks: Places in `frames`, the innermost line first.
        origins: One for each node about which something is known, by id.
        note: Why nothing is known, where that is so.
    """

    files: tuple[SourceFile, ...] = ()
    frames: tuple[SourceFrame, ...] = ()
    stacks: tuple[tuple[int, ...], ...] = ()
    origins: Mapping[str, Origin] = {}
    note: str = ""

    def stack_of(self, node: str, *, libraries: bool = False) -> tuple[SourceFrame, ...]:
        """Return the lines that made `node`, the innermost first; by itself those of own files."""
        origin = self.origins.get(node)
        if origin is None or origin.stack < 0:
            return ()
        frames = (self.frames[place] for place in self.stacks[origin.stack])
        return tuple(frame for frame in frames if libraries or self.files[frame.file].own)

    def line_of(self, node: str) -> SourceFrame | None:
        """Return the innermost line of an own file that made `node`, None where there is none."""
        return next(iter(self.stack_of(node)), None)

    def lines_of(self, nodes: Iterable[str]) -> tuple[Line, ...]:
        """Return the innermost lines of own files that made `nodes`, each once, in their order."""
        found = (self._own_lines.get(self._stack_index(node)) for node in nodes)
        return tuple(dict.fromkeys(line for line in found if line is not None))

    def _stack_index(self, node: str) -> int:
        origin = self.origins.get(node)
        return -1 if origin is None else origin.stack

    @cached_property
    def _own_lines(self) -> dict[int, Line]:
        """Return the innermost line of an own file by the place of the stack."""
        found: dict[int, Line] = {}
        for index, stack in enumerate(self.stacks):
            for frame in (self.frames[place] for place in stack):
                if self.files[frame.file].own:
                    found[index] = Line(frame.file, frame.line)
                    break
        return found

    def nodes_at(self, line: Line) -> tuple[str, ...]:
        """Return the nodes that a line made, also through the functions that it called."""
        return self._of_stacks(self._stacks_at.get(line, ()))

    def nodes_under(self, file: int, line: int, column: int) -> tuple[str, ...]:
        """Return the nodes made by the smallest part of a line around the character `column`."""
        parts = [
            (frame.end - frame.start, place)
            for place, frame in enumerate(self.frames)
            if (frame.file, frame.line) == (file, line) and frame.start <= column < frame.end
        ]
        if not parts:
            return ()
        _, smallest = min(parts)
        stacks = (index for index, stack in enumerate(self.stacks) if smallest in stack)
        return self._of_stacks(stacks)

    def counts_in(self, file: int) -> Mapping[int, int]:
        """Return how many nodes each line of a file made, by the numbers of the lines."""
        return {
            line.number: sum(len(self._made.get(stack, ())) for stack in stacks)
            for line, stacks in self._stacks_at.items()
            if line.file == file
        }

    def text_of(self, frame: SourceFrame) -> str:
        """Return the line of `frame` without its indentation; empty where it is not known."""
        lines = self.files[frame.file].text.splitlines()
        return lines[frame.line - 1].strip() if 0 < frame.line <= len(lines) else ""

    def _of_stacks(self, stacks: Iterable[int]) -> tuple[str, ...]:
        return tuple(node for stack in stacks for node in self._made.get(stack, ()))

    @cached_property
    def _made(self) -> dict[int, list[str]]:
        """Return the nodes by the place of their stack."""
        found: dict[int, list[str]] = {}
        for node, origin in self.origins.items():
            if origin.stack >= 0:
                found.setdefault(origin.stack, []).append(node)
        return found

    @cached_property
    def _stacks_at(self) -> dict[Line, list[int]]:
        """Return for each line the places of the stacks that it is in."""
        found: dict[Line, list[int]] = {}
        for index, stack in enumerate(self.stacks):
            frames = (self.frames[place] for place in stack)
            for line in dict.fromkeys(Line(frame.file, frame.line) for frame in frames):
                found.setdefault(line, []).append(index)
        return found


def place_text(sources: Sources, frame: SourceFrame) -> str:
    """Return `net.py:12` for a line of a file, and `characters 3 to 8` for an expression."""
    file = sources.files[frame.file]
    if not file.path:
        return tr("characters {first} to {last}", first=frame.start + 1, last=frame.end)
    return f"{file.title}:{frame.line}"


def made_text(sources: Sources, node: str) -> str:
    """Return where `node` was made in one line, `net.py:12: y = self.a * x`; empty if unknown."""
    frame = sources.line_of(node)
    if frame is None:
        return ""
    file = sources.files[frame.file]
    if not file.path:
        return f"{place_text(sources, frame)}: {file.text[frame.start : frame.end]}"
    text = sources.text_of(frame)
    return f"{place_text(sources, frame)}: {text}" if text else place_text(sources, frame)


def module_text(origin: Origin) -> str:
    """Return `layer1.0 (Linear)`, the class alone for the outermost; empty if none was running."""
    if not origin.module_type:
        return ""
    return f"{origin.module} ({origin.module_type})" if origin.module else origin.module_type
