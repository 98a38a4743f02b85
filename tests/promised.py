"""The promises to a user: how much of each is tried in this run, and the figure that it gave.

`make test` tries as much as its time allows, `make promises` everything. Each promise's test tells
its figure, which stands at the end of the run.
"""

import os
from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

WHOLE = os.environ.get("GRADVIZ_PROMISES") == "whole"

_FIGURE = "promise"

Tell = Callable[[str], None]


def extent(part: int, whole: int) -> int:
    """Return how often something is tried: `part` among all tests, `whole` for the promises."""
    return whole if WHOLE else part


@pytest.fixture
def tell(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Tell:
    """Return a function that keeps a figure of this promise for the end of the run."""
    number = request.node.path.stem.removeprefix("test_").partition("_")[0]

    def keep(figure: str) -> None:
        record_property(_FIGURE, f"{number}  {figure}")

    return keep


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the figures, in the order of the promises."""
    figures = [
        str(figure)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, figure in report.user_properties
        if name == _FIGURE
    ]
    if figures:
        terminalreporter.section("promises, as far as they were tried" if not WHOLE else "promises")
        for figure in sorted(figures):
            terminalreporter.line(figure)
