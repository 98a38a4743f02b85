import gc
from collections.abc import Iterator

import pytest

from gradviz.core.collector_pause import without_collecting


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """Let the collector be on, which a window of another test may have taken over."""
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_that_the_collector_is_off_and_then_as_it_was() -> None:
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with without_collecting():
        pass
    assert not gc.isenabled()


def test_that_an_error_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="read"), without_collecting():
        raise ValueError("cannot be read")
    assert gc.isenabled()
