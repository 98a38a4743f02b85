"""`gradviz compare`: several models, optimizers and seeds side by side, without a window."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final

import msgspec

from gradviz.cli.begun_runs import fresh_run
from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.training_options import add_fresh_training
from gradviz.cli.output.losses_output import told_losses
from gradviz.cli.progress import ProgressBar
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, FAILED, print_json, print_lines, say
from gradviz.core.choices.comparison import Candidate, CandidateState, Standing, checked_candidates
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import equation_text
from gradviz.export.strict_json import Json
from gradviz.protocol.commands import CompareRuns
from gradviz.protocol.events import RunComparisonFrame

_EXAMPLES: Final = (
    'gradviz compare "a + b x" --optimizer sgd,adam --seeds 0,1',
    "gradviz compare autograd --seeds 0,1,2 --steps 500 --json",
    'gradviz compare "Linear(1, 8), Tanh(), Linear(8, 1)" --with "a + b x + c x^3"',
)

_STATES: Final[Mapping[CandidateState, str]] = {
    "running": marked("running"),
    "finished": marked("finished"),
    "diverged": marked("diverged"),
    "failed": marked("failed"),
}


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs,
        "compare",
        tr("train 2 to 8 runs side by side: models, optimizers and seeds"),
        _EXAMPLES,
    )
    add_model(parser)
    add_fresh_training(parser)
    parser.add_argument(
        "--with",
        dest="others",
        action="append",
        default=[],
        metavar="MODEL",
        help=tr("another model beside the first, such as a wider network; may be repeated"),
    )
    parser.add_argument(
        "--seeds",
        default="",
        metavar="N,N",
        help=tr("seeds, such as 0,1,2: each is a run with each optimizer of --optimizer sgd,adam"),
    )
    parser.add_argument(
        "--json", action="store_true", help=tr("print one JSON object a line, the results last")
    )
    parser.set_defaults(verb=_compare)


def _compare(options: argparse.Namespace) -> int:
    engine = Engine()
    candidates = _candidates(options, engine)
    told = _Report(candidates, as_json=options.json)
    steps = max(each.training.steps for each in candidates)
    with ProgressBar(tr("comparing"), steps) as progress:
        for event in engine.follow(CompareRuns(RUN, candidates)):
            if isinstance(event, RunComparisonFrame):
                told.add(event)
                progress.show(max((each.step for each in event.standings), default=0))
    return told.end()


def _candidates(options: argparse.Namespace, engine: Engine) -> tuple[Candidate, ...]:
    """Return a run for each model, optimizer and seed; raises InputError."""
    sources = (options.model, *options.others)
    candidates: list[Candidate] = []
    for source in sources:
        given = argparse.Namespace(**{**vars(options), "model": source})
        candidates += _of_model(given, engine, source.strip() if len(sources) > 1 else "")
    try:
        return checked_candidates(tuple(candidates))
    except SettingError as error:
        hint = tr("Name 2 to 8 runs, such as by --optimizer sgd,adam --seeds 0,1 or --with.")
        raise InputError(error.message, hint) from error


def _of_model(options: argparse.Namespace, engine: Engine, name: str) -> Iterator[Candidate]:
    """Yield a run for every pair of an optimizer and a seed; titles begin with a `name`."""
    run = fresh_run(options, fitted=True)
    seeds = _seeds(options.seeds) or (run.model.seed,)
    built, _ = engine.build(msgspec.structs.replace(run.model, seed=seeds[0]))
    trainings = [
        run.trained(argparse.Namespace(**{**vars(options), "optimizer": each}), built.training)
        for each in _parts(options.optimizer or "") or ("",)
    ]
    for training, seed in product(trainings, seeds):
        title = tr("{optimizer}, seed {seed}", optimizer=training.optimizer, seed=seed)
        yield Candidate(
            title=tr("{model}, {run}", model=name, run=title) if name else title,
            model=msgspec.structs.replace(run.model, seed=seed),
            training=training,
        )


def _parts(text: str) -> tuple[str, ...]:
    """Return the texts between commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _seeds(text: str) -> tuple[int, ...]:
    try:
        return tuple(dict.fromkeys(int(part) for part in _parts(text)))
    except ValueError:
        raise InputError(
            tr("--seeds {text} is no list of seeds.", text=text),
            tr("Write whole numbers, such as 0,1,2."),
        ) from None


class _Report:
    """Prints losses in the rhythm of a training, and at the end how each run came out."""

    def __init__(self, candidates: tuple[Candidate, ...], *, as_json: bool) -> None:
        self._candidates = candidates
        self._steps = max(each.training.steps for each in candidates)
        self._as_json = as_json
        self._done = [0] * len(candidates)
        self._last: list[float | None] = [None] * len(candidates)
        self._rows: dict[int, list[float | None]] = {}
        self._standings: tuple[Standing, ...] = ()

    def add(self, frame: RunComparisonFrame) -> None:
        """Take the newest losses; runs that go on are side by side at every frame."""
        self._standings = frame.standings
        for place, array in enumerate(frame.losses):
            losses = [float(loss) for loss in array.floats()]
            for step, loss in told_losses(losses, self._done[place], self._steps):
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
                equation = equation_text(standing.equation)
                told = tr(
                    "{run}: loss {loss}, {state}. Result: {equation}",
                    run=candidate.title,
                    loss=loss,
                    state=tr(_STATES[standing.state]),
                    equation=equation,
                )
                print_lines(told)
            if standing.message:
                say(f"gradviz: {candidate.title}: {standing.message}")
        finished = any(standing.state == "finished" for standing in self._standings)
        return DONE if finished else FAILED


def _result(candidate: Candidate, standing: Standing, loss: float | None) -> Json:
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
