"""Stands in for the program `dot` where there is none, with the Graphviz that pygraphviz brings.

It takes as much of the command line as the programs need that are compared:
`-Tplain FILE`, `-Tsvg -o FILE FILE` and `-Kdot -Tsvg -O FILE`.
"""

import sys
from pathlib import Path

import pygraphviz


def main(arguments: list[str]) -> int:
    """Lay out the last file named, and write it in the format that is asked for."""
    kind = next(each.removeprefix("-T") for each in arguments if each.startswith("-T"))
    source = Path(arguments[-1])
    drawn = pygraphviz.AGraph(string=source.read_text(encoding="utf-8")).draw(
        format=kind, prog="dot"
    )
    if "-o" in arguments:
        Path(arguments[arguments.index("-o") + 1]).write_bytes(drawn)
    elif "-O" in arguments:
        source.with_name(f"{source.name}.{kind}").write_bytes(drawn)
    else:
        sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
