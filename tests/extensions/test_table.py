"""ARCHITECTURE.md's table of extensions says what is so: its places exist, its rows are tried."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_HEAD = "| to add | look in | and then |"
#: The test that adds a made-up member, by the first words of each row.
_TRIED = {
    "a function to type": "extensions/test_function.py",
    "a layer to type": "extensions/test_layer.py",
    "a target for networks of two inputs": "extensions/test_plane_target.py",
    "how a function is set as mathematics": "unit/mathematics/test_latex_writer.py",
    "a way to spell what the grammar has": "unit/expression/spellings/test_spellings.py",
    "a model": "extensions/test_model.py",
    "a loss": "extensions/test_loss.py",
    "an optimizer": "extensions/test_optimizer.py",
    "a scheduler": "extensions/test_scheduler.py",
    "an export format": "extensions/test_format.py",
    "a format of moving pictures": "unit/export/moving/test_encoders.py",
    "a verb of the command line": "extensions/test_verb.py",
    "a field of the JSON": "unit/export/formats/test_json.py",
    "a panel": "extensions/test_panel.py",
    "a workspace": "extensions/test_workspace.py",
    "an action": "extensions/test_action.py",
    "a derivative formula to read": "extensions/test_formula.py",
    "a sentence": "unit/core/language/test_catalogues.py",
    "a language": "unit/core/language/test_catalogues.py",
    "a lesson": "gui/test_lessons_played.py",
    "a condition or a control for lessons": "unit/ui/lessons/test_all_lessons.py",
    "a question about a recording": "extensions/test_question.py",
    "a command or an event": "unit/protocol/test_codec.py",
}


def _rows() -> list[str]:
    lines = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    first = lines.index(_HEAD) + 2
    return lines[first : lines.index("", first)]


def test_that_each_row_has_a_test_that_tries_it() -> None:
    named = [re.split(r"[,|]", row)[1].strip() for row in _rows()]
    assert named == list(_TRIED)
    assert [each for each in _TRIED.values() if not (_ROOT / "tests" / each).is_file()] == []


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row.split("|")[1].strip())
def test_that_the_places_of_a_row_exist(row: str) -> None:
    places = re.findall(r"`([\w./]+(?:\.py|\.md|/))`", row)
    assert places
    missing = [
        place
        for place in places
        if not any((folder / place).exists() for folder in (_ROOT / "gradviz", _ROOT))
        and not any((_ROOT / "gradviz" / parent / place).exists() for parent in _folders(row))
    ]
    assert missing == []


def _folders(row: str) -> list[str]:
    """Return the folders of a row's places: a second file of a row is named without its own."""
    return [place.rpartition("/")[0] for place in re.findall(r"`([\w./]+\.py)`", row)]
