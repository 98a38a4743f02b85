"""Numbers as they are said in a sentence: as they stand everywhere else."""

from gradviz.core.number_text import short as said

__all__ = ["said"]
