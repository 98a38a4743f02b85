"""The formulas of a model as LaTeX and as text, without what finds them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from gradviz.core.language.saying import tr_n

# The loss, as LaTeX.
LOSS: Final = r"\mathcal{L}"


@dataclass(frozen=True)
class Formula:
    r"""One equation.

    Attributes:
        head: Its left side as LaTeX, such as `\frac{dy}{dx}`.
        terms: The terms of its right side as LaTeX, from the second on with their signs.
        typed: The whole as plain text, for a reader that is no picture.
    """

    head: str
    terms: tuple[str, ...]
    typed: str

    @cached_property
    def latex(self) -> str:
        """Return the whole equation in one line."""
        return f"{self.head} = {' '.join(self.terms)}"

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Return the parts between which a line may be broken."""
        first, *rest = self.terms
        # Behind an empty group a sign has the space of one between two terms.
        return (f"{self.head} = {first}", *(f"{{}} {term}" for term in rest))


@dataclass(frozen=True)
class Formulas:
    """All equations of a model.

    Attributes:
        expression: The model itself; of a network its last layer.
        loss: Its loss in a fit; None at a point, and for a loss that is no sum over points.
        derivatives: One for each leaf that autograd gives a gradient; of a network those between
            its layers too.
        layers: The layers of a network before its last one.
        notes: Sentences on derivatives that are left out.
    """

    expression: Formula
    loss: Formula | None = None
    derivatives: tuple[Formula, ...] = ()
    notes: tuple[str, ...] = ()
    layers: tuple[Formula, ...] = ()

    @property
    def all(self) -> tuple[Formula, ...]:
        """Return the equations in the order in which they are read."""
        return (*self.forward, *self.derivatives)

    @property
    def forward(self) -> tuple[Formula, ...]:
        """Return the equations of the model and of its loss."""
        loss = () if self.loss is None else (self.loss,)
        return (*self.layers, self.expression, *loss)


def left_out(count: int) -> str:
    """Return the sentence on so many derivatives that are not written."""
    return tr_n(
        "{count} more derivatives are left out.", "{count} more derivative is left out.", count
    )
