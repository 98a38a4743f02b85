"""The layers that can be typed: a row for each. A new one is a row here.

The parser, the hints, the form, the engine and the scripts look it up by its name.
"""

from typing import Final

from gradviz.core.language.saying import marked
from gradviz.expression.networks.layer_row import LayerRow, flag, number, pair, whole
from gradviz.expression.networks.shape_rules import (
    along,
    batch_norm,
    batch_norm_parameters,
    conv,
    conv_parameters,
    flattened,
    halved,
    layer_norm,
    layer_norm_parameters,
    linear,
    linear_parameters,
    pool,
    slopes,
    slopes_parameters,
    unflattened,
)

_EPS: Final = number("eps", 1e-5, 0.0, above=True)
_INPLACE: Final = flag("inplace", default=False)
_DIM: Final = whole("dim", low=-2, high=2, usual=-1)
_LAST_DIM: Final = whole("dim", -1, low=-2, high=2)
_POOLED: Final = (
    whole("kernel_size", usual=2),
    # Without it, windows follow one another.
    whole("stride", 0, low=0),
    whole("padding", 0, low=0),
)

_ROWS: Final = (
    LayerRow(
        name="Linear",
        doc=marked("Each output is a weighted sum of all inputs, plus a bias."),
        arguments=(
            whole("in_features"),
            whole("out_features", usual=16),
            flag("bias", default=True),
        ),
        shape=linear,
        parameters=linear_parameters,
    ),
    LayerRow(name="Tanh", doc=marked("tanh of each number, between −1 and 1.")),
    LayerRow(name="ReLU", doc=marked("Each number above 0, else 0."), arguments=(_INPLACE,)),
    LayerRow(name="Sigmoid", doc=marked("1/(1 + exp(−x)) of each number, between 0 and 1.")),
    LayerRow(name="GELU", doc=marked("Each number times the normal distribution up to it.")),
    LayerRow(name="SiLU", doc=marked("Each number times its sigmoid."), arguments=(_INPLACE,)),
    LayerRow(
        name="LeakyReLU",
        doc=marked("Each number above 0, else a small part of it."),
        arguments=(number("negative_slope", 0.01), _INPLACE),
    ),
    LayerRow(
        name="ELU",
        doc=marked("Each number above 0, else alpha (exp(x) − 1)."),
        arguments=(number("alpha", 1.0), _INPLACE),
    ),
    LayerRow(
        name="CELU",
        doc=marked("As ELU, with a continuous slope."),
        arguments=(number("alpha", 1.0, 0.0, above=True), _INPLACE),
    ),
    LayerRow(
        name="SELU", doc=marked("An ELU that keeps mean 0 and variance 1."), arguments=(_INPLACE,)
    ),
    LayerRow(
        name="Mish", doc=marked("Each number times tanh of its softplus."), arguments=(_INPLACE,)
    ),
    LayerRow(
        name="Softplus",
        doc=marked("A smooth ReLU, log(1 + exp(x))."),
        arguments=(number("beta", 1.0, 0.0, above=True), number("threshold", 20.0)),
    ),
    LayerRow(name="Softsign", doc=marked("x / (1 + |x|) of each number, between −1 and 1.")),
    LayerRow(name="LogSigmoid", doc=marked("The logarithm of the sigmoid.")),
    LayerRow(name="Tanhshrink", doc=marked("Each number less its tanh.")),
    LayerRow(name="ReLU6", doc=marked("Each number, cut at 0 and 6."), arguments=(_INPLACE,)),
    LayerRow(
        name="Hardtanh",
        doc=marked("Each number, cut at −1 and 1."),
        arguments=(number("min_val", -1.0), number("max_val", 1.0), _INPLACE),
    ),
    LayerRow(name="Hardsigmoid", doc=marked("A sigmoid of three lines."), arguments=(_INPLACE,)),
    LayerRow(
        name="Hardswish", doc=marked("Each number times its Hardsigmoid."), arguments=(_INPLACE,)
    ),
    LayerRow(
        name="Hardshrink",
        doc=marked("Each number, but 0 where it is small."),
        arguments=(number("lambd", 0.5, 0.0),),
    ),
    LayerRow(
        name="Softshrink",
        doc=marked("Each number moved towards 0, and 0 where it is small."),
        arguments=(number("lambd", 0.5, 0.0),),
    ),
    LayerRow(
        name="PReLU",
        doc=marked("A LeakyReLU whose slope is a parameter."),
        arguments=(whole("num_parameters", 1), number("init", 0.25)),
        shape=slopes,
        parameters=slopes_parameters,
    ),
    LayerRow(
        name="GLU",
        doc=marked("One half of the inputs times the sigmoid of the other."),
        arguments=(_LAST_DIM,),
        shape=halved,
    ),
    LayerRow(
        name="Softmax",
        doc=marked("Numbers above 0 with the sum 1 along a dimension."),
        arguments=(_DIM,),
        shape=along,
    ),
    LayerRow(
        name="LogSoftmax",
        doc=marked("The logarithm of Softmax."),
        arguments=(_DIM,),
        shape=along,
    ),
    LayerRow(
        name="Dropout",
        doc=marked("In training sets numbers to 0 by chance, and makes the others larger."),
        arguments=(number("p", 0.5, 0.0, 1.0), _INPLACE),
        random=True,
        passes_on=True,
    ),
    LayerRow(
        name="AlphaDropout",
        doc=marked("A Dropout for SELU, which keeps mean and variance."),
        arguments=(number("p", 0.5, 0.0, 1.0), _INPLACE),
        random=True,
        passes_on=True,
    ),
    LayerRow(
        name="LayerNorm",
        doc=marked("Gives the numbers of each point mean 0 and variance 1."),
        arguments=(
            whole("normalized_shape", usual=16),
            _EPS,
            flag("elementwise_affine", default=True),
            flag("bias", default=True),
        ),
        shape=layer_norm,
        parameters=layer_norm_parameters,
    ),
    LayerRow(
        name="BatchNorm1d",
        doc=marked("Gives each feature mean 0 and variance 1 over all points."),
        arguments=(
            whole("num_features", usual=16),
            _EPS,
            number("momentum", 0.1, 0.0, 1.0),
            flag("affine", default=True),
            flag("track_running_stats", default=True),
        ),
        shape=batch_norm,
        parameters=batch_norm_parameters,
        of_batch=True,
    ),
    LayerRow(
        name="Conv1d",
        doc=marked("Slides kernels along the length of each channel."),
        arguments=(
            whole("in_channels"),
            whole("out_channels", usual=4),
            whole("kernel_size", usual=3),
            whole("stride", 1),
            whole("padding", 0, low=0),
            whole("dilation", 1),
            whole("groups", 1),
            flag("bias", default=True),
        ),
        shape=conv,
        parameters=conv_parameters,
    ),
    LayerRow(
        name="MaxPool1d",
        doc=marked("The largest number of each window."),
        arguments=_POOLED,
        shape=pool,
    ),
    LayerRow(
        name="AvgPool1d", doc=marked("The mean of each window."), arguments=_POOLED, shape=pool
    ),
    LayerRow(
        name="Flatten",
        doc=marked("Puts several lengths into one."),
        arguments=(
            whole("start_dim", 1, low=-2, high=2),
            whole("end_dim", -1, low=-2, high=2),
        ),
        shape=flattened,
        passes_on=True,
    ),
    LayerRow(
        name="Unflatten",
        doc=marked("Divides one length into two, such as channels and a length."),
        arguments=(whole("dim", low=-2, high=2, usual=1), pair("unflattened_size", (1, 16))),
        shape=unflattened,
        passes_on=True,
    ),
    LayerRow(name="Identity", doc=marked("Hands its input on."), passes_on=True),
)
#: Every layer by the name of its class.
LAYERS: Final = {row.name: row for row in _ROWS}
