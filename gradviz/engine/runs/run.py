"""A built model with its data, to be evaluated, recorded and trained."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

import msgspec
import numpy as np
import torch

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, with_data_of
from gradviz.core.errors import FieldError, ModelError, SettingError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace
from gradviz.core.landscapes.entries import ModelNumber
from gradviz.core.language.saying import listed, tr
from gradviz.core.number_text import short
from gradviz.engine.data.targets import Data, check_data, dtype_of, line_of
from gradviz.engine.models import model_named
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.models.expression import ExpressionModel
from gradviz.engine.models.own import OwnModel
from gradviz.engine.models.plane_network import PlaneNetworkModel
from gradviz.engine.models.single_numbers import entries_of, find_entry, number_at, values_at
from gradviz.engine.models.typed_network import NetworkModel
from gradviz.engine.optim.losses import loss_row
from gradviz.engine.recording.backward import run_backward
from gradviz.engine.recording.backward_failures import BackwardError
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.engine.recording.terms import Terms
from gradviz.engine.runs.second_order import orders_of
from gradviz.engine.tensors.devices import resolved
from gradviz.expression import parse
from gradviz.expression.networks import names_network, parse_network
from gradviz.own.source import own_source

#: How far the curve around a point is drawn to either side, and with how many points.
_CURVE_REACH, _CURVE_POINTS = 3.0, 401
#: Fewer points than this, and those of a file, are dots: the curve runs through so many others.
_GRID_POINTS = 512
#: A model with more parameters than this does not tell the names of all of them.
_TOLD = 12
_SEEDS = (0, 2**63 - 1)


class Run:
    """A choice, built: the model, x, and in mode "fit" the target and the loss.

    Attributes:
        settings: The choice.
        data: The data that it is fitted to; None in mode "point".
        mode: The mode that was chosen, or that follows from the source.
        modes: The modes that the source allows, the one that suits it best first.
        model: The model, on its device.
        x: Shape (points,), or () in mode "point", where it requires a gradient.
        target: Shape (points,), or None in mode "point".
        grid: x at which the curve is drawn in mode "fit", shape (512,), from the smallest to the
            largest of the data; None where the data are as dense, or there is no curve.
    """

    def __init__(self, settings: Model) -> None:
        """Build on the device.

        Raises:
            GradvizError: the source, the device or a number is none that can be used.
        """
        _check(settings)
        device = resolved(settings.device)
        torch.manual_seed(settings.seed)
        self.settings = settings
        self.model, self.modes = _model(settings, device)
        self.orders = orders_of(settings, self.model)
        self.mode: Mode = _mode(settings, self.modes)
        self.loss = self.model.with_backward(loss_row(self.model.loss))
        self._device = device
        self._terms = Terms()
        self.target: torch.Tensor | None = None
        self.data: Data | None = None
        self.grid: torch.Tensor | None = None
        precise = self.model.plotted or self.model.takes_dtype
        dtype = dtype_of(settings) if precise else torch.float32
        if dtype != torch.float32:
            self.model.use_dtype(dtype)
        start_at(self.model, settings.initial)
        if self.mode == "point":
            at = float(settings.at)
            self.x = torch.tensor(at, device=device, dtype=dtype, requires_grad=True)
            _check_point(self.point, dtype)
            self.model.suit(line_of(settings, device))
        else:
            self.take(self.data_of(settings))
            self.model.suit(self.x)

    def data_of(self, settings: Model) -> Data:
        """Return the data of other settings, for the run to be fitted to.

        Raises:
            FieldError: they cannot be used.
        """
        settings = with_data_of(self.settings, settings)
        check_data(settings)
        return Data(settings, *self.model.data(settings, self._device))

    def take(self, data: Data) -> None:
        """Be fitted to `data` from here on."""
        self.data = data
        self.settings, self.x, self.target = data
        self.grid = _grid(data) if self.model.plotted else None

    @cached_property
    def entries(self) -> tuple[ModelNumber, ...]:
        """Return the numbers that the model is a function of: its parameters, inputs at a point."""
        inputs = tuple(ModelNumber(name, name) for name in self.point)
        return (*inputs, *entries_of(self.model))

    def entry_values(self) -> torch.Tensor:
        """Return the value of each of the `entries`, shape (entries,), in float64."""
        return values_at(self.entries, {**self.model.parameters, **self.inputs})

    @property
    def inputs(self) -> dict[str, torch.Tensor]:
        """Return the tensors of the inputs at a point, by name; none in a fit."""
        inputs = {"x": self.x, **self.model.named_inputs()}
        return {name: inputs[name] for name in self.point}

    @property
    def point(self) -> dict[str, float]:
        """Return in mode "point" the values of x, y and z by name, those that the model has."""
        if self.mode == "fit" or not self.model.plotted:
            return {}
        return {name: float(self.settings.input_at(name)) for name in self.model.over}

    @property
    def leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the leaves that have a name: those of `_asked_leaves`, then the untrained ones."""
        leaves = self._asked_leaves
        more = {**self.model.unregistered_leaves(), **self.model.replacing_leaves()}
        return {**leaves, **{name: leaf for name, leaf in more.items() if name not in leaves}}

    @property
    def _asked_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors whose gradients are taken, by name."""
        if self.mode == "point" and "x" in self.model.over:
            return {"x": self.x, **self.model.named_inputs(), **self.model.parameters}
        return {**self.model.named_inputs(), **self.model.parameters}

    def record(self, at_step: int = 0) -> tuple[float, Graph, Trace]:
        """Return y, or in mode "fit" the loss, and its graph and one backward pass through it."""
        value, recording = self.recording(at_step)
        return value, recording.graph, recording.trace

    def recording(self, at_step: int = 0) -> tuple[float, Recording]:
        """Record as `record` does, and return the tensors themselves too."""
        self.model.at_step = at_step
        by_hand = self.model.by_hand
        if by_hand is not None and self.target is not None:
            return by_hand.recording(self.x, self.target, at_step)
        # A pass of a higher order tells whose backward made its nodes.
        calls = self.model.calls or self.settings.order > 1
        recorder = ForwardRecorder(self._terms, calls=calls)
        if self.model.module is not None:
            recorder.scopes.roots = (self.model.module,)
        inputs, leaves = self.model.named_inputs(), self._asked_leaves
        recorder.name_all({**self.model.parameters, "x": self.x, **inputs})
        if self.target is not None:
            recorder.name_all({"y": self.target})
        with recorder:
            output = self._output(recorder)
            start = self.orders.output(output, leaves, recorder)
        try:
            recording = record(start, self.leaves, recorder, at_step)
        except BackwardError as error:
            raise self.model.explained(error) from error.__cause__
        # On the meta device there is no number.
        number = math.nan if output.is_meta else float(output.item())
        return number, self._named(self.orders.told(start, recording))

    def _named(self, recording: Recording) -> Recording:
        """Return `recording` with the letter of the output, where it has one of its own."""
        if not self.model.result:
            return recording
        graph = msgspec.structs.replace(recording.graph, result=self.model.result)
        return replace(recording, graph=graph)

    def backward(self, loss: torch.Tensor, start: torch.Tensor | None) -> None:
        """Run the backward pass of a training step, as `run_backward` does.

        Raises:
            BackwardError: it failed; with the lines behind it.
        """
        try:
            run_backward(loss, start)
        except BackwardError as error:
            raise self.model.explained(error) from error.__cause__

    @contextmanager
    def repeated(self, at_step: int) -> Iterator[torch.Tensor]:
        """Run the forward pass of `at_step` again; the model stays as it is.

        Within the context is the tensor that the recorded backward pass started from: the output,
        or for a graph of a higher order the product of its gradients and the direction.
        """
        memory, before = self.model.memory(), self.model.at_step
        self.model.at_step = at_step
        try:
            recorder = ForwardRecorder(self._terms)
            with recorder:
                output = self._output(recorder)
                start = self.orders.output(output, self._asked_leaves, recorder)
            yield start
        finally:
            self.orders.forget()
            self.model.at_step = before
            self.model.recall(memory)

    def shapes(self) -> tuple[Graph, ...]:
        """Return a graph of each further shape that the model is known to build in training."""
        if self.mode == "point":
            return ()
        graphs = tuple(self.record(step)[1] for step in self.model.shape_steps())
        self.model.at_step = 0
        return graphs

    @np.errstate(over="ignore", invalid="ignore")
    def prediction(self) -> torch.Tensor:
        """Return y_pred without a graph; where it is a curve over x, of shape (points,)."""
        with torch.no_grad():
            found = self.model.predicted(self.x)
        return found.expand(self.x.shape) if self.model.plotted else found

    @np.errstate(over="ignore", invalid="ignore")
    def grid_prediction(self) -> torch.Tensor | None:
        """Return y_pred over the grid, shape (512,), without a graph; None where there is none."""
        if self.grid is None:
            return None
        with torch.no_grad():
            return self.model.predicted(self.grid).expand(self.grid.shape)

    def curve(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and y of the curve around the point in mode "point", shape (401,) each.

        In place of x it is the first input that the model has.
        """
        first = self.model.over[0]
        at = {"x": self.x, **self.model.named_inputs()}[first].detach()
        reach = torch.linspace(
            -_CURVE_REACH, _CURVE_REACH, _CURVE_POINTS, device=at.device, dtype=at.dtype
        )
        return reach + at, self.model.curve(reach + at)

    def _output(self, recorder: ForwardRecorder) -> torch.Tensor:
        y_pred = self.model.forward(self.x)
        recorder.scopes.close()
        if self.target is None:
            recorder.hear(y_pred)
            return y_pred
        recorder.name(y_pred, "y_pred")
        loss = self.loss(y_pred, self.target)
        recorder.name(loss, "loss")
        return loss


