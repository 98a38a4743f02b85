"""The workspaces over the one set of panels; a new one is one row here."""

from dataclasses import replace

from gradviz.core.language.saying import marked
from gradviz.ui.workspaces.workspace import PanelArrangement, Place, Workspace

#: From these widths on a window has more room at the sides; in a narrower one these are folded.
_WIDE, _MIDDLE = 1400, 1200
_FAULTS = ("health", "missing", "checks", "changes")
_PARTS = ("tree", "layers")
_RESULTS = ("training", "result")
_FITS = ("fit", "landscape")
_COURSES = ("parameters", "gradients", "optimizer")
_GUESSES = ("images", "plane")
_SCRIPTS = ("code", "console")
_TEXTS = (*_SCRIPTS, "formula")
#: In sight while a model trains: one of the first about the prediction, one about the course.
_IN_TRAINING = ((*_FITS, *_GUESSES, "residual", "console"), ("loss", *_COURSES))

_LEARN = PanelArrangement(
    _WIDE,
    (
        Place(
            "right",
            ("explain", "inspector", "models"),
            ("source", *_PARTS, *_FAULTS),
            share=44,
        ),
        Place("right", _FITS, ("residual", *_GUESSES, "compare", "tensor", *_SCRIPTS), share=28),
        Place("right", ("formula", "result", "loss", "training"), _COURSES, share=28),
    ),
    {"right": 438},
)
_INSPECT = PanelArrangement(
    _WIDE,
    (
        Place(
            "right",
            ("inspector", "explain", "models"),
            ("training", *_PARTS, *_FAULTS),
            share=40,
        ),
        Place("right", ("tensor",), (*_FITS, "residual", *_GUESSES, "compare"), share=32),
        Place("right", ("source",), ("result", "loss", *_COURSES, *_TEXTS), share=28),
    ),
    {"right": 438},
)
_TRAIN = PanelArrangement(
    _WIDE,
    (
        Place(
            "left",
            ("training", "models", "result", "inspector"),
            ("explain", *_PARTS, *_FAULTS),
        ),
        Place(
            "bottom",
            (*_FITS, *_SCRIPTS, "images", "compare"),
            ("residual", "tensor", "source", "plane", "formula"),
        ),
        Place("bottom", ("loss", *_COURSES)),
    ),
    {"left": 300, "bottom": 370},
)
_DEBUG = PanelArrangement(
    _WIDE,
    (
        Place("left", ("tree", "models"), ("layers", *_RESULTS), share=46),
        Place("left", ("inspector", *_FAULTS, "explain"), share=54),
        Place(
            "bottom",
            closed=("tensor", "source", *_FITS, "residual", *_TEXTS, *_GUESSES, "compare"),
        ),
        Place("bottom", closed=("loss", *_COURSES)),
    ),
    {"left": 438},
)
WORKSPACES: tuple[Workspace, ...] = (
    Workspace(
        id="learn",
        title=marked("Learn"),
        whole=marked("Learn workspace"),
        tip=marked("A large graph, with the explanation of each step beside it"),
        shortcut="Alt+1",
        arrangements=(
            _LEARN,
            replace(_LEARN, from_width=_MIDDLE, sizes={"right": 400}),
            replace(_LEARN, from_width=0, sizes={"right": 340}),
        ),
        in_training=_IN_TRAINING,
    ),
    Workspace(
        id="inspect",
        title=marked("Inspect"),
        whole=marked("Inspect workspace"),
        tip=marked("The graph with the inspector, a tensor and the source beside it"),
        shortcut="Alt+2",
        arrangements=(
            _INSPECT,
            replace(_INSPECT, from_width=_MIDDLE, sizes={"right": 420}),
            PanelArrangement(
                0,
                (
                    Place(
                        "right",
                        ("inspector", "explain", "models"),
                        ("training", "result", *_PARTS, *_FAULTS),
                    ),
                    Place(
                        "right",
                        ("tensor", "source"),
                        (*_FITS, "residual", *_GUESSES, "compare", "loss", *_COURSES, *_TEXTS),
                    ),
                ),
                {"right": 384},
            ),
        ),
    ),
    Workspace(
        id="train",
        title=marked("Train"),
        whole=marked("Train workspace"),
        tip=marked("Large plots, the whole form of the training, and a smaller graph"),
        shortcut="Alt+3",
        arrangements=(
            _TRAIN,
            replace(_TRAIN, from_width=_MIDDLE, sizes={"left": 290, "bottom": 260}),
            replace(_TRAIN, from_width=0, sizes={"left": 300, "bottom": 220}),
        ),
        in_training=_IN_TRAINING,
    ),
    Workspace(
        id="debug",
        title=marked("Debug"),
        whole=marked("Debug workspace"),
        tip=marked(
            "The tree of modules, the inspector, health, checks and changes beside the graph"
        ),
        shortcut="Alt+4",
        arrangements=(
            _DEBUG,
            replace(_DEBUG, from_width=_MIDDLE, sizes={"left": 400}),
            PanelArrangement(
                0,
                (
                    Place(
                        "left",
                        ("tree", "models", "explain"),
                        ("layers", *_RESULTS),
                        share=46,
                    ),
                    Place("left", ("inspector", *_FAULTS), share=54),
                    *_DEBUG.places[2:],
                ),
                {"left": 340},
            ),
        ),
    ),
)


def workspace_named(name: str) -> Workspace:
    """Return the workspace with this id; the first where none has it."""
    return next((each for each in WORKSPACES if each.id == name), WORKSPACES[0])
