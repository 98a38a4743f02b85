"""Characters that have no shape of their own."""

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from gradviz.render.characters import visible


def test_that_what_can_be_seen_stays_as_it_is() -> None:
    text = 'y_pred <>&"\\N 中文 ‖x³‖ é 🙂'
    assert visible(text) == text


def test_that_control_characters_become_visible_and_stay_apart() -> None:
    assert visible("a\nb\tc\0d\x7f") == "a␊b␉c␀d␡"


def test_that_signs_that_turn_text_around_are_shown() -> None:
    assert "\u202e" not in visible("a\u202eb")


@given(st.text(alphabet=st.characters(), max_size=20))
def test_that_every_text_can_stand_in_xml(text: str) -> None:
    shown = visible(text)
    element = ET.fromstring(f"<t>{escape(shown)}</t>".encode())  # noqa: S314 - our own text
    assert (element.text or "") == shown
    assert len(shown) == len(text)
