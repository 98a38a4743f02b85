"""Where each node of a recording was made: its line of Python, and the module that was running."""

import inspect
import linecache
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import Any, Final, NamedTuple

import torch
from torch import nn
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)

import gradviz
from gradviz.core.findings.source import Origin, SourceFile, SourceFrame, Sources, made_text
from gradviz.core.language.saying import marked, tr
from gradviz.engine.data import torch_functions
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.interruption import end_if_unwanted
from gradviz.engine.optim import losses
from gradviz.engine.recording import forward_recorder
from gradviz.engine.recording.capture import GradNode, Walk, is_leaf
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.engine.runs.run import Run
from gradviz.engine.torch_internals import node_traces
from gradviz.engine.torch_internals.node_traces import nodes_noted, note_of
from gradviz.expression.tree import Span
from gradviz.own.source import own_source
from gradviz.protocol.questions import FindSources, SourcesFound

_BY_HAND: Final = marked(
    "This graph is written by hand: PyTorch made none of its nodes, so no line is known."
)
_OTHER: Final = marked(
    "The model built another graph when it ran again, so it is not known which line made which "
    "node."
)
_LEAF_ALONE: Final = marked("The graph is a leaf alone: no operation made it, so there is no line.")
_UNTOLD: Final = marked("This version of PyTorch does not tell which line made an operation.")

_PACKAGE: Final = Path(gradviz.__file__).resolve().parent
_MODELS: Final = _PACKAGE / "engine" / "models"
#: Files that built-in models use beside their own.
_PARTS: Final = frozenset({torch_functions.__file__, losses.__file__})
#: Frames that are there only because somebody listens.
_LISTENERS: Final = frozenset(
    {__file__, node_traces.__file__, forward_recorder.__file__, torch.overrides.__file__}
)
#: Outside of these, the program runs and not the model. By identity: a hash takes all the code.
_OUTERMOST: Final = frozenset(
    id(inspect.unwrap(function).__code__) for function in (Run._output, Run.repeated)
)

#: A code object by its identity (its hash takes all of it), and the instruction that ran.
_Place = tuple[int, int]


class _Made(NamedTuple):
    """The code that ran when a node was made; the stack is the innermost frame first."""

    stack: tuple[_Place, ...]
    module: tuple[str, str]
    span: Span | None


@answers(FindSources)
def found_sources(question: FindSources, inspected: Inspected) -> SourcesFound:
    """Answer where the nodes of the recording were made."""
    libraries = question.libraries
    sources = sources_of(inspected.replay, inspected.recording, libraries=libraries)
    return SourcesFound(libraries=libraries, sources=sources)


def sources_of(replay: Replay, recording: Recording, *, libraries: bool = False) -> Sources:
    """Return where the nodes of `recording`, one of `run`, were made.

    The forward pass runs once more for it, and leaves the model as it was. The text of files of
    libraries comes only with `libraries`.
    """
    if replay.by_hand is not None:
        return Sources(note=tr(_BY_HAND))
    notes = _Notes(replay.module)
    with notes.taken(replay), replay.repeated(recording.trace.at_step) as output:
        walk = Walk(output, replay.leaves)
        if not _is_same(walk, recording):
            return Sources(note=tr(_OTHER))
        if all(is_leaf(node) for node in walk.nodes):
            return Sources(note=tr(_LEAF_ALONE))
        end_if_unwanted()
        made = {walk.ids[node]: notes.of(node) for node in walk.nodes}
        end_if_unwanted()
    if not any(origin is not None and origin[0].stack for origin in made.values()):
        return Sources(note=tr(_UNTOLD))
    return _Writer(replay, notes, libraries=libraries).written(made)


def made_by(replay: Replay, recording: Recording, node: str) -> str:
    """Return the line that made `node`, `net.py:12: y = a * x`; empty where it is not known."""
    return made_text(sources_of(replay, recording), node)


