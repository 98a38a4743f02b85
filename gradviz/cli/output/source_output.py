"""Where each node of a recorded pass was made, as `gradviz step --source` prints it."""

from collections.abc import Iterator

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import RecordedPass
from gradviz.core.findings.source import SourceFrame, Sources, made_text, module_text, place_text
from gradviz.core.language.saying import tr
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import FindSources, SourcesFound


def sources_in(engine: Engine, recorded: RecordedPass) -> Sources:
    """Return where the nodes of the newest pass of `engine` were made."""
    return engine.answer(FindSources(), recorded.recording, SourcesFound).sources


def source_lines(sources: Sources, recorded: RecordedPass) -> Iterator[str]:
    """Yield a line for each node: the code that made it, and the module that was running."""
    yield tr("made by:")
    if sources.note:
        yield f"  {sources.note}"
        return
    for node in recorded.graph.nodes:
        origin = sources.origins.get(node.id)
        module = module_text(origin) if origin is not None else ""
        made = made_text(sources, node.id)
        if not made:
            inner = next(iter(sources.stack_of(node.id, libraries=True)), None)
            made = tr("a leaf") if inner is None else place_text(sources, inner)
        if origin is not None and origin.backward:
            made = tr("the backward of {line}", line=made)
        yield f"  {node.id} {node.op}  {made}{f'  [{module}]' if module else ''}"


def source_json(sources: Sources, recorded: RecordedPass) -> dict[str, Json]:
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


def _frame(sources: Sources, frame: SourceFrame) -> Json:
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
