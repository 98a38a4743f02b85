"""Why leaves have no gradient, as the command line prints it."""

from collections.abc import Iterable, Iterator, Sequence

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import RecordedPass
from gradviz.cli.refusals import RefusedError
from gradviz.core.findings.missing import MissingGradient
from gradviz.core.language.saying import listed, tr
from gradviz.export.strict_json import Json
from gradviz.protocol.questions import ExplainMissing, MissingGradients


def missing_lines(missing: Iterable[MissingGradient]) -> Iterator[str]:
    """Yield for each reason its sentence, the line that ran, and the remedy."""
    for each in missing:
        yield tr(
            "no gradient of {name} ({reason}): {sentence}",
            name=each.name,
            reason=each.reason,
            sentence=each.sentence,
        )
        if each.place is not None and each.place.text:
            yield f"     {each.place.text}"
        if each.hint:
            yield f"     {each.hint}"


def untrained_lines(untrained: Sequence[str]) -> Iterator[str]:
    """Yield the names of the leaves that never train, and the remedy; nothing where all train."""
    if untrained:
        yield tr("in no parameters(), so never trained: {names}", names=listed(untrained))
        remedy = tr("Keep layers in nn.ModuleList or nn.ModuleDict, and tensors as nn.Parameter.")
        yield f"     {remedy}"


def missing_json(missing: Iterable[MissingGradient], untrained: Sequence[str]) -> dict[str, Json]:
    """Return the reasons and the names of leaves that never train as plain data.

    A reason without a line has null for it.
    """
    return {"missing": [_reason(each) for each in missing], "untrained": list(untrained)}


def missing_gradients(engine: Engine, recorded: RecordedPass) -> MissingGradients:
    """Ask for the reasons; none for the graph of a gradient, where leaves need not have one."""
    if recorded.graph.order > 1:
        return MissingGradients(leaves=0, missing=())
    return engine.answer(ExplainMissing(), recorded.recording, MissingGradients)


def known_missing(engine: Engine, recorded: RecordedPass) -> MissingGradients | None:
    """Ask for the reasons; None where a file with a recording does not have them."""
    try:
        return missing_gradients(engine, recorded)
    except RefusedError:
        if recorded.from_file:
            return None
        raise


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
