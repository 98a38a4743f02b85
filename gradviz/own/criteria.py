"""The losses of torch.nn for a user's own model, as they are typed: `HuberLoss(delta=0.5)`.

A loss is named in a table, and its arguments are read by the grammar: nothing is evaluated.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from gradviz.core.language.saying import listed, tr
from gradviz.own.calls import parse_arguments
from gradviz.own.syntax import Arguments, Value, marked_in, refused

Lengths = tuple[int, ...]
#: Returns targets, as they are typed, for an output of that shape.
Example = Callable[[Lengths], str]


class CriterionRow(NamedTuple):
    """One loss of torch.nn.

    Attributes:
        name: Its class.
        targets: What its call takes behind the tensors of the output.
        example: Targets for an output of some shape.
        outputs: The tensors of the output that its call takes.
    """

    name: str
    targets: tuple[str, ...]
    example: Example
    outputs: tuple[str, ...] = ("input",)


class CriterionCall(NamedTuple):
    """A loss as it was typed: its row, and the arguments of its class."""

    row: CriterionRow
    arguments: Arguments

    @property
    def text(self) -> str:
        """Return it as Python without its module: `HuberLoss(delta=0.5)`; `HuberLoss` alone."""
        given = self._listed(repr)
        return f"{self.row.name}({given})" if given else self.row.name

    @property
    def code(self) -> str:
        """Return it as Python: `torch.nn.HuberLoss(delta=0.5)`; lists of numbers are tensors."""
        return f"torch.nn.{self.row.name}({self._listed(_tensor_code)})"

    def _listed(self, written: Callable[[Value], str]) -> str:
        named = (f"{name}={written(value)}" for name, value in self.arguments.keywords.items())
        return ", ".join((*map(written, self.arguments.positional), *named))


def _tensor_code(value: Value) -> str:
    return f"torch.tensor({value!r})" if isinstance(value, list) else repr(value)


def _sized(text: str) -> Example:
    return lambda shape: text.format(shape=_written(shape))


def _written(shape: Lengths) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _classes(shape: Lengths) -> str:
    """Return the number of a class for each place of an output of shape (batch, classes, …)."""
    if len(shape) < 2:
        return f"randint(0, {shape[0] if shape else 1}, ())"
    return f"randint(0, {shape[1]}, {_written((shape[0], *shape[2:]))})"


def _labels(shape: Lengths) -> str:
    """Return numbers of classes, several for each row of an output of shape (batch, classes)."""
    return f"randint(0, {shape[-1] if shape else 1}, {_written(shape)})"


def _sequences(shape: Lengths) -> str:
    """Return labels and lengths for an output of shape (time, batch, classes)."""
    time, batch, classes = shape if len(shape) == 3 else (8, 1, 3)
    length = max(1, time // 2)
    return (
        f"randint(1, {max(2, classes)}, ({batch}, {length})); "
        f"randint({time}, {time + 1}, ({batch},)); randint({length}, {length + 1}, ({batch},))"
    )


def _first_sized(text: str) -> Example:
    """Return the example whose only length is the first one of the output."""
    return lambda shape: text.format(length=shape[0] if shape else 1)


def _none(_: Lengths) -> str:
    return ""


_NUMBERS: Final = _sized("randn{shape}")
_PROBABILITIES: Final = _sized("rand{shape}")
_SIGNS: Final = _sized("ones{shape}")
_PAIR: Final = ("input1", "input2")
_TRIPLET: Final = ("anchor", "positive", "negative")
_ONE: Final = ("target",)
CRITERIA: Final[tuple[CriterionRow, ...]] = (
    CriterionRow("MSELoss", _ONE, _NUMBERS),
    CriterionRow("L1Loss", _ONE, _NUMBERS),
    CriterionRow("SmoothL1Loss", _ONE, _NUMBERS),
    CriterionRow("HuberLoss", _ONE, _NUMBERS),
    CriterionRow("CrossEntropyLoss", _ONE, _classes),
    CriterionRow("NLLLoss", _ONE, _classes),
    CriterionRow("MultiMarginLoss", _ONE, _classes),
    CriterionRow("BCELoss", _ONE, _PROBABILITIES),
    CriterionRow("BCEWithLogitsLoss", _ONE, _PROBABILITIES),
    CriterionRow("KLDivLoss", _ONE, _PROBABILITIES),
    CriterionRow("PoissonNLLLoss", _ONE, _sized("randint(0, 5, {shape})")),
    CriterionRow("GaussianNLLLoss", ("target", "var"), _sized("randn{shape}; ones{shape}")),
    CriterionRow("HingeEmbeddingLoss", _ONE, _SIGNS),
    CriterionRow("SoftMarginLoss", _ONE, _SIGNS),
    CriterionRow("MultiLabelMarginLoss", _ONE, _labels),
    CriterionRow("MultiLabelSoftMarginLoss", _ONE, _sized("randint(0, 2, {shape}, dtype=float32)")),
    CriterionRow("CTCLoss", ("targets", "input_lengths", "target_lengths"), _sequences),
    CriterionRow("MarginRankingLoss", _ONE, _SIGNS, _PAIR),
    CriterionRow("CosineEmbeddingLoss", _ONE, _first_sized("ones({length})"), _PAIR),
    CriterionRow("TripletMarginLoss", (), _none, _TRIPLET),
    CriterionRow("TripletMarginWithDistanceLoss", (), _none, _TRIPLET),
)
#: Their parameters are trained with those of the model, to which they must belong.
_WITH_PARAMETERS: Final = ("AdaptiveLogSoftmaxWithLoss", "LinearCrossEntropyLoss")
_CALL: Final = re.compile(
    r"\s*(?:torch\.)?(?:nn\.)?(?P<name>\w*)\s*"
    r"(?:\((?P<arguments>.*)\)|,\s*(?P<reduction>mean|sum))?\s*",
    re.DOTALL,
)


def parse_criterion(text: str) -> CriterionCall:
    """Return the loss in `MSELoss`, `MSELoss, sum` or `HuberLoss(delta=0.5)`.

    Raises:
        ExpressionError: there is no such loss, or its arguments cannot be read.
    """
    with marked_in(text):
        match = _CALL.fullmatch(text)
        if match is None:
            raise refused(
                tr("This is no loss."),
                tr("Write such as CrossEntropyLoss, or HuberLoss(delta=0.5)."),
                (0, len(text)),
            )
        row = _row(match["name"], match.span("name"))
        if match["reduction"]:
            return CriterionCall(row, Arguments(keywords={"reduction": match["reduction"]}))
        # The arguments keep their places in the whole text.
        before = " " * match.start("arguments")
        return CriterionCall(row, parse_arguments(before + (match["arguments"] or "")))


def _row(name: str, span: tuple[int, int]) -> CriterionRow:
    for row in CRITERIA:
        if row.name == name:
            return row
    if name in _WITH_PARAMETERS:
        raise refused(
            tr("{name} has parameters of its own.", name=name),
            tr("Make it in __init__, so that they are trained, and call it in forward."),
            span,
        )
    hint = tr("Choose one of: {names}.", names=listed(row.name for row in CRITERIA))
    raise refused(tr("There is no loss {name}.", name=repr(name)), hint, span)
