"""Graphviz's `dot` for machines that have none: the one that pygraphviz brings, as a program.

Run as `python -m gradviz.layout.bundled_dot -Kdot -Tsvg`, it reads DOT from standard input and
writes the picture to standard output. It is a process of its own, as Graphviz may run out of memory
or of stack.
"""

import sys


def main(arguments: list[str]) -> int:
    """Lay out and draw; return 0, or 1 with a sentence on standard error."""
    import pygraphviz

    engine, form = (each[2:] for each in arguments)
    source = sys.stdin.buffer.read().decode()
    try:
        drawn = pygraphviz.AGraph(string=source).draw(format=form, prog=engine)
    except (ValueError, OSError, pygraphviz.DotError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
