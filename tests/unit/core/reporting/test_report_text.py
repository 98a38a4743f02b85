"""A report tells no folder of the user."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.reporting.report_text import (
    ReportPart,
    report_text,
    settings_rows,
    without_paths,
)

HOME = "/home/ada"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("/home/ada/secret/net.py was read", "~/secret/net.py"),
        ('File "/home/ada/my project/net.py", line 3', "my project"),
        ('File "/srv/models/team x/net.py", line 3', "team x"),
        (r'File "C:\Users\Ada Lovelace\net.py", line 3', "Ada"),
        (r"opened C:\Users\ada\net.py", "ada"),
        ("['/data/private/points.csv', 2]", "private"),
        ("folder=/mnt/disk/private/points.csv;", "private"),
        ("~/private/of/mine.csv", "private"),
    ],
)
def test_that_folders_are_left_out(text: str, left: str) -> None:
    assert left not in without_paths(text, HOME)
    assert "…/" in without_paths(text, HOME)


def test_that_a_path_in_a_package_is_told_from_the_package_on() -> None:
    line = 'File "/home/ada/.venv/lib/python3.11/site-packages/torch/nn/linear.py", line 125'
    assert without_paths(line, HOME) == 'File "…/site-packages/torch/nn/linear.py", line 125'


@pytest.mark.parametrize(
    "text", ["a / b", "y = x/2 + 1/3", "5/9/2020", "https://pytorch.org/docs/stable/x.html", "1/s"]
)
def test_that_no_fraction_is_taken_for_a_path(text: str) -> None:
    assert without_paths(text, HOME) == text


@given(
    st.lists(st.from_regex(r"[A-Za-z0-9_.\-]{3,12}", fullmatch=True), min_size=3, max_size=6),
    st.sampled_from(["{}", 'File "{}", line 3', "'{}'", "in {}: failed", "{}: no such file"]),
)
def test_that_no_folder_of_any_path_is_left(parts: list[str], sentence: str) -> None:
    names = [f"{part}-{place}" for place, part in enumerate(parts)]
    told = without_paths(sentence.format("/" + "/".join(names)), HOME)
    assert all(f"{name}/" not in told for name in names)
    assert names[-1] in told


def test_that_the_report_has_all_parts_and_room_for_words() -> None:
    rows = (("Python", "3.11"), ("torch", "2.13"))
    text = report_text([ReportPart("Versions", rows)], ["12:00:00 engine: ready"], home=HOME)
    assert "What I did" in text
    assert "Python  3.11" in text
    assert "torch   2.13" in text
    assert text.rstrip().endswith("12:00:00 engine: ready")
    assert "Last events\nnone" in report_text([], [], home=HOME)


def test_that_binary_settings_and_lists_are_only_counted() -> None:
    found = settings_rows({"theme": "dark", "geometry": b"\0\1\2", "recent": ["/a/b", "/c/d"]})
    assert found == (("geometry", "3 bytes"), ("recent", "2 entries"), ("theme", "dark"))