def _grid(data: Data) -> torch.Tensor | None:
    x = data.x
    if x.dim() != 1 or (len(x) >= _GRID_POINTS and not data.settings.data_file.strip()):
        return None
    low, high = x.min().item(), x.max().item()
    if not low < high:
        return None
    return torch.linspace(low, high, _GRID_POINTS, device=x.device, dtype=x.dtype)


def as_array(tensor: torch.Tensor) -> Array:
    """Return a tensor of any device as a message's array."""
    return Array.of(np.asarray(tensor.detach().cpu().numpy()))


def start_at(model: TrainableModel, initial: Mapping[str, float]) -> None:
    """Let parameters start at the values given; raises FieldError where one has no such name."""
    names = [each.name for each in entries_of(model)] if initial else []
    for name, value in initial.items():
        entry = find_entry(name, model)
        if entry is None or entry.name != name:
            told = [*names[:_TOLD], "…"] if len(names) > _TOLD else names
            has = tr("The model has none.")
            if told:
                has = tr("The model has: {names}.", names=listed(told))
            if model.plotted and name in model.named_inputs():
                has = tr("{name} is an input at a point, and has its value there.", name=name)
            raise FieldError(
                tr("There is no parameter {name!r} to start at.", name=name), has, field="initial"
            )
        number = number_at(entry, model.parameters)
        largest = torch.finfo(number.dtype).max
        # Written so that nan is refused too.
        if not abs(value) <= largest:
            raise FieldError(
                tr("{name} cannot start at {value}.", name=name, value=short(value)),
                tr(
                    "Use a finite number, at most {most} in this precision.",
                    most=short(largest, 3),
                ),
                field="initial",
            )
        number.fill_(value)


