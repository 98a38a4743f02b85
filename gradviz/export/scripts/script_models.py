"""A typed expression as a script writes it, and the functions that a script must define."""

from collections.abc import Iterable, Iterator, Sequence

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.model_script import ModelScript
from gradviz.export.scripts.python_text import python_text, result_text
from gradviz.expression import FUNCTIONS, Call, Tree, parse, postorder


def expression_model(text: str, mode: Mode) -> ModelScript:
    """Return a typed model; raises ExpressionError where `text` is no expression."""
    expression = parse(text)
    at_point = mode == "point"
    parameters = expression.point_parameters if at_point else expression.parameters
    return ModelScript(
        functions=tuple(sorted(called_functions(expression.tree))),
        make=tuple(_randomly_drawn(parameters)),
        y_pred=python_text(expression.tree),
        parameters=parameters,
        result=f"y = {result_text(expression.tree)}",
        random=bool(parameters),
        inputs=expression.inputs if at_point else ("x",),
        output=(expression.result if at_point else "") or "y",
    )


def called_functions(tree: Tree) -> set[str]:
    """Return the names of the functions that an expression calls."""
    return {node.function for node in postorder(tree) if isinstance(node, Call)}


def function_definitions(functions: Iterable[str]) -> list[str]:
    """Return the definitions of those among `functions` that torch does not have."""
    called = set(functions)
    rows = (row for name, row in FUNCTIONS.items() if name in called)
    return [row.definition for row in rows if row.definition]


def _randomly_drawn(parameters: Sequence[str]) -> Iterator[str]:
    if parameters:
        yield "# Drawn on the CPU, so that a seed gives the same weights on every device."
    for name in parameters:
        yield f"{name} = torch.randn(()).to(device).requires_grad_()"
