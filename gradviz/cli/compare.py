"""`gradviz compare`: several optimizers and seeds side by side, without a window."""

import argparse
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from gradviz.cli.arguments import Parsers, add_model, add_training, new_verb
from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted, built_in, chosen_training, model_of
from gradviz.cli.output import DONE, FAILED, print_json, print_lines, say
from gradviz.core.choices.comparison import Candidate, Standing, checked_candidates
from gradviz.core.errors import SettingError
from gradviz.protocol.commands import CompareRuns
from gradviz.protocol.events import ComparisonFrame, Event

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

#: The tutorial prints the loss of every hundredth step.
_LOSS_EVERY: Final = 100


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "compare", "train 2 to 8 runs side by side: optimizers and seeds")
    add_model(parser)
    add_training(parser)
    parser.add_argument(
        "--seeds",
        default="",
        metavar="N,N",
        help="seeds, such as 0,1,2: each is a run with each optimizer of --optimizer sgd,adam",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a line, the results last"
    )
    parser.set_defaults(verb=_compare)


def _compare(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    machine = Machine()
    candidates = _candidates(options, machine)
    told = _Report(candidates, as_json=options.json)
    for event in _compared(machine, candidates, options.model):
        if isinstance(event, ComparisonFrame):
            told.add(event)
    return told.end()


def _compared(
    machine: "Machine", candidates: tuple[Candidate, ...], source: str
) -> Iterator[Event]:
    yield from accepted(machine.handle(CompareRuns(RUN, candidates)), source)
    while machine.training:
        yield from accepted(machine.advance(), source)


def _candidates(options: argparse.Namespace, machine: "Machine") -> tuple[Candidate, ...]:
    """Return a run for every pair of an optimizer and a seed; raises InputError."""
    model = msgspec.structs.replace(model_of(options), mode="fit")
    seeds = _seeds(options.seeds) or (options.seed,)
    suited = built_in(machine, msgspec.structs.replace(model, seed=seeds[0])).training
    names = _parts(options.optimizer or suited.optimizer)
    trainings = [
        chosen_training(
            argparse.Namespace(**{**vars(options), "optimizer": name}), suited, options.steps
        )
        for name in names
    ]
    candidates = tuple(
        Candidate(
            title=f"{training.optimizer}, seed {seed}",
            model=msgspec.structs.replace(model, seed=seed),
            training=training,
        )
        for training, seed in product(trainings, seeds)
    )
    try:
        return checked_candidates(candidates)
    except SettingError as error:
        hint = "Name 2 to 8 pairs, such as --optimizer sgd,adam --seeds 0,1."
        raise InputError(error.message, hint) from error


def _parts(text: str) -> tuple[str, ...]:
    """Return what stands between commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _seeds(text: str) -> tuple[int, ...]:
    try:
        return tuple(dict.fromkeys(int(part) for part in _parts(text)))
    except ValueError:
        raise InputError(
            f"--seeds {text} is no list of seeds.", "Write whole numbers, such as 0,1,2."
        ) from None


class _Report:
    """Prints the losses of every hundredth step, and at the end how each run came out."""

    def __init__(self, candidates: tuple[Candidate, ...], *, as_json: bool) -> None:
        self._candidates = candidates
        self._as_json = as_json
        self._done = [0] * len(candidates)
        self._last: list[float | None] = [None] * len(candidates)
        self._rows: dict[int, list[float | None]] = {}
        self._standings: tuple[Standing, ...] = ()

    def add(self, frame: ComparisonFrame) -> None:
        """Take what is new; runs that go on are side by side at every frame."""
        self._standings = frame.standings
        for place, array in enumerate(frame.losses):
            losses = [float(loss) for loss in array.floats()]
            for step, loss in enumerate(losses, start=self._done[place]):
                if step % _LOSS_EVERY == _LOSS_EVERY - 1:
                    row = self._rows.setdefault(step, [None] * len(self._candidates))
                    row[place] = loss
            self._done[place] += len(losses)
            self._last[place] = losses[-1] if losses else self._last[place]
        for step in sorted(self._rows):
            self._print_row(step, self._rows.pop(step))

    def _print_row(self, step: int, row: Iterable[float | None]) -> None:
        titles = (candidate.title for candidate in self._candidates)
        losses: dict[str, Json] = dict(zip(titles, row, strict=True))
        if self._as_json:
            print_json({"step": step, "losses": losses})
        else:
            numbers = ("–" if loss is None else str(loss) for loss in losses.values())
            print_lines(f"{step}  {'  '.join(numbers)}")

    def end(self) -> int:
        """Print the results; return FAILED where no run came to its end."""
        results = list(zip(self._candidates, self._standings, self._last, strict=True))
        if self._as_json:
            print_json({"results": [_result(*each) for each in results]})
        for candidate, standing, loss in results:
            if not self._as_json:
                equation = standing.equation
                print_lines(f"{candidate.title}: loss {loss}, {standing.state}. Result: {equation}")
            if standing.message:
                say(f"gradviz: {candidate.title}: {standing.message}")
        finished = any(standing.state == "finished" for standing in self._standings)
        return DONE if finished else FAILED


def _result(candidate: Candidate, standing: Standing, loss: float | None) -> "Json":
    return {
        "title": candidate.title,
        "optimizer": candidate.training.optimizer,
        "learning_rate": candidate.training.learning_rate,
        "seed": candidate.model.seed,
        "state": standing.state,
        "steps": standing.step,
        "loss": loss,
        "equation": standing.equation,
        "message": standing.message,
    }
