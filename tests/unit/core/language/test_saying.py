"""Sentences in the language that is spoken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.language.saying import (
    Translations,
    changed_texts,
    learn,
    listed,
    marked,
    remember_what_is_said,
    said_again,
    sentences,
    spoken_language,
    tr,
    tr_n,
    use,
)

CHINESE = Translations(
    "zh_CN",
    {
        "Opened {name}.": "已打开{name}。",
        "{done} of {all}": "共{all}个，已完成{done}个",
        "{count} nodes": "{count}个节点",
        "Fit": "适应窗口",
        "of a curve\x04Fit": "拟合",
        "Ready.": "就绪。",
    },
)


def test_that_a_text_is_english_until_another_language_is_spoken() -> None:
    assert tr("Opened {name}.", name="a.py") == "Opened a.py."
    assert spoken_language() == "en"
    use(CHINESE)
    assert tr("Opened {name}.", name="a.py") == "已打开a.py。"
    assert spoken_language() == "zh_CN"


def test_that_values_can_stand_in_another_order() -> None:
    use(CHINESE)
    assert tr("{done} of {all}", done=3, all=7) == "共7个，已完成3个"


def test_that_a_text_without_a_translation_stays_english() -> None:
    use(CHINESE)
    assert tr("Nobody has translated {this}.", this="it") == "Nobody has translated it."


def test_that_braces_in_a_value_are_left_alone() -> None:
    assert tr("Opened {name}.", name="{name}") == "Opened {name}."


@pytest.mark.parametrize(
    ("count", "english"), [(0, "0 nodes"), (1, "1 node"), (2, "2 nodes"), (10_000, "10000 nodes")]
)
def test_that_a_count_has_its_plural(count: int, english: str) -> None:
    assert tr_n("{count} nodes", "{count} node", count) == english
    use(CHINESE)
    assert tr_n("{count} nodes", "{count} node", count) == f"{count}个节点"


def test_that_a_count_can_be_shown_otherwise() -> None:
    assert tr_n("{count} nodes", "{count} node", 1000, count="1 000") == "1 000 nodes"


def test_that_what_was_said_is_said_again_in_another_language() -> None:
    remember_what_is_said()
    texts = [
        tr("Opened {name}.", name=tr("Fit")),
        tr_n("{count} nodes", "{count} node", 1),
        tr(marked("Fit")),
        sentences([tr("Opened {name}.", name="b"), "", tr("Ready.")]),
        listed([tr("Fit"), tr("Ready.")]),
    ]
    assert texts[3] == "Opened b. Ready."
    use(CHINESE)
    chinese = [said_again(text) for text in texts]
    assert chinese == [
        "已打开适应窗口。",
        "1个节点",
        "适应窗口",
        "已打开b。就绪。",
        "适应窗口、就绪。",
    ]
    use(Translations("en"))
    assert [said_again(text) for text in chinese] == texts


def test_that_each_line_of_a_text_is_said_again() -> None:
    remember_what_is_said()
    text = f"{tr('Fit')}\nx = 2\n{tr('Ready.')}"
    use(CHINESE)
    assert said_again(text) == "适应窗口\nx = 2\n就绪。"


@given(st.text())
def test_that_a_text_that_nobody_said_is_left_alone(text: str) -> None:
    remember_what_is_said()
    use(CHINESE)
    assert said_again(text) in {text, *CHINESE.texts.values()}


def test_that_a_single_sentence_is_said_again_as_it_was_said() -> None:
    remember_what_is_said()
    text = listed([sentences([tr("Ready.")])])
    use(CHINESE)
    assert said_again(text) == "就绪。"


def test_that_one_english_word_can_have_two_meanings() -> None:
    remember_what_is_said()
    curve, view = tr("Fit", "of a curve"), tr("Fit")
    assert curve == view == "Fit"
    use(CHINESE)
    assert (tr(marked("Fit", "of a curve")), tr("Fit")) == ("拟合", "适应窗口")


def test_that_a_text_which_is_handed_over_twice_is_remembered_as_it_was_said_first() -> None:
    remember_what_is_said()
    use(CHINESE)
    text = tr(tr("Fit"))
    assert text == "适应窗口"
    use(Translations("en"))
    assert said_again(text) == "Fit"


def test_that_fixed_texts_are_remembered_however_many_numbers_are_said() -> None:
    remember_what_is_said()
    tr("Fit")
    for number in range(30_000):
        tr("{done} of {all}", done=number, all=0)
    use(CHINESE)
    assert said_again("Fit") == "适应窗口"
    assert said_again("29999 of 0") == "共0个，已完成29999个"
    assert said_again("1 of 0") == "1 of 0"


def test_that_a_text_that_is_its_value_is_said_again_as_that_value_was() -> None:
    remember_what_is_said()
    use(Translations("zh_CN", {"of {moment}": "{moment}", "Fit": "适应窗口"}))
    text = tr("of {moment}", moment=tr("Fit"))
    assert text == "适应窗口"
    assert said_again(text) == "适应窗口"


def test_that_a_word_with_a_meaning_is_left_to_what_shows_it() -> None:
    remember_what_is_said()
    text = tr("Fit", "of a curve")
    use(CHINESE)
    assert said_again(text) in {"Fit", "适应窗口"}
    assert tr("Fit", "of a curve") == "拟合"


def test_that_what_another_process_said_is_learned_until_the_language_changes() -> None:
    remember_what_is_said()
    note = "The file is large. Wait."
    use(CHINESE)
    learn({note: "文件很大。请稍候。"})
    assert said_again(note) == "文件很大。请稍候。"
    shown = tr("Opened {name}.", name=said_again(note))
    assert sentences([note, tr("Ready.")]) == "文件很大。请稍候。就绪。"
    use(Translations("en"))
    learn({"文件很大。请稍候。": note})
    assert said_again(shown) == f"Opened {note}."


def test_that_the_texts_of_a_process_are_told_with_what_they_are_now() -> None:
    remember_what_is_said()
    told = tr_n("{count} nodes", "{count} node", 12_345)
    assert told not in changed_texts()
    use(CHINESE)
    assert changed_texts()[told] == "12345个节点"
    use(Translations("en"))
    assert changed_texts()["12345个节点"] == told
