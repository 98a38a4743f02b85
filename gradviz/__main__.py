"""The entry point of `python -m gradviz`, the same as that of the command `gradviz`."""

import sys

from gradviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
