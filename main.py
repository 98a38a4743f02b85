"""The entry point of a checkout: `python main.py` is the same as the command `gradviz`."""

import sys

from gradviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
