"""The options of a moving picture: `--animate train`, its size, its frames and their rate."""

import argparse
import re
from typing import Final, get_args

from gradviz.cli.refusals import InputError
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import listed, tr
from gradviz.export.moving.film import (
    FILM_FORMATS,
    USUAL_RATES,
    USUAL_SIZE,
    FilmSubject,
    Parts,
    checked_size,
)

_SIZE: Final = re.compile(r"(\d{1,6})\s*[x×*]\s*(\d{1,6})")


def add_animation(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a moving picture, and all that is chosen of it."""
    group = parser.add_argument_group(
        tr("a moving picture"),
        tr("FILE then ends in {suffixes}.", suffixes=listed(FILM_FORMATS)),
    )
    group.add_argument(
        "--animate",
        choices=get_args(FilmSubject),
        help=tr("show the training step by step, or the backward pass node by node"),
    )
    usual = "{}x{}".format(*USUAL_SIZE)
    group.add_argument(
        "--size",
        default=usual,
        metavar="WxH",
        help=tr("pixels of a frame (default {size})", size=usual),
    )
    group.add_argument(
        "--fps",
        type=float,
        metavar="N",
        help=tr(
            "frames per second (default {train:g} for train and {backward:g} for backward)",
            **USUAL_RATES,
        ),
    )
    group.add_argument(
        "--every",
        type=int,
        metavar="N",
        help=tr("show every N-th step (default: as many as make up to 300 frames)"),
    )
    group.add_argument(
        "--parts",
        choices=get_args(Parts),
        default="both",
        help=tr("of a training: the graph and the plots together (default), or one of them"),
    )


def film_size(text: str) -> tuple[int, int]:
    """Return the size in a text such as 960x540.

    Raises:
        InputError: it is no such text, or no film can have that size.
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise InputError(
            tr("--size {text}: this is no size.", text=text[:40]), tr("Write such as 960x540.")
        )
    try:
        return checked_size((int(found[1]), int(found[2])))
    except ExportError as error:
        raise InputError(error.message, error.hint) from error
