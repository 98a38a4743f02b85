"""From a text to an expression, or to an error that knows the place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gradviz.core.choices.settings import INPUTS
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.expression.building import MisuseError
from gradviz.expression.counting import check_counts
from gradviz.expression.explaining import unexpected
from gradviz.expression.limits import MAX_CHARACTERS, check_tree, refusal
from gradviz.expression.spellings import spelled
from gradviz.expression.tokens import Token, scan
from gradviz.expression.tree import Parameter, Tree, Variable, postorder

_FUNCTION_LETTERS: Final = ("f", "g", "h", "F", "G", "H")


@dataclass(frozen=True, slots=True)
class Expression:
    """A text and its meaning.

    Attributes:
        text: As it was typed.
        tree: Its meaning.
        parameters: The names of its parameters in a fit, in the order of their first appearance.
            Among them are y and z, which are inputs at a point; with y there is no fit.
        uses_x: Whether the input occurs in it.
        names_y: Whether `y =` stands in front.
    """

    text: str
    tree: Tree
    parameters: tuple[str, ...]
    uses_x: bool
    names_y: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return those of x, y and z that occur: the inputs at a point."""
        found = (*(("x",) if self.uses_x else ()), *self.parameters)
        return tuple(name for name in INPUTS if name in found)

    @property
    def point_parameters(self) -> tuple[str, ...]:
        """Return the names of its parameters at a point."""
        return tuple(name for name in self.parameters if name not in INPUTS)

    @property
    def fittable(self) -> bool:
        """Tell whether there is something to train: a parameter, and no y, which is the target."""
        return bool(self.parameters) and "y" not in self.parameters

    @property
    def result(self) -> str:
        """Return the letter of a function of other inputs than x alone, f; else nothing.

        It is y where that was typed in front, and no letter of a parameter.
        """
        if not set(self.inputs) - {"x"}:
            return ""
        free = (name for name in _FUNCTION_LETTERS if name not in self.parameters)
        return "y" if self.names_y else next(free, "value")


def parse(text: str) -> Expression:
    """Return the expression that `text` is; raise ExpressionError where it is none.

    Nothing that is typed is executed. A text has at most 4,096 characters, is nested at most
    64 deep, has at most degree 64 in x and 1,000 terms, and its constants have finite values.
    """
    if len(text) > MAX_CHARACTERS:
        raise refusal(
            tr("The expression has {count} characters.", count=counted(len(text))),
            tr("At most {most} are allowed.", most=counted(MAX_CHARACTERS)),
            text,
            (MAX_CHARACTERS, len(text)),
        )
    typed = scan(text)
    check_counts(typed, text)
    tokens = spelled(typed, text)
    if tokens != typed:
        check_counts(tokens, text)
    tree = _tree(tokens, text)
    check_tree(tree, text)
    nodes = list(postorder(tree))
    parameters = dict.fromkeys(node.name for node in nodes if isinstance(node, Parameter))
    uses_x = any(isinstance(node, Variable) for node in nodes)
    return Expression(text, tree, tuple(parameters), uses_x, tokens[0].kind == "RESULT")


def _tree(tokens: Sequence[Token], text: str) -> Tree:
    """Return the tree of the tokens, or raise the error that explains the token in the way."""
    # lark takes longer to import than a window may take to come up.
    from gradviz.expression.grammar import UnexpectedTokenError, build_tree

    try:
        return build_tree(tokens)
    except MisuseError as error:
        raise refusal(error.message, error.hint, text, error.span) from None
    except UnexpectedTokenError as error:
        raise unexpected(text, tokens, error.index) from None
