"""The question for a gradient that is hidden, and how far a guess is off PyTorch's number."""

import math
import re
from typing import Final, Literal, NamedTuple, TypeAlias

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.trace import Step
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import plain_number, read_number, short

Verdict: TypeAlias = Literal["right", "wrong"]

#: A guess as exact as this is right, however it is written; float32 has seven digits.
_CLOSE: Final = 1e-4
#: A number that is written with fewer digits than this is not taken as rounded.
_LEAST_DIGITS: Final = 2
_ONE: Final = marked("What gradient does {sender} send to {receiver}?")
_MANY: Final = marked("What norm has the gradient that {sender} sends to {receiver}?")
_RIGHT: Final = marked("Right: PyTorch has {number}.")
_OFF: Final = marked("PyTorch has {number}; {guess} is off by {difference}.")
_SIGN: Final = marked("PyTorch has {number}; {guess} has the other sign.")
_NOT_FINITE: Final = marked("PyTorch has {number}, which is not finite.")
_SHOWN: Final = marked("PyTorch has {number}.")


class Prediction(NamedTuple):
    """A gradient to predict: the question in words, and PyTorch's number."""

    question: str
    number: float

    @property
    def shown(self) -> str:
        """Return the sentence with the number, where nothing was guessed."""
        return tr(_SHOWN, number=short(self.number))


class Judged(NamedTuple):
    """A guess beside PyTorch's number, in a sentence."""

    verdict: Verdict
    told: str


def prediction_of(graph: Graph, step: Step) -> Prediction | None:
    """Return the question for the first gradient that a step sends; None where it sends none.

    Of a gradient with several elements it is the norm of all.
    """
    receivers = {edge.slot: graph.node[edge.source] for edge in graph.edges_into[step.node]}
    for slot, gradient in enumerate(step.grad_inputs):
        if gradient is None or slot not in receivers:
            continue
        number = gradient.norm if gradient.scalar is None else gradient.scalar
        if number is not None:
            asked = _MANY if gradient.scalar is None else _ONE
            names = {"sender": _named(graph.node[step.node]), "receiver": _named(receivers[slot])}
            return Prediction(tr(asked, **names), number)
    return None


def judged(prediction: Prediction, text: str) -> Judged:
    """Compare a guess, as it was typed, with PyTorch's number.

    It is right within the rounding of its own digits, of which it needs two, or within a ten
    thousandth.

    Raises:
        SettingError: the text is no number.
    """
    guess, number = read_number(text), prediction.number
    if not math.isfinite(number):
        return Judged("wrong", tr(_NOT_FINITE, number=short(number)))
    if math.isclose(guess, number, rel_tol=_CLOSE) or _rounds_to(text, guess, number):
        return Judged("right", tr(_RIGHT, number=short(number)))
    told = _SIGN if math.isclose(guess, -number, rel_tol=_CLOSE) else _OFF
    words = {
        "number": short(number),
        "guess": short(guess),
        "difference": short(abs(guess - number)),
    }
    return Judged("wrong", tr(told, **words))


def _rounds_to(text: str, guess: float, number: float) -> bool:
    """Tell whether `number` is the guess once it has as many digits as were typed."""
    found = re.fullmatch(r"[-+]?(\d*)[.,]?(\d*)(?:e([-+]?\d+))?", plain_number(text).lower())
    if found is None:
        return False
    digits = f"{found[1]}{found[2]}".lstrip("0")
    unit = 10.0 ** (int(found[3] or 0) - len(found[2]))
    return len(digits) >= _LEAST_DIGITS and abs(guess - number) <= 0.5 * unit * (1 + _CLOSE)


def _named(node: Node) -> str:
    return node.op if node.kind == "leaf" else f"{node.op} {node.label}".strip()