def _is_same(walk: Walk, recording: Recording) -> bool:
    names = [node.name().rpartition("::")[2] for node in walk.nodes if not is_leaf(node)]
    recorded = [node.name for node in recording.graph.nodes if node.kind != "leaf"]
    return names == recorded and len(walk.nodes) == len(recording.graph.nodes)


class _Notes:
    """Notes the running code for each node that PyTorch makes, and tells it afterwards."""

    def __init__(self, module: nn.Module | None) -> None:
        self.codes: dict[int, CodeType] = {}
        self._made: list[_Made] = []
        self._running: list[tuple[str, str]] = []
        self._span: Span | None = None
        self._names: dict[int, str] = {}
        self._owners: dict[int, tuple[str, str]] = {}
        for name, each in module.named_modules() if module is not None else ():
            self._names[id(each)] = name
            for parameter in each.parameters(recurse=False):
                self._owners.setdefault(id(parameter), (name, type(each).__name__))

    @contextmanager
    def taken(self, replay: Replay) -> Iterator[None]:
        """Take notes of all that runs within."""
        with ExitStack() as stack:
            stack.enter_context(nodes_noted(self._note))
            stack.callback(register_module_forward_pre_hook(self._enter).remove)
            hook = register_module_forward_hook(self._leave, always_call=True)
            stack.callback(hook.remove)
            stack.enter_context(replay.wrapped(self._announced))
            stack.enter_context(warnings.catch_warnings())
            # It is of these two hooks, and of nothing that the user could change.
            warnings.filterwarnings("ignore", ".*there are global hooks on modules")
            yield

    def of(self, node: GradNode) -> tuple[_Made, bool] | None:
        """Return the code that made `node`, and whether in a backward pass; None if not known."""
        if is_leaf(node):
            owner = self._owners.get(id(node.variable))
            return None if owner is None else (_Made((), owner, None), False)
        note = note_of(node)
        return None if note is None else (self._made[note[0]], note[1])

    def _note(self) -> int:
        """Note the running code, and return the number of the note for PyTorch to keep."""
        frame = sys._getframe(1)
        stack: list[_Place] = []
        while frame is not None and id(frame.f_code) not in _OUTERMOST:
            code = frame.f_code
            if code.co_filename not in _LISTENERS:
                self.codes.setdefault(id(code), code)
                stack.append((id(code), frame.f_lasti))
            if frame.f_back is None:
                break
            frame = frame.f_back
        module = self._running[-1] if self._running else ("", "")
        self._made.append(_Made(tuple(stack), module, self._span))
        return len(self._made) - 1

    def _enter(self, module: nn.Module, _: Any) -> None:
        self._running.append((self._names.get(id(module), ""), type(module).__name__))

    def _leave(self, module: nn.Module, _args: Any, _output: Any) -> None:
        self._running.pop()

    def _announced(self, operate: Callable[..., Any], span: Span) -> Callable[..., Any]:
        @wraps(operate)
        def announced(*operands: Any) -> Any:
            self._span = span
            try:
                return operate(*operands)
            finally:
                self._span = None

        return announced


