"""One plain Python for the scripts of all tests, because torch takes seconds to import."""

from collections.abc import Iterator

import pytest
from script_runs import plain_python


@pytest.fixture(scope="session", autouse=True)
def _plain_python() -> Iterator[None]:
    with plain_python():
        yield
