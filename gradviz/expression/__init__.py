"""The grammar of typed expressions, their tree and their errors."""

from gradviz.expression.folding import constant
from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.parser import Expression, parse
from gradviz.expression.printing import labels, number_text, pretty, to_text
from gradviz.expression.tables.function_row import Domain, Function
from gradviz.expression.tables.several import SEVERAL
from gradviz.expression.tokens import tokens
from gradviz.expression.tree import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    postorder,
)
from gradviz.expression.typed_factors import factor_at, parsed_factor
from gradviz.expression.typed_targets import parsed_target

__all__ = [
    "FUNCTIONS",
    "SEVERAL",
    "Apply",
    "Binary",
    "Call",
    "Compare",
    "Domain",
    "Expression",
    "Function",
    "Negate",
    "Number",
    "Operator",
    "Parameter",
    "Pi",
    "Tree",
    "Variable",
    "children",
    "constant",
    "factor_at",
    "labels",
    "number_text",
    "parse",
    "parsed_factor",
    "parsed_target",
    "postorder",
    "pretty",
    "to_text",
    "tokens",
]