def _check(settings: Model) -> None:
    check_data(settings)
    if not _SEEDS[0] <= settings.seed <= _SEEDS[1]:
        raise SettingError(
            tr("The seed {seed} does not work.", seed=settings.seed),
            tr("Use a whole number from 0 to 2^63 - 1."),
        )


def _check_point(point: Mapping[str, float], dtype: torch.dtype) -> None:
    """Raise SettingError where an input has no finite value in this precision."""
    largest = torch.finfo(dtype).max
    for name, value in point.items():
        if not math.isfinite(value):
            raise SettingError(
                tr("{name} cannot be {value}.", name=name, value=value),
                tr("Use a finite number, such as 2."),
            )
        if abs(value) > largest:
            raise SettingError(
                tr("{name} cannot be {value}.", name=name, value=short(value)),
                tr(
                    "Use a number of at most {most}, as this precision has them.",
                    most=short(largest, 3),
                ),
            )


def _model(settings: Model, device: torch.device) -> tuple[TrainableModel, tuple[Mode, ...]]:
    source = settings.source
    file = own_source(source)
    if file is not None:
        own = OwnModel(settings, file, device)
        return own, own.modes
    named = model_named(source)
    if named is not None:
        return named.made(device, settings), named.entry.modes
    if names_network(source):
        layers = parse_network(source)
        kind = PlaneNetworkModel if layers.inputs == 2 else NetworkModel
        network = kind(layers, device, settings.seed)
        return network, network.modes
    expression = parse(source)
    modes: tuple[Mode, ...] = ("fit", "point") if expression.fittable else ("point",)
    if not expression.uses_x and not expression.parameters:
        raise ModelError(
            tr("There is nothing to differentiate: neither x nor a parameter occurs."),
            tr("Use x, or a letter as a parameter, such as a x + b."),
        )
    point = settings if _mode(settings, modes) == "point" else None
    return ExpressionModel(expression, device, point), modes


def _mode(settings: Model, modes: tuple[Mode, ...]) -> Mode:
    if settings.mode is None:
        return modes[0]
    if settings.mode in modes:
        return settings.mode
    if own_source(settings.source) is not None:
        raise _other_mode(settings)
    if settings.mode == "fit" and not names_network(settings.source):
        if "y" in parse(settings.source).parameters:
            raise ModelError(
                tr("In a fit y is the target, so that it cannot be in the expression."),
                tr("Choose At a point to give y and z values, or use another letter for y."),
            )
        raise ModelError(
            tr("There is nothing to train: the expression has no parameter."),
            tr("Write a letter where a number is to be found, such as a x + b."),
        )
    raise ModelError(
        tr("{model} has no gradient at a point.", model=settings.source),
        tr("Choose to fit it to the target."),
    )


def _other_mode(settings: Model) -> ModelError:
    """Return the error for a file of the user's in a mode that it does not have."""
    if settings.mode == "fit":
        return ModelError(
            tr(
                "There is nothing to train: no parameter in {file} has values and requires a "
                "gradient.",
                file=settings.source,
            ),
            tr("Give the module an nn.Parameter, on another device than meta."),
        )
    return ModelError(
        tr("{file} is run on its own inputs, not at a point.", file=settings.source),
        tr("Leave out the x."),
    )
