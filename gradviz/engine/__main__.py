"""Starts the engine's process: `python -m gradviz.engine`."""

import sys

from gradviz.core.tried_versions import NOT_LOADED, unloadable


def main() -> None:
    """Serve the window; where torch cannot be loaded, write one sentence and exit."""
    try:
        from gradviz.engine.worker import work
    except Exception as error:
        told = unloadable(error)
        if not told:
            raise
        sys.stderr.write(f"{told}\n")
        sys.exit(NOT_LOADED)
    work()


if __name__ == "__main__":
    main()
