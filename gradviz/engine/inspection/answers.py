"""What is asked about a recording, answered as events; each kind of question has its own module."""

from collections.abc import Iterator

from gradviz.engine.inspection.cooperative_tasks import Answers
from gradviz.engine.inspection.heat_map import drawn_in_pieces
from gradviz.engine.inspection.measured_health import measured
from gradviz.engine.inspection.missing_gradients import explained
from gradviz.engine.inspection.rules import all_ruled, ruled
from gradviz.engine.inspection.sources import found_sources
from gradviz.engine.inspection.tensor_pages import chunk, page
from gradviz.engine.inspection.tensor_statistics import measured_in_pieces
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import AskHealth, AskRule, AskRules, Inspection
from gradviz.protocol.events import Event
from gradviz.protocol.missing_questions import AskMissing
from gradviz.protocol.source_questions import AskSources
from gradviz.protocol.tensor_questions import (
    AskHeatMap,
    AskTensorChunk,
    AskTensorPage,
    AskTensorStatistics,
    TensorStudy,
)


def inspected(question: Inspection, run: Run, recording: Recording) -> Iterator[Event]:
    """Yield the answer to `question` about the newest recording of `run`.

    Raises:
        RecordingError: there is nothing to answer with.
    """
    match question:
        case AskHealth():
            yield measured(question, run, recording)
        case AskRule():
            yield ruled(question, run, recording)
        case AskRules():
            yield all_ruled(question, run, recording)
        case AskMissing():
            yield explained(question, run, recording)
        case AskSources():
            yield found_sources(question, run, recording)
        case AskTensorPage():
            yield page(question, recording)
        case AskTensorChunk():
            yield chunk(question, recording)


def studied(question: TensorStudy, recording: Recording) -> Answers:
    """Yield the answers to a question that takes longer, piece by piece.

    Raises:
        RecordingError: there is nothing to answer with.
    """
    match question:
        case AskTensorStatistics():
            yield from measured_in_pieces(question, recording)
        case AskHeatMap():
            yield from drawn_in_pieces(question, recording)