class _Writer:
    """Writes notes as plain data: each file, line and stack once."""

    def __init__(self, replay: Replay, notes: _Notes, *, libraries: bool) -> None:
        own = own_source(replay.source)
        self._source = replay.source
        #: A typed model's own file is its expression, and not the file that runs expressions.
        self._typed = replay.tree is not None
        self._folder = Path(own.path).resolve().parent if own is not None else None
        self._codes = notes.codes
        self._libraries = libraries
        self._files: dict[str, int] = {}
        self._written: list[SourceFile] = []
        self._frames: dict[_Place | Span, int] = {}
        self._lines: list[SourceFrame] = []
        self._stacks: dict[tuple[tuple[_Place, ...], Span | None], int] = {}
        self._listed: list[tuple[int, ...]] = []

    def written(self, made: Mapping[str, tuple[_Made, bool] | None]) -> Sources:
        """Return where each of the nodes was made."""
        origins = {
            node: self._origin(each[0], backward=each[1])
            for node, each in made.items()
            if each is not None
        }
        # Own files come first, that of the model before its parts.
        files = self._written
        order = sorted(
            range(len(files)), key=lambda place: (not files[place].own, files[place].path in _PARTS)
        )
        places = {before: now for now, before in enumerate(order)}
        return Sources(
            files=tuple(files[place] for place in order),
            frames=tuple(
                SourceFrame(
                    file=places[line.file],
                    line=line.line,
                    start=line.start,
                    end=line.end,
                    function=line.function,
                )
                for line in self._lines
            ),
            stacks=tuple(self._listed),
            origins=origins,
        )

    def _origin(self, made: _Made, *, backward: bool) -> Origin:
        name, kind = made.module
        return Origin(stack=self._stack(made), module=name, module_type=kind, backward=backward)

    def _stack(self, made: _Made) -> int:
        if not made.stack:
            return -1
        key = (made.stack, made.span)
        if key not in self._stacks:
            frames = [self._frame(place) for place in made.stack]
            if made.span is not None:
                frames.insert(0, self._place_in_expression(made.span))
            self._stacks[key] = len(self._listed)
            self._listed.append(tuple(frames))
        return self._stacks[key]

    def _place_in_expression(self, span: Span) -> int:
        if span not in self._frames:
            self._frames[span] = len(self._lines)
            file = self._file("")
            self._lines.append(SourceFrame(file=file, line=1, start=span[0], end=span[1]))
        return self._frames[span]

    def _frame(self, place: _Place) -> int:
        if place not in self._frames:
            self._frames[place] = len(self._lines)
            self._lines.append(self._line(*place))
        return self._frames[place]

    def _line(self, code_id: int, instruction: int) -> SourceFrame:
        code = self._codes[code_id]
        line, end_line, start, end = list(code.co_positions())[instruction // 2]
        line = line or code.co_firstlineno
        text = linecache.getline(code.co_filename, line).rstrip("\n")
        first = _characters(text, start)
        last = len(text) if end_line != line else _characters(text, end)
        return SourceFrame(
            file=self._file(code.co_filename),
            line=line,
            start=first,
            end=max(first, last),
            function=code.co_qualname.replace("<locals>.", ""),
        )

    def _file(self, path: str) -> int:
        if path not in self._files:
            self._files[path] = len(self._written)
            own = self._is_own(path)
            wanted = path and (own or self._libraries)
            text = "".join(linecache.getlines(path)) if wanted else self._source * (not path)
            title = self._title(path) if path else tr("expression")
            self._written.append(SourceFile(path=path, title=title, text=text, own=own))
        return self._files[path]

    def _is_own(self, path: str) -> bool:
        if not path:
            return True
        if self._folder is None:
            in_model = not self._typed and _MODELS in Path(path).parents
            return in_model or path in _PARTS
        return self._folder in Path(path).resolve().parents and not _is_library(path)

    def _title(self, path: str) -> str:
        roots = [*_LIBRARY_FOLDERS, _PACKAGE.parent]
        if self._folder is not None and self._is_own(path):
            roots.insert(0, self._folder)
        resolved = Path(path).resolve()
        for root in roots:
            if root in resolved.parents:
                found = resolved.relative_to(root)
                return found.name if found.parts[0] == _PACKAGE.name else found.as_posix()
        return resolved.name


_LIBRARY_FOLDERS: Final = tuple(
    Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib", "stdlib")
)


def _is_library(path: str) -> bool:
    """Tell whether a file was installed, or is a part of this program."""
    parents = Path(path).resolve().parents
    return _PACKAGE in parents or any(folder in parents for folder in _LIBRARY_FOLDERS)


def _characters(text: str, column: int | None) -> int:
    """Return how many characters lie before a column, which Python counts in bytes of UTF-8."""
    return len(text.encode()[: column or 0].decode(errors="ignore"))
