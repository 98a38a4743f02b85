"""`python -m gradviz` does what the command `gradviz` does."""

import sys

from gradviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
