"""New verbs, and the option that most of them have."""

import argparse
from typing import Final, TypeAlias

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_JSON_HELP: Final = 'print JSON; numbers that are not finite are "NaN", "Infinity", "-Infinity"'


def new_verb(verbs: Parsers, name: str, purpose: str) -> argparse.ArgumentParser:
    """Add a verb whose help is `purpose`."""
    return verbs.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the choice of JSON in place of lines."""
    parser.add_argument("--json", action="store_true", help=_JSON_HELP)
