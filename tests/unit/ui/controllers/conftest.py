"""A workbench without a window, for each test."""

import pytest
from silent_engine import Bench, standing_bench


@pytest.fixture
def bench() -> Bench:
    """Return a bench on which a model that can be trained stands, with a recording."""
    return standing_bench()
