"""Starts the engine's process: `python -m gradviz.engine`."""

import sys

from gradviz.core.language.catalogues import speak_as_told
from gradviz.core.tried_versions import NOT_LOADED, unloadable


def main() -> None:
    """Serve the window; where torch cannot be loaded, write one sentence and exit.

    An argument is a file of recorded passes, which is all that it shows then.
    """
    # Before the first command comes, a file is shown already.
    speak_as_told()
    try:
        from gradviz.engine.worker import work
    except Exception as error:
        told = unloadable(error)
        if not told:
            raise
        sys.stderr.write(f"{told}\n")
        sys.exit(NOT_LOADED)
    work(sys.argv[1] if len(sys.argv) > 1 else "")


if __name__ == "__main__":
    main()
