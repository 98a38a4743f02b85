"""A headless Chromium for the tests of pages; whatever a page complains of fails the test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
#: Where the tests run as root, as in a container, Chromium has no sandbox of its own. With one
#: process for all pages none is left running when a test ends.
_ARGUMENTS = ["--no-sandbox", "--renderer-process-limit=1", "--disable-site-isolation-trials"]


def program() -> str:
    """Return the path of the browser; fails the test with a way to get one where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "There is no Chromium to try pages in. Install it: `make browser`, or on Debian and "
            "Ubuntu `apt install chromium`; elsewhere Google Chrome works too."
        )
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Give a browser that is closed at the end."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program(), args=_ARGUMENTS)
        try:
            # All processes start with the first page, and stay as long as there is one.
            opened.new_page().screenshot()
            yield opened
        finally:
            opened.close()


@contextmanager
def opened_page(
    browser: Browser, path: Path, *, width: int = 1440, height: int = 900, dark: bool = False
) -> Iterator[Page]:
    """Give a page of a file; at the end see that it complained of nothing and fetched nothing."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    try:
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        yield page
        assert complaints == []
        assert [each for each in requests if not each.startswith(("data:", "blob:"))] == [
            path.as_uri()
        ]
    finally:
        context.close()
