"""Why leaves have no gradient, as `gradviz step` prints it."""

from collections.abc import Iterator

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import RecordedPass
from gradviz.core.findings.missing import MissingGradient
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import ExplainMissing, MissingGradients


def missing_lines(engine: Engine, recorded: RecordedPass) -> Iterator[str]:
    """Yield for each reason its sentence, the line that ran, and the remedy."""
    answer = _answer(engine, recorded)
    for each in answer.missing:
        yield f"no gradient of {each.name} ({each.reason}): {each.sentence}"
        if each.place is not None and each.place.text:
            yield f"     {each.place.text}"
        if each.hint:
            yield f"     {each.hint}"
    if answer.untrained:
        yield f"in no parameters(), so never trained: {', '.join(answer.untrained)}"
        yield "     Keep layers in nn.ModuleList or nn.ModuleDict, and tensors as nn.Parameter."


def missing_json(engine: Engine, recorded: RecordedPass) -> dict[str, Json]:
    """Return the reasons as plain data; a reason without a line has null for it."""
    answer = _answer(engine, recorded)
    return {
        "missing": [_reason(each) for each in answer.missing],
        "untrained": list(answer.untrained),
    }


def _answer(engine: Engine, recorded: RecordedPass) -> MissingGradients:
    """Ask for the reasons; none for the graph of a gradient, where leaves need not have one."""
    if recorded.graph.order > 1:
        return MissingGradients(leaves=0, missing=())
    return engine.answer(ExplainMissing(), recorded.recording, MissingGradients)


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
