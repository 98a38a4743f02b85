"""The texts of an interactive page, which its script says in the language of its data."""

from collections.abc import Mapping
from typing import Final

from gradviz.core.language.saying import ENGLISH, marked, spoken_language, tr

#: As they stand in `page.html` and in the scripts.
_TEXTS: Final = (
    marked("Find nodes and groups"),
    marked("Find (/)"),
    marked("Groups"),
    marked("Close the innermost open groups"),
    marked("Close a level"),
    marked("Open the groups in sight"),
    marked("Open a level"),
    marked("View"),
    marked("Zoom out"),
    marked("Zoom out (−)"),
    marked("Zoom in"),
    marked("Zoom in (+)"),
    marked("Show all (0)"),
    marked("Light or dark"),
    marked("Details"),
    marked("Close the details"),
    marked("Close (Esc)"),
    marked("Recorded pass"),
    marked("To the beginning"),
    marked("To the beginning (Home)"),
    marked("One step back"),
    marked("One step back (←)"),
    marked("Step"),
    marked("One step on"),
    marked("One step on (→)"),
    marked("To the end"),
    marked("To the end (End)"),
    marked("That would be more than {count} boxes: open groups one by one."),
    marked("In"),
    marked("Kind"),
    marked("leaf"),
    marked("operation"),
    marked("output"),
    marked(", order {number}"),
    marked("Computes"),
    marked("Shape"),
    marked("Value"),
    marked("not computed yet"),
    marked("Gradient"),
    marked("has not come yet"),
    marked("From"),
    marked("To"),
    marked("Saved {name}"),
    marked("Note"),
    marked("Class"),
    marked("Path"),
    marked("{count} equal ones"),
    marked("Nodes"),
    marked("Steps"),
    marked("{taken} of {total} taken"),
    marked("Close group"),
    marked("Open group"),
    marked("min {least}, max {most}"),
    marked("mean {mean}, ‖·‖ {norm}"),
    marked("none"),
    marked("{number} of {count}"),
    marked("{count} gradients"),
    marked("backward step {step} of {count}"),
    marked("forward step {step} of {count}"),
    marked("forward pass done"),
    marked("no recorded pass"),
    marked("{title}, open group"),
    marked("current step"),
)
#: One English word for what the view does, and a curve.
_FIT: Final = marked("Fit", "the graph into the canvas")


def page_texts() -> Mapping[str, str]:
    """Return the texts as the spoken language has them; none in English, which the page has."""
    if spoken_language() == ENGLISH:
        return {}
    return {**{text: tr(text) for text in _TEXTS}, str(_FIT): tr(_FIT)}
