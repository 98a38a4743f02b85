"""Names as they can be drawn and written: every control character becomes a visible sign."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SIGNS: dict[int, str] = {
    # Unicode has a picture for each ASCII control character.
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    0x2028: "\N{SYMBOL FOR NEWLINE}",
    0x2029: "\N{SYMBOL FOR NEWLINE}",
    # Signs that turn the direction of text around would let a name pass for another.
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _REPLACEMENT),
    # XML, and with it SVG, allows none of these.
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), _REPLACEMENT),
}


def visible(text: str) -> str:
    """Return `text` with a sign in place of each character that has no shape of its own."""
    return text if text.isascii() and text.isprintable() else text.translate(_SIGNS)
