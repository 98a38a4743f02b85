"""The options of a drawing for print: `--style publication`, its width and its caption."""

import argparse

from gradviz.cli.refusals import InputError
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import short
from gradviz.export.publication import COLUMN_MM, PRINT_DPI, PRINTED, Publication, check_printed


def add_publication(parser: argparse.ArgumentParser) -> None:
    """Add the choice of the style, and all that is chosen with it."""
    group = parser.add_argument_group(
        tr("for print"), tr("FILE then ends in {suffixes}.", suffixes=listed(PRINTED))
    )
    group.add_argument(
        "--style",
        choices=["publication"],
        help=tr(
            "with -o: thin dark lines on white, the size in millimetres, the fonts in the file; "
            "a PNG image has {dpi} dpi unless --dpi tells others",
            dpi=PRINT_DPI,
        ),
    )
    group.add_argument(
        "--width-mm",
        type=float,
        metavar="N",
        help=tr(
            "the width of the file in millimetres (default {width}, a column)",
            width=short(COLUMN_MM),
        ),
    )
    group.add_argument(
        "--caption",
        nargs="?",
        const=True,
        metavar="TEXT",
        help=tr(
            "write TEXT beneath; without it the model, the training step, the output and the "
            "step of the gradients"
        ),
    )


def publication_of(options: argparse.Namespace, suffix: str = "") -> Publication | None:
    """Return the drawing for print that is asked for in a format, None where none is.

    Raises:
        InputError: an option is given that needs another one, or does not work.
    """
    if options.style is None:
        for name, value in (("--width-mm", options.width_mm), ("--caption", options.caption)):
            if value is not None:
                raise InputError(
                    tr("{option} is for a drawing for print.", option=name),
                    tr("Add --style publication."),
                )
        return None
    if options.output is None:
        raise InputError(tr("--style publication is for a file."), tr("Name it by -o."))
    try:
        check_printed(suffix)
        return Publication(
            width_mm=COLUMN_MM if options.width_mm is None else options.width_mm,
            caption=options.caption or False,
        )
    except ExportError as error:
        raise InputError(error.message, error.hint) from error
