"""`gradviz.capture`: the graph behind any output, as a value that can be asked."""

import html
import sys
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import torch
from torch import nn

from gradviz.api.picture_options import PictureOptions, StyleName, ThemeName
from gradviz.core.errors import GradvizError, SettingError
from gradviz.core.findings.checks import NodeCheck
from gradviz.core.findings.health import Health, Thresholds
from gradviz.core.findings.missing import MissingGradient
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.engine.captured.captured import Captured, Starts, captured_module
from gradviz.engine.captured.seeds import chosen_seed
from gradviz.engine.captured.tensor_names import given_names, variable_names
from gradviz.engine.recording.recording import Recording
from gradviz.export.origin import Origin

# A graph that is shown is not drawn here: what draws and writes is loaded when it is asked for.
if TYPE_CHECKING:
    import networkx

    from gradviz.api.picture_files import PictureLook
    from gradviz.api.saved_look import SavedLook
    from gradviz.export.figure import GraphFigure

#: The formats that a notebook is given; viewers that run no scripts take the picture.
_SHOWN: Final = (".html", ".svg")
_FRAME_HEIGHT: Final = 480


class Capture:
    """The graph behind an output, with the tensors that are alive in this process.

    A notebook shows it as a picture. Whatever is asked, no gradient, buffer or random number of
    the user is changed.
    """

    def __init__(
        self, captured: Captured, options: PictureOptions | None = None, name: str = ""
    ) -> None:
        """Take a graph, and the name of the model or of the output that it is of."""
        #: What files tell of where the graph comes from.
        self.origin = Origin(model=name, seed=chosen_seed())
        #: The graph with its live tensors, as the engine has it.
        self.captured = captured
        self._options = options or PictureOptions()
        self._recording: Recording | None = None
        #: The pages that a notebook was given last, with the pass that they are of.
        self._pages: tuple[Trace | None, dict[str, str]] | None = None

    def __repr__(self) -> str:
        graph = self.graph
        outputs = ", ".join(self.captured.outputs)
        return f"<gradviz.Capture of {outputs}: {len(graph.nodes)} nodes, {len(graph.edges)} edges>"

    @property
    def graph(self) -> Graph:
        """Return the graph as data."""
        return self.captured.graph

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Return the nodes, from the output back to the leaves."""
        return self.graph.nodes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Return the edges, each in the direction of the forward pass."""
        return self.graph.edges

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the calls that made the nodes, each after the one around it.

        They are known where a module was captured with its inputs.
        """
        return self.graph.groups

    def backward(self, gradient: Starts = None) -> Recording:
        """Run one backward pass, and return its recording: `graph`, `trace` and `tensors`.

        The graph keeps its saved tensors, and no `.grad` is changed.

        Args:
            gradient: The gradient that it starts with, of the output's shape; of several outputs
                one for each, in their order or by their names. Ones where it is None.

        Raises:
            GradvizError: the pass raised, as on a freed graph, or `gradient` does not fit.
        """
        self._recording = self.captured.backward(gradient)
        return self._recording

    @property
    def gradients(self) -> dict[str, torch.Tensor]:
        """Return the exact gradient of each leaf that has one, by its name; runs backward once.

        Raises:
            GradvizError: as `backward` does.
        """
        recording = self._recorded()
        node = recording.graph.node
        return {node[leaf].op: each for leaf, each in recording.tensors.gradients.items()}

    def check(self, *nodes: str) -> tuple[NodeCheck, ...]:
        """Return the checks of recorded gradients: of these nodes, or of every leaf.

        A module that was captured with its inputs runs again: its gradients are compared with
        finite differences in double precision. Any other graph cannot be run again, and only
        torch.autograd.grad is compared; each check says so.

        Args:
            *nodes: Names of leaves, and ids of nodes.

        Raises:
            GradvizError: there is no such node, or the graph cannot be differentiated any more.
        """
        self._recorded()
        leaves = {node.op: node.id for node in self.nodes if node.kind == "leaf"}
        return self.captured.checked([leaves.get(name, name) for name in nodes])

    def health(self, thresholds: Thresholds | None = None) -> Health:
        """Return the health of every node: norms, zeros, and the first number that is not finite.

        Raises:
            GradvizError: the graph cannot be differentiated any more.
        """
        self._recorded()
        return self.captured.health(thresholds)

    def missing(self) -> tuple[MissingGradient, ...]:
        """Return the wanted tensors that got no gradient, each with the reason and the remedy.

        Wanted are the parameters of a captured module, and the tensors in `params`. The line at
        fault is told where a module was captured with its inputs.

        Raises:
            GradvizError: the graph cannot be differentiated any more.
        """
        self._recorded()
        return self.captured.missing()

    def to_networkx(self) -> "networkx.MultiDiGraph":
        """Return the graph as a networkx.MultiDiGraph, with edges in the forward direction."""
        from gradviz.api.networks import to_networkx

        return to_networkx(self.graph, self._trace)

    def save(
        self,
        path: str | PathLike[str],
        *,
        after: int = 0,
        scale: float | None = None,
        dpi: float | None = None,
        theme: ThemeName = "light",
        names: NodeNames | None = None,
        transparent: bool = False,
        style: StyleName | None = None,
        width_mm: float | None = None,
        caption: str | bool = False,
    ) -> Path:
        """Write a file in the format of the suffix of `path`, and return the path.

        The suffix `.gviz` is that of a recording: the pass with its graph and all its tensors,
        which `gradviz FILE.gviz` opens in the window at any later time.

        A warning tells of an image that is made smaller, as it would have been too large, of a
        graph that is laid out more simply, and of tensors that a recording is without. The file
        names the model, the version of PyTorch and the seed.

        Args:
            path: A file of that name is replaced at once or not at all.
            after: The number of steps of the recorded backward pass that are shown as done.
            scale: Pixels of a PNG image for each pixel of the picture, of a publication for each
                96th of an inch; None for 2, and for the 300 dpi of print.
            dpi: Pixels of a PNG image for each inch, in the place of `scale`; a scale of 1 is 96.
            theme: "light" or "dark".
            names: "forward" for `Add`, "backward" for `AddBackward0`; None for the usual of the
                format.
            transparent: Whether the ground of a drawing is left out.
            style: "publication" for print: thin dark lines on white, the width in millimetres,
                the fonts in the file.
            width_mm: The width of a publication, 85 mm unless it is given.
            caption: A text beneath a publication; True for the numbers of the moment.

        Raises:
            GradvizError: the format is unknown, an option does not work, or writing failed.
        """
        from gradviz.api.picture_files import save
        from gradviz.api.recording_files import save_recording
        from gradviz.api.saved_look import SavedLook
        from gradviz.session_files.contents import names_session

        look = SavedLook(after, scale, dpi, theme, names, transparent, style, width_mm, caption)
        if names_session(str(path)):
            look.refuse()
            save_recording(self, Path(path))
        else:
            save(self._figure_with(look), Path(path), self._options.direction)
        return Path(path)

    def _repr_svg_(self) -> str | None:
        """Return the picture for a notebook; None where there is none, as IPython has it."""
        try:
            svg = self._shown(".svg")
        except GradvizError:
            return None
        return svg[svg.index("<svg") :]

    def _repr_html_(self) -> str:
        """Return the interactive page in a frame for a notebook, or a sentence in its place."""
        from gradviz.export.interactive.notebook_frame import framed

        try:
            return framed(self._shown(".html"), repr(self), _FRAME_HEIGHT)
        except GradvizError as error:
            return f"<pre>{html.escape(str(error))}</pre>"

    def _shown(self, suffix: str) -> str:
        """Return the page of a format; a notebook asks for both, which are drawn together."""
        from gradviz.api.picture_files import shown

        trace = self._trace
        if self._pages is None or self._pages[0] is not trace:
            pages = shown(self._figure(), _SHOWN, self._options.direction)
            self._pages = trace, {each: page.decode() for each, page in pages.items()}
        return self._pages[1][suffix]

    @property
    def _trace(self) -> Trace | None:
        return None if self._recording is None else self._recording.trace

    def _recorded(self) -> Recording:
        """Return the last pass, or run one that starts with ones."""
        return self._recording or self.backward()

    def _figure(self, *, after: int = 0, look: "PictureLook | None" = None) -> "GraphFigure":
        from gradviz.api.picture_files import PassMoment, PictureLook, figure_of

        moment = PassMoment(trace=self._trace, after=after)
        return figure_of(self.graph, self._options, moment, look or PictureLook(), self.origin)

    def _figure_with(self, look: "SavedLook") -> "GraphFigure":
        publication = look.publication
        printed = publication is not None
        figure = self._figure(after=look.after, look=look.picture_look(printed=printed))
        return figure if publication is None else figure.printed(publication)


def capture(
    output: Any,
    params: Any = None,
    inputs: Any = None,
    *,
    depth: int | None = None,
    graph_dir: Direction = "TB",
    roll: bool = True,
    device: str | None = None,
) -> Capture:
    """Return the graph behind `output`, or run a module on `inputs` and return the graph of that.

    Leaves have the names of `params` and `inputs`, which are matched by identity, then those of
    the caller's variables.

    Args:
        output: A tensor, or a tuple, list, dict or dataclass of tensors; or an nn.Module.
        params: A module, a dict of names and tensors, or pairs such as `named_parameters()`.
        inputs: The same for inputs, or the tensors alone. For a module they are what it is called
            with: a tensor, a tuple of arguments, or a dict of arguments by their names.
        depth: How many levels of groups a picture has open; None for as many as can be read.
        graph_dir: "TB" for pictures from top to bottom, "LR" from left to right; or "BT", "RL".
        roll: Whether equal groups in a row are one box in a picture.
        device: For a module: where a copy of it is run; "meta" has shapes alone, at no cost.

    Raises:
        GradvizError: `output` has no graph, the module raised, or an option does not work.
    """
    options = PictureOptions(depth=depth, direction=graph_dir, roll=roll)
    if isinstance(output, nn.Module):
        if inputs is None:
            raise SettingError(
                tr(
                    "{name} is a module, and its graph is made when it runs.",
                    name=type(output).__name__,
                ),
                tr("Give its inputs, capture(module, inputs=x), or capture what it returned."),
            )
        captured = captured_module(output, inputs, params, device)
        return Capture(captured, options, type(output).__name__)
    if device is not None:
        raise SettingError(
            tr("device is for a module that is captured with its inputs."), tr("Leave it out.")
        )
    expected = given_names(params)
    names = {**given_names(inputs=inputs), **expected}
    named = {id(tensor) for tensor in names.values()}
    variables = variable_names(sys._getframe(1))
    for name, tensor in variables.items():
        if id(tensor) not in named:
            names.setdefault(name, tensor)
    name = next((name for name, tensor in variables.items() if tensor is output), "")
    return Capture(Captured(output, names, expected=expected), options, name)
