"""Shortened names fit, and stay apart wherever there is room for a difference."""

from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.short_names import ELLIPSIS, shortened

ALPHABET = "ab1."
names = st.lists(st.text(ALPHABET, min_size=1, max_size=8), min_size=1, max_size=8, unique=True)


def within(width: int, given_names: list[str]) -> dict[str, str]:
    return shortened(given_names, lambda text: len(text) <= width)


def every_way(name: str, width: int) -> set[str]:
    """Return every text with one … in place of some characters that fits."""
    length = len(name)
    return {
        text
        for start in range(length)
        for end in range(start + 1, length + 1)
        if len(text := name[:start] + ELLIPSIS + name[end:]) <= width
    }


def stands_for(text: str, name: str) -> bool:
    """Tell whether `text` is `name` with … in place of parts of it, found by matching in order."""
    pieces = text.split(ELLIPSIS)
    if len(pieces) == 1:
        return text == name
    if not (name.startswith(pieces[0]) and name.endswith(pieces[-1])):
        return False
    place = len(pieces[0])
    for piece in pieces[1:-1]:
        place = name.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return place <= len(name) - len(pieces[-1])


@given(names, st.integers(1, 9))
def test_that_a_shortened_name_fits_and_stands_for_its_name(
    given_names: list[str], width: int
) -> None:
    for name, text in within(width, given_names).items():
        assert len(text) <= width
        assert stands_for(text, name)
        if len(name) <= width:
            assert text == name


@given(names, st.integers(1, 9))
def test_that_two_names_are_alike_only_where_one_has_no_other_text_left(
    given_names: list[str], width: int
) -> None:
    texts = within(width, given_names)
    shown = set(texts.values())
    for first in given_names:
        for second in given_names:
            if first != second and texts[first] == texts[second]:
                ways = (every_way(first, width), every_way(second, width))
                assert any(way <= shown for way in ways), (first, second)


@given(st.integers(19, 30))
def test_that_the_layers_of_a_large_network_stay_apart(width: int) -> None:
    layers = [
        f"layer{stage}.{block}.{part}.weight"
        for stage in range(1, 5)
        for block in range(6)
        for part in ("conv1", "bn1", "conv2", "bn2", "conv3", "bn3", "downsample.0")
    ]
    texts = within(width, layers)
    assert len(set(texts.values())) == len(layers)


def test_that_the_number_of_a_layer_stays_and_the_shared_word_goes() -> None:
    layers = [f"layer{i}.{j}.conv{k}.weight" for i in range(4) for j in range(3) for k in (1, 2)]
    texts = within(15, layers)
    assert len(set(texts.values())) == len(layers)
    for name, text in texts.items():
        digits = [sign for sign in name if sign.isdigit()]
        assert [sign for sign in text if sign.isdigit()] == digits


def test_that_the_order_is_kept_and_equal_names_are_one() -> None:
    assert list(within(3, ["bb", "aaaa", "bb"])) == ["bb", "aaaa"]
    assert shortened([], lambda _: True) == {}
    assert shortened(["abc"], lambda _: False) == {"abc": ELLIPSIS}


def test_that_of_a_long_expression_as_much_is_left_as_has_room() -> None:
    name = "Pow a + b·x + c·x² + d·x³ + e·x⁴"
    text = within(15, [name])[name]
    assert 12 <= len(text) <= 15
    assert stands_for(text, name)


def test_that_a_name_of_any_length_takes_no_longer_than_one_of_some_hundred_letters() -> None:
    asked: list[int] = []

    def fits(text: str) -> bool:
        asked.append(len(text))
        return len(text) <= 12

    longest = ["x" * 3000 + ".weight", "block." * 3000 + "weight", "block." * 3000 + "bias"]
    texts = shortened(longest, fits)

    assert len(set(texts.values())) == len(longest)
    assert all(stands_for(text, name) for name, text in texts.items())
    # The names themselves, and then no text that could not fit anywhere.
    assert max(sorted(asked)[: -len(longest)]) <= 200
    assert len(asked) < 100_000
