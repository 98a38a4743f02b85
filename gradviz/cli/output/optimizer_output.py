"""The last step of a training, as data for JSON and as lines for a terminal."""

from collections.abc import Iterator

from gradviz.core.findings.optimizer_step import Buffer, OptimizerStep
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short
from gradviz.export.strict_json import Json, tensor_json
from gradviz.render.numbers import tensor_text


def optimizer_json(last: OptimizerStep | None) -> Json:
    """Return the step of the optimizer with all that it kept; null where there was none."""
    if last is None:
        return None
    return {
        "name": last.optimizer,
        "learning_rate": last.learning_rate,
        "loss": last.loss,
        "state": {name: _buffer(value) for name, value in last.whole.items()},
        "parameters": {
            row.name: {
                "before": tensor_json(row.before),
                "gradient": tensor_json(row.gradient),
                "update": tensor_json(row.update),
                "after": tensor_json(row.after),
                "state": {name: _buffer(value) for name, value in row.buffers.items()},
            }
            for row in last.parameters
        },
    }


def _buffer(value: Buffer) -> Json:
    return tensor_json(value) if isinstance(value, TensorSummary) else value


def optimizer_lines(last: OptimizerStep | None) -> Iterator[str]:
    """Yield a line for each parameter, and one for each value that is kept for all of them."""
    if last is None:
        return
    yield tr(
        "last step of {optimizer}, learning rate {rate}:",
        optimizer=last.optimizer,
        rate=short(last.learning_rate),
    )
    for row in last.parameters:
        state = "".join(f"; {name} {_text(value)}" for name, value in row.buffers.items())
        told = tr(
            "{name}: {before} -> {after}; gradient {gradient}; update {update}",
            name=row.name,
            before=_text(row.before),
            after=_text(row.after),
            gradient=_text(row.gradient),
            update=_text(row.update),
        )
        yield f"  {told}{state}"
    for name, value in last.whole.items():
        yield f"  {name}: {_text(value)}"


def _text(value: Buffer | None) -> str:
    if isinstance(value, TensorSummary):
        return tensor_text(value)
    return value if isinstance(value, str) else tr("none") if value is None else short(value)
