"""What is asked about leaves without a gradient, and what is answered."""

import msgspec

from gradviz.core.findings.missing import MissingGradient


class AskMissing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell why leaves have no gradient; the forward pass runs once more for it."""

    run: int
    recording: int


class MissingGradients(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Why leaves have no gradient, those of one leaf in the order of the forward pass.

    Attributes:
        leaves: How many parameters and inputs were looked at.
        missing: Empty where each of them has a gradient.
    """

    run: int
    recording: int
    leaves: int
    missing: tuple[MissingGradient, ...]
