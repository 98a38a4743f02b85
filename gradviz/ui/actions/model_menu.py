"""The Model menu: modes and the engine; models and devices join it from the catalogue."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.orders_actions import ACTIONS as ORDERS
from gradviz.ui.dialogs.image_folder import ask_image_folder

ACTIONS = (
    Action(
        id="gradviz.model.open",
        title=marked("Open model…"),
        tip=marked("Take an nn.Module from a file of Python; it runs only if you trust it"),
        shortcuts=("Ctrl+O",),
        run=lambda window: window.own_models.ask_for_file(),
    ),
    Action(
        id="gradviz.model.layers",
        title=marked("Layers of a network"),
        tip=marked("Stack layers in a form, which writes them into the field"),
        shortcuts=("Ctrl+Alt+L",),
        run=lambda window: window.show_panel("layers"),
    ),
    SEPARATOR,
    Action(
        id="gradviz.model.point",
        title=marked("Gradient at a point"),
        tip=marked(
            "x is one number, and so are y and z; the picture is the graph of their function"
        ),
        shortcuts=("Ctrl+1",),
        enabled_when=lambda state: state.built is not None and "point" in state.built.modes,
        run=lambda window: window.workbench.choose_mode("point"),
    ),
    Action(
        id="gradviz.model.fit",
        title=marked("Fit to the target"),
        tip=marked("x is many points; the picture is the graph of the loss"),
        shortcuts=("Ctrl+2",),
        enabled_when=lambda state: state.built is not None and "fit" in state.built.modes,
        run=lambda window: window.workbench.choose_mode("fit"),
    ),
    SEPARATOR,
    *ORDERS,
    SEPARATOR,
    Action(
        id="gradviz.model.image_folder",
        title=marked("Image folder…"),
        tip=marked("Train the image classifier on FashionMNIST's files in a folder of yours"),
        run=lambda window: ask_image_folder(
            window.state.model.data_folder, window.workbench.choose_data_folder
        ),
    ),
    SEPARATOR,
    Action(
        id="gradviz.model.rebuild",
        title=marked("Rebuild"),
        tip=marked("Build the model anew, from the same seed"),
        shortcuts=("F5",),
        enabled_when=lambda state: state.built is not None and state.engine == "ready",
        run=lambda window: window.workbench.rebuild(),
    ),
    Action(
        id="gradviz.model.stop",
        title=marked("Stop"),
        tip=marked("Pause the training; what does not answer is ended, and PyTorch started again"),
        shortcuts=("Ctrl+.",),
        enabled_when=lambda state: (
            state.building or state.progress.running or state.comparison.running
        ),
        run=lambda window: window.stop(),
    ),
    Action(
        id="gradviz.model.restart_engine",
        title=marked("Restart engine"),
        tip=marked("End PyTorch's process and start it again"),
        run=lambda window: window.engine_event_handler.restart_engine(),
    ),
)
