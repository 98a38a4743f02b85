"""The losses of a fit as LaTeX: that of one point, and its derivative by the prediction."""

from typing import NamedTuple

from gradviz.mathematics.latex_writer import OTHERWISE


class LossForm(NamedTuple):
    """The loss of one point, its derivative by the prediction, and the loss in plain text."""

    term: str
    slope: str
    typed: str


def loss_form(name: str, p: str, y: str) -> LossForm | None:
    """Return the form of the loss `name` for the prediction `p` and the target `y`, as LaTeX.

    `name` is that of torch.nn, or of the catalogue; None for a loss that is no sum over points.
    """
    within = rf"\left|{p} - {y}\right| < 1"
    difference, residual = f"{p} - {y}", rf"\left({p} - {y}\right)"
    sign = rf"\operatorname{{sgn}}{residual}"
    match name:
        case "squared errors" | "MSELoss":
            return LossForm(f"{residual}^{{2}}", f"2 {residual}", "(y_pred − y)²")
        case "L1Loss":
            return LossForm(rf"\left|{difference}\right|", sign, "|y_pred − y|")
        case "HuberLoss" | "SmoothL1Loss":
            half = r"\frac{1}{2}"
            return LossForm(
                _cases(
                    (f"{half} {residual}^{{2}}", within), rf"\left|{difference}\right| - {half}"
                ),
                _cases((difference, within), sign),
                "½ (y_pred − y)² where |y_pred − y| < 1, else |y_pred − y| − ½",
            )
        case "PoissonNLLLoss":
            return LossForm(
                rf"\left(e^{{{p}}} - {y} {p}\right)",
                rf"\left(e^{{{p}}} - {y}\right)",
                "exp(y_pred) − y y_pred",
            )
        case "SoftMarginLoss":
            return LossForm(
                rf"\ln\left(1 + e^{{-{y} {p}}}\right)",
                rf"\left(-{y} \sigma\left(-{y} {p}\right)\right)",
                "ln(1 + exp(−y y_pred))",
            )
        case _:
            return _of_classes(name, p, y)


def _of_classes(name: str, p: str, y: str) -> LossForm | None:
    """Return the form of a loss whose target is a probability, or one of two classes."""
    match name:
        case "BCELoss":
            return LossForm(
                _entropy(p, y),
                rf"\frac{{{p} - {y}}}{{{p} \left(1 - {p}\right)}}",
                "−y ln(y_pred) − (1 − y) ln(1 − y_pred)",
            )
        case "BCEWithLogitsLoss":
            probability = rf"\sigma\left({p}\right)"
            return LossForm(
                _entropy(probability, y),
                rf"\left({probability} - {y}\right)",
                "−y ln(σ(y_pred)) − (1 − y) ln(1 − σ(y_pred))",
            )
        case "HingeEmbeddingLoss":
            first = f"{y} = 1"
            return LossForm(
                _cases((p, first), rf"\max\left(0, 1 - {p}\right)"),
                _cases(("1", first), _cases(("-1", f"{p} < 1"), "0")),
                "y_pred where y = 1, else max(0, 1 − y_pred)",
            )
        case _:
            return None


def _entropy(probability: str, y: str) -> str:
    logarithm = rf"\ln\left({probability}\right)"
    other = rf"\ln\left(1 - {probability}\right)"
    return rf"\left(-{y} {logarithm} - \left(1 - {y}\right) {other}\right)"


def _cases(first: tuple[str, str], other: str) -> str:
    value, condition = first
    begin, end = r"\begin{cases}", r"\end{cases}"
    inner = rf"{begin} {value} & {condition} \\ {other} & \text{{{OTHERWISE}}} {end}"
    return rf"\left({inner}\right)"
