"""Why leaves have no gradient, as `gradviz step` prints it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradviz.cli.machine import RUN, accepted
from gradviz.core.findings.missing import MissingGradient
from gradviz.protocol.events import BackwardRecorded
from gradviz.protocol.missing_questions import AskMissing, MissingGradients

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine


def missing_lines(machine: "Machine", recorded: BackwardRecorded, source: str) -> Iterator[str]:
    """Yield for each reason its sentence, the line that ran, and what to do."""
    for each in _missing(machine, recorded, source):
        yield f"no gradient of {each.name} ({each.reason}): {each.sentence}"
        if each.place is not None and each.place.text:
            yield f"     {each.place.text}"
        if each.hint:
            yield f"     {each.hint}"


def missing_document(
    machine: "Machine", recorded: BackwardRecorded, source: str
) -> "dict[str, Json]":
    """Return the reasons as plain data; what is at no line has null for it."""
    return {"missing": [_reason(each) for each in _missing(machine, recorded, source)]}


def _missing(
    machine: "Machine", recorded: BackwardRecorded, source: str
) -> tuple[MissingGradient, ...]:
    """Ask for the reasons; none for the graph of a gradient, where leaves need not have one."""
    if recorded.graph.order > 1:
        return ()
    question = AskMissing(run=RUN, recording=recorded.recording)
    for event in accepted(machine.handle(question), source):
        if isinstance(event, MissingGradients):
            return event.missing
    raise AssertionError("a machine answers or says why not")


def _reason(each: MissingGradient) -> "Json":
    return {
        "name": each.name,
        "reason": each.reason,
        "file": None if each.place is None else each.place.file,
        "line": None if each.place is None else each.place.line,
        "text": None if each.place is None else each.place.text,
        "sentence": each.sentence,
        "hint": each.hint,
    }
