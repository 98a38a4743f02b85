"""Why leaves have no gradient, as `gradviz step` prints it."""

from collections.abc import Iterator

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import RecordedPass
from gradviz.core.findings.missing import MissingGradient
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import ExplainMissing, MissingGradients


def missing_lines(engine: Engine, recorded: RecordedPass) -> Iterator[str]:
    """Yield for each reason its sentence, the line that ran, and the remedy."""
    for each in _missing(engine, recorded):
        yield f"no gradient of {each.name} ({each.reason}): {each.sentence}"
        if each.place is not None and each.place.text:
            yield f"     {each.place.text}"
        if each.hint:
            yield f"     {each.hint}"


def missing_json(engine: Engine, recorded: RecordedPass) -> dict[str, Json]:
    """Return the reasons as plain data; a reason without a line has null for it."""
    return {"missing": [_reason(each) for each in _missing(engine, recorded)]}


def _missing(engine: Engine, recorded: RecordedPass) -> tuple[MissingGradient, ...]:
    """Ask for the reasons; none for the graph of a gradient, where leaves need not have one."""
    if recorded.graph.order > 1:
        return ()
    return engine.answer(ExplainMissing(), recorded.recording, MissingGradients).missing


def _reason(each: MissingGradient) -> Json:
    return {
        "name": each.name,
        "reason": each.reason,
        "file": None if each.place is None else each.place.file,
        "line": None if each.place is None else each.place.line,
        "text": None if each.place is None else each.place.text,
        "sentence": each.sentence,
        "hint": each.hint,
    }
