"""`gradviz formula`: an expression and its derivatives as LaTeX, and as a picture."""

import argparse
from pathlib import Path
from typing import Final

from gradviz.cli.in_process_engine import RUN
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.refusals import InputError, RefusedError
from gradviz.cli.terminal import DONE, note, print_json, print_lines
from gradviz.core.choices.orders import ORDERS
from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.export.strict_json import Json
from gradviz.mathematics.model_formulas import Formula, Formulas
from gradviz.protocol.events import CommandFailed

_EXAMPLES: Final = (
    'gradviz formula "5x^3 + 2x^2 + 4x + 8"',
    'gradviz formula "x y + sin(z)" -o formula.svg',
    'gradviz formula "a + b x" --fit --loss "MSELoss, mean" --json',
    'gradviz formula "Linear(1, 8), Tanh(), Linear(8, 1)"',
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs,
        "formula",
        tr("print an expression, or a network, and its derivatives as LaTeX"),
        _EXAMPLES,
    )
    parser.add_argument(
        "expression",
        metavar="MODEL",
        help=tr(
            "an expression or the layers of a network in quotes, or the name of a ready-made model "
            "that is an expression"
        ),
    )
    parser.add_argument(
        "--fit",
        action="store_true",
        help=tr("its loss over all points too, with the derivative by each parameter"),
    )
    parser.add_argument(
        "--loss",
        default="",
        metavar="NAME",
        help=tr('of a fit, such as "MSELoss, mean" (default: that which the model has of itself)'),
    )
    parser.add_argument(
        "--order",
        type=int,
        choices=ORDERS,
        default=1,
        help=tr("derivatives up to this order, of a function of one input alone"),
    )
    parser.add_argument(
        "-o",
        "--file",
        dest="output",
        type=Path,
        metavar="FILE.svg",
        help=tr("write the formulas, set as mathematics, to this file, which is replaced"),
    )
    add_json(parser)
    parser.set_defaults(verb=_formula)


def _formula(options: argparse.Namespace) -> int:
    found = _found(options)
    if options.fit and found.loss is None and not found.notes:
        raise InputError(
            tr("There is nothing to fit."),
            tr("Type an expression with a parameter, such as a + b x."),
        )
    for sentence in found.notes:
        note(f"gradviz: {sentence}")
    if options.output is not None:
        _write(options.output, found)
    if options.json:
        print_json(formulas_json(found))
    elif options.output is None:
        print_lines(*(each.latex for each in found.all))
    return DONE


def _found(options: argparse.Namespace) -> Formulas:
    """Return the formulas that are asked for.

    Raises:
        RefusedError: the expression is none.
        SettingError: there is no such loss.
    """
    from gradviz.mathematics.equations import formulas_of

    text = _expression(options.expression)
    if options.loss:
        from gradviz.engine.optim.losses import loss_row

        loss_row(options.loss)
    try:
        return formulas_of(text, fit=options.fit, loss=options.loss, order=options.order)
    except ExpressionError as error:
        refused = CommandFailed(
            run=RUN,
            subject="expression",
            message=error.message,
            hint=error.hint,
            position=error.position,
            length=error.length,
        )
        raise RefusedError(refused, text) from None


def _expression(source: str) -> str:
    """Return the expression that is typed, or that of a ready-made model."""
    name = source.strip()
    if not name.isidentifier():
        return source
    from gradviz.engine.models import model_entries

    entry = next((each for each in model_entries() if each.name == name), None)
    if entry is None:
        return source
    if not entry.expression:
        raise InputError(
            tr("The model {name} is no expression, so there is no formula of it.", name=name),
            tr("gradviz step NAME --rules shows the formula of each of its steps."),
        )
    return entry.expression


def _write(path: Path, found: Formulas) -> None:
    from gradviz.export.atomic import write_bytes
    from gradviz.mathematics.formula_picture import formulas_svg

    if path.suffix.lower() not in (".svg", ""):
        raise InputError(
            tr("{file} is no SVG file.", file=path.name[:80]),
            tr("Write to a name that ends in .svg."),
        )
    write_bytes(path, formulas_svg(found), waiting=True)
    note("gradviz: " + tr("wrote {path}", path=path))


def formulas_json(found: Formulas) -> dict[str, Json]:
    """Return the formulas as JSON has them: each as LaTeX and as plain text."""
    return {
        "layers": [_json(each) for each in found.layers],
        "expression": _json(found.expression),
        "loss": None if found.loss is None else _json(found.loss),
        "derivatives": [_json(each) for each in found.derivatives],
        "notes": list(found.notes),
    }


def _json(formula: Formula) -> dict[str, Json]:
    return {"latex": formula.latex, "text": formula.typed}
