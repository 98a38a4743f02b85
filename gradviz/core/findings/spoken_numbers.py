"""Numbers as they are said in a sentence."""

_MINUS = "\N{MINUS SIGN}"
_FROM_HERE_GROUPED, _TO_HERE_GROUPED = 1e3, 1e15


def said(value: float) -> str:
    """Return a number as it is said in a sentence: `497,937.66`, `−0.0123`, `1.5e−07`."""
    if _FROM_HERE_GROUPED <= abs(value) < _TO_HERE_GROUPED:
        whole = value == int(value)
        text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    else:
        text = f"{value:.6g}"
    return text.replace("-", _MINUS)
