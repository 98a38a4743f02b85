"""The pages are made without a warning, with the program's own pictures, and need no network."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest
from documentation_pages import ROOT

#: A file that a page would load: a script, a style sheet, a picture or a font.
_LOADED = re.compile(r"""<(?:script|img|link)\b[^>]*?(?:src|href)="([^"]+)"|url\(([^)]+)\)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make the documentation as `make docs` does, beside the project."""
    folder = tmp_path_factory.mktemp("documentation")
    source, made = folder / "docs", folder / "made"
    shutil.copytree(ROOT / "docs", source, ignore=shutil.ignore_patterns("pictures"))
    (folder / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    pictures = [sys.executable, str(ROOT / "docs" / "pictures.py"), str(source / "pictures")]
    pages = [sys.executable, "-m", "sphinx", "-q", "-W", "-E", str(source), str(made)]
    for command in (pictures, pages):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
    yield made
    shutil.rmtree(folder)


def test_that_each_page_is_made(site: Path) -> None:
    written = {page.stem for page in (ROOT / "docs").rglob("*.md")}
    assert written <= {page.stem for page in site.rglob("*.html")}


def test_that_the_pictures_are_those_of_the_program(site: Path) -> None:
    shown = re.findall(r'src="_images/([^"]+)"', (site / "tour.html").read_text(encoding="utf-8"))
    assert set(shown) == {"sum.png", "inspect.png", "fit.png", "health.png"}
    for name in shown:
        assert (site / "_images" / name).stat().st_size > 50_000


def test_that_the_moving_pictures_move(site: Path) -> None:
    page = (site / "moving_pictures.html").read_text(encoding="utf-8")
    films = re.findall(r'src="_images/([^"]+[.]gif)"', page)
    assert set(films) == {"fit.gif", "pass.gif"}
    for name in films:
        with PIL.Image.open(site / "_images" / name) as film:
            assert getattr(film, "n_frames", 1) >= 10


def test_that_no_page_loads_anything_from_a_network(site: Path) -> None:
    for page in (*site.rglob("*.html"), *site.rglob("*.css")):
        for found in _LOADED.findall(page.read_text(encoding="utf-8")):
            address = "".join(found).strip("'\"")
            assert not re.match(r"(https?:)?//", address), f"{page.name}: {address}"


def test_that_the_search_knows_the_words_of_the_pages(site: Path) -> None:
    words = (site / "searchindex.js").read_text(encoding="utf-8")
    assert '"momentum"' in words or "momentum:" in words
