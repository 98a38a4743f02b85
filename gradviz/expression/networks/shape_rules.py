"""The shapes that layers make of others, and those of their parameters, as PyTorch has them."""

import math
from collections.abc import Mapping

from gradviz.core.choices.options import Options
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.expression.networks.layer_row import MisfitError, Shape


def whole_of(options: Options, name: str) -> int:
    """Return the option `name`, which is a whole number."""
    return int(options[name])


def told(shape: Shape) -> str:
    """Return a shape in words: `16`, or `4 × 16`."""
    return " × ".join(map(str, shape))


def linear(options: Options, shape: Shape) -> Shape:
    """Return the shape with its last length replaced."""
    _expect(shape[-1], options, "in_features")
    return (*shape[:-1], whole_of(options, "out_features"))


def linear_parameters(options: Options) -> Mapping[str, Shape]:
    """Return weight, and bias unless it is switched off."""
    inputs, outputs = whole_of(options, "in_features"), whole_of(options, "out_features")
    bias: dict[str, Shape] = {"bias": (outputs,)} if options["bias"] else {}
    return {"weight": (outputs, inputs), **bias}


def batch_norm(options: Options, shape: Shape) -> Shape:
    """Return the shape, whose first length is that of the features."""
    if len(shape) > 2:
        raise MisfitError(
            tr("it takes one or two lengths for each point."), tr("Put Flatten() before it.")
        )
    _expect(shape[0], options, "num_features")
    return shape


def batch_norm_parameters(options: Options) -> Mapping[str, Shape]:
    """Return weight and bias, unless they are switched off."""
    features: Shape = (whole_of(options, "num_features"),)
    return {"weight": features, "bias": features} if options["affine"] else {}


def layer_norm(options: Options, shape: Shape) -> Shape:
    """Return the shape, whose last length is normalized."""
    _expect(shape[-1], options, "normalized_shape")
    return shape


def layer_norm_parameters(options: Options) -> Mapping[str, Shape]:
    """Return weight and bias, unless they are switched off."""
    if not options["elementwise_affine"]:
        return {}
    features: Shape = (whole_of(options, "normalized_shape"),)
    return {"weight": features, **({"bias": features} if options["bias"] else {})}


def conv(options: Options, shape: Shape) -> Shape:
    """Return the channels, and the length that a kernel leaves."""
    channels, length = _channels(shape)
    _expect(channels, options, "in_channels")
    groups, outputs = whole_of(options, "groups"), whole_of(options, "out_channels")
    if channels % groups or outputs % groups:
        raise MisfitError(
            tr("the channels cannot be divided into {count} groups.", count=groups),
            tr("Use a number by which in_channels and out_channels can be divided."),
            "groups",
        )
    dilation = whole_of(options, "dilation")
    return outputs, _slid(options, length, whole_of(options, "stride"), dilation)


def conv_parameters(options: Options) -> Mapping[str, Shape]:
    """Return weight, and bias unless it is switched off."""
    outputs = whole_of(options, "out_channels")
    inputs = whole_of(options, "in_channels") // whole_of(options, "groups")
    bias: dict[str, Shape] = {"bias": (outputs,)} if options["bias"] else {}
    return {"weight": (outputs, inputs, whole_of(options, "kernel_size")), **bias}


def pool(options: Options, shape: Shape) -> Shape:
    """Return the channels, and the length that windows leave."""
    channels, length = _channels(shape)
    kernel = whole_of(options, "kernel_size")
    if 2 * whole_of(options, "padding") > kernel:
        raise MisfitError(
            tr("padding is more than half of kernel_size."), tr("Use a smaller one."), "padding"
        )
    return channels, _slid(options, length, whole_of(options, "stride") or kernel, 1)


def flattened(options: Options, shape: Shape) -> Shape:
    """Return the lengths from one dimension to another as their product."""
    first, last = _place(options, "start_dim", shape), _place(options, "end_dim", shape)
    if first > last:
        raise MisfitError(tr("end_dim is before start_dim."), tr("Leave both out."), "end_dim")
    return (*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :])


def unflattened(options: Options, shape: Shape) -> Shape:
    """Return the shape with one length divided into two."""
    place = _place(options, "dim", shape)
    sizes = tuple(whole_of(options, f"unflattened_size_{each}") for each in (1, 2))
    if math.prod(sizes) != shape[place]:
        raise MisfitError(
            tr(
                "{product} is not {length}, the length that is divided.",
                product=told(sizes),
                length=shape[place],
            ),
            tr("Use two numbers whose product is {length}.", length=shape[place]),
            "unflattened_size",
        )
    return (*shape[:place], *sizes, *shape[place + 1 :])


def along(options: Options, shape: Shape) -> Shape:
    """Return the shape, which has the dimension `dim`."""
    _place(options, "dim", shape)
    return shape


def halved(options: Options, shape: Shape) -> Shape:
    """Return the shape with the length of `dim` halved."""
    place = _place(options, "dim", shape)
    if shape[place] % 2:
        raise MisfitError(
            tr("it halves its input, and {length} is odd.", length=shape[place]),
            tr("Give it an even number of inputs."),
        )
    return (*shape[:place], shape[place] // 2, *shape[place + 1 :])


def slopes(options: Options, shape: Shape) -> Shape:
    """Return the shape, of which each feature has a slope, or all have the same."""
    if whole_of(options, "num_parameters") not in (1, shape[0]):
        raise MisfitError(
            tr_n("it gets {count} inputs.", "it gets {count} input.", shape[0]),
            tr("Write 1 or {count}.", count=shape[0]),
            "num_parameters",
        )
    return shape


def slopes_parameters(options: Options) -> Mapping[str, Shape]:
    """Return the slopes."""
    return {"weight": (whole_of(options, "num_parameters"),)}


def _expect(found: int, options: Options, name: str) -> None:
    if whole_of(options, name) != found:
        raise MisfitError(
            tr_n(
                "it gets {count} inputs, and {name} is {value}.",
                "it gets {count} input, and {name} is {value}.",
                found,
                name=name,
                value=options[name],
            ),
            tr("Write {form}.", form=found),
            name,
            found,
        )


def _channels(shape: Shape) -> tuple[int, int]:
    if len(shape) != 2:
        raise MisfitError(
            tr(
                "it takes channels and a length for each point, and gets {shape}.",
                shape=told(shape),
            ),
            tr("Put such as Unflatten(1, (1, 16)) before it."),
        )
    return shape[0], shape[1]


def _slid(options: Options, length: int, stride: int, dilation: int) -> int:
    reach = dilation * (whole_of(options, "kernel_size") - 1) + 1
    left = length + 2 * whole_of(options, "padding") - reach
    if left < 0:
        raise MisfitError(
            tr("its kernel is longer than its input of length {length}.", length=length),
            tr("Use a smaller kernel_size."),
            "kernel_size",
        )
    return left // stride + 1


def _place(options: Options, name: str, shape: Shape) -> int:
    """Return which of the lengths `name` means; PyTorch counts the points as dimension 0."""
    given = whole_of(options, name)
    place = given - 1 if given > 0 else len(shape) + given
    if given == 0 or not 0 <= place < len(shape):
        allowed = listed(str(each) for each in (*range(1, len(shape) + 1), -1))
        raise MisfitError(
            tr("dimension 0 has the points, each of which is taken by itself.")
            if given == 0
            else tr("there is no dimension {dimension}.", dimension=given),
            tr("Write one of {numbers}.", numbers=allowed),
            name,
        )
    return place
