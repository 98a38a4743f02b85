"""The newest section of the changelog."""

from pathlib import Path

import gradviz
from gradviz import __version__
from gradviz.core.reporting.changelog import newest_changes

TEXT = """# Changelog

Words before.

## [Unreleased]

## [2.0.0] - 2026-01-02

### Added

- New things.

## [1.0.0] - 2025-01-02

- Old things.
"""


def test_that_the_first_section_with_a_text_is_taken() -> None:
    found = newest_changes(TEXT)
    assert found == ("2.0.0", "### Added\n\n- New things.")


def test_that_a_changelog_without_sections_has_none() -> None:
    assert newest_changes("# Changelog\n") is None
    assert newest_changes("## [1.0.0]\n\n") is None
    assert newest_changes("") is None


def test_that_the_newest_section_of_the_program_is_of_its_version() -> None:
    path = Path(gradviz.__file__).parents[1] / "CHANGELOG.md"
    found = newest_changes(path.read_text(encoding="utf-8"))
    assert found is not None
    assert found.version == __version__
    assert "## [" not in found.text
