"""HTML: a self-contained page with the graph to zoom, open and step through; see `interactive`."""

import base64
import hashlib
import zlib
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from gradviz.core.language.saying import spoken_language, tr_n
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.interactive.page_data import page_data
from gradviz.export.strict_json import Json, json_line
from gradviz.render.characters import visible
from gradviz.render.style import DARK, LIGHT, Theme

_FOLDER: Final = Path(__file__).parents[1] / "interactive"
_SCRIPTS: Final = ("texts.js", "layout.js", "scene.js", "walk.js", "drawing.js", "page.js")
#: The colours of a theme that are one colour each.
_PLAIN: Final = (
    *("canvas", "panel", "bar", "text", "secondary", "line", "edge", "accent"),
    *("now", "now_text", "done", "done_text", "chip", "chip_text"),
)
#: More characters of data are packed; a browser unpacks them by itself.
_MOST_PLAIN: Final = 200_000


def render(figure: GraphFigure) -> bytes:
    """Return a page in UTF-8 that needs nothing outside of itself, and fetches nothing."""
    return page_text(figure).encode()


def page_text(figure: GraphFigure) -> str:
    """Return the page as text; it works in an `<iframe srcdoc>` with `sandbox="allow-scripts"`."""
    data, packed = _data(page_data(figure))
    facts = figure.origin.facts
    style = f"{_colours()}\n{_part('page.css')}"
    script = '"use strict";(() => {\n' + "\n".join(map(_part, _SCRIPTS)) + "})();\n"
    return Template(_part("page.html")).substitute(
        language=spoken_language().replace("_", "-"),
        script_hash=_hash(script),
        style_hash=_hash(style),
        generator=escape(str(facts["generator"])),
        title=escape(visible(_title(figure))),
        heading=escape(visible(str(facts.get("model", "")))),
        facts="".join(
            f'<meta name="gradviz-{name}" content="{escape(visible(str(value)))}">\n'
            for name, value in facts.items()
            if name != "generator"
        ),
        style=style,
        data=data,
        packed=' data-packed="1"' if packed else "",
        script=script,
    )


def _title(figure: GraphFigure) -> str:
    """Return a title without a step, as a reader goes to others."""
    nodes = len(figure.graph.nodes)
    return tr_n(
        "Autograd graph with {shown} nodes",
        "Autograd graph with {shown} node",
        nodes,
        shown=counted(nodes),
    )


def _data(data: dict[str, Json]) -> tuple[str, bool]:
    """Return the data as they are put into the page, and whether they are packed."""
    # In ASCII, and without a sign by which a page could be ended: only escapes stand for others.
    text = json_line(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    if len(text) <= _MOST_PLAIN:
        return text, False
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode(), True


def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the source of a Content-Security-Policy that allows this very text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _colours() -> str:
    """Return the colours of both themes as variables of the style sheet."""
    light, dark = _variables(LIGHT), _variables(DARK)
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) "
        f"{{ :root:not([data-theme=light]) {{ color-scheme: dark; {dark} }} }}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}\n"
    )


def _variables(theme: Theme) -> str:
    plain = {name: str(getattr(theme, name)) for name in _PLAIN}
    for kind, tint in (*theme.kinds.items(), ("now", theme.now_tint)):
        plain |= {f"{kind}_fill": tint.fill, f"{kind}_border": tint.border}
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in plain.items())
