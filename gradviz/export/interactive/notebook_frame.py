"""The interactive page in a cell of a notebook."""

from html import escape


def framed(text: str, title: str, height: int = 560) -> str:
    """Return a page within an `<iframe>` of so many pixels, which a notebook shows in a cell.

    The page has an origin of its own there, and can reach nothing of the notebook's.
    """
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(text)}" title="{escape(title)}" '
        f'style="width: 100%; height: {height}px; border: 1px solid #8886; border-radius: 6px">'
        "</iframe>"
    )
