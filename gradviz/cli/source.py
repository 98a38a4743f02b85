"""Where each node of a recorded pass was made, as `gradviz step --source` prints it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradviz.cli.machine import RUN, accepted
from gradviz.core.findings.source import Frame, Sources, made_text, module_text, place_text
from gradviz.protocol.events import BackwardRecorded
from gradviz.protocol.source_questions import AskSources, SourcesFound

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine


def sources_in(machine: "Machine", recorded: BackwardRecorded) -> Sources:
    """Return where the nodes of the newest pass of `machine` were made."""
    question = AskSources(run=RUN, recording=recorded.recording)
    for event in accepted(machine.handle(question), ""):
        if isinstance(event, SourcesFound):
            return event.sources
    raise AssertionError("a machine tells where a graph was made, or why not")


def source_lines(sources: Sources, recorded: BackwardRecorded) -> Iterator[str]:
    """Yield a line for each node: what made it, and the module that was running."""
    yield "made by:"
    if sources.note:
        yield f"  {sources.note}"
        return
    for node in recorded.graph.nodes:
        origin = sources.origins.get(node.id)
        module = module_text(origin) if origin is not None else ""
        made = made_text(sources, node.id)
        if not made:
            inner = next(iter(sources.stack_of(node.id, libraries=True)), None)
            made = "a leaf" if inner is None else place_text(sources, inner)
        backward = "the backward of " if origin is not None and origin.backward else ""
        yield f"  {node.id} {node.op}  {backward}{made}{f'  [{module}]' if module else ''}"


def source_document(sources: Sources, recorded: BackwardRecorded) -> "dict[str, Json]":
    """Return for each node its line, its module, and the lines that called it."""
    document: dict[str, Json] = {}
    for node in recorded.graph.nodes:
        origin = sources.origins.get(node.id)
        line = sources.line_of(node.id)
        document[node.id] = {
            "made": None if line is None else _frame(sources, line),
            "module": origin.module if origin is not None else "",
            "module_type": origin.module_type if origin is not None else "",
            "by_backward": origin is not None and origin.backward,
            "stack": [_frame(sources, each) for each in sources.stack_of(node.id, libraries=True)],
        }
    return {"note": sources.note, "nodes": document}


def _frame(sources: Sources, frame: Frame) -> "Json":
    file = sources.files[frame.file]
    return {
        "file": file.path,
        "line": frame.line,
        "start": frame.start,
        "end": frame.end,
        "function": frame.function,
        "text": sources.text_of(frame),
        "own": file.own,
    }
