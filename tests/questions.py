"""Questions put to a machine, for tests: their events, their answer, or their refusal."""

from gradviz.engine.machine import Machine
from gradviz.protocol.commands import Ask
from gradviz.protocol.events import Answered, Event, Unanswered
from gradviz.protocol.questions import Answer, Question


def ask(question: Question, *, run: int = 1, recording: int = 1, number: int = 1) -> Ask:
    """Return the command that carries a question."""
    return Ask(run=run, recording=recording, number=number, question=question)


def events_of(
    machine: Machine, question: Question, *, run: int = 1, recording: int = 1, number: int = 1
) -> list[Event]:
    """Return all events until the machine has nothing more to do."""
    events = list(machine.handle(ask(question, run=run, recording=recording, number=number)))
    while machine.busy:
        events += machine.advance()
    return events


def answer_of(machine: Machine, question: Question, *, run: int = 1, recording: int = 1) -> Answer:
    """Return the last answer to a question."""
    last = events_of(machine, question, run=run, recording=recording)[-1]
    assert isinstance(last, Answered), last
    assert last.last
    return last.answer


def refusal_of(
    machine: Machine, question: Question, *, run: int = 1, recording: int = 1
) -> Unanswered:
    """Return the event that says why there is no answer."""
    last = events_of(machine, question, run=run, recording=recording)[-1]
    assert isinstance(last, Unanswered), last
    assert last.reason == "failed"
    return last
