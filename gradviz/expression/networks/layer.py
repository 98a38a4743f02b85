"""One layer as it was typed: its row, and the values of its options."""

from dataclasses import dataclass, field

from gradviz.core.choices.options import Options, OptionValue
from gradviz.expression.networks.layer_row import Argument, LayerRow
from gradviz.expression.tree import Span

#: The value of an argument: a number, True or False, or two numbers.
Given = OptionValue | tuple[OptionValue, ...]


@dataclass(frozen=True, slots=True)
class TypedLayer:
    """A layer.

    Attributes:
        row: Its row of the table.
        options: The values of all its options.
        span: Its place in the text.
        spans: The places of the arguments that were typed, by their names.
    """

    row: LayerRow
    options: Options
    span: Span = (0, 0)
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def arguments(self) -> dict[str, Given]:
        """Return the arguments that PyTorch's class is to be given, by name, in its order."""
        return {
            argument.name: self._given(argument)
            for argument in self.row.arguments
            if argument.required or not self._is_default(argument)
        }

    @property
    def text(self) -> str:
        """Return it as it is typed: `Linear(1, 16, bias=False)`."""
        required = {each.name for each in self.row.arguments if each.required}
        written = (
            _written(value) if name in required else f"{name}={_written(value)}"
            for name, value in self.arguments.items()
        )
        return f"{self.row.name}({', '.join(written)})"

    def _given(self, argument: Argument) -> Given:
        values = tuple(self.options[entry.name] for entry in argument.entries)
        return values if len(values) > 1 else values[0]

    def _is_default(self, argument: Argument) -> bool:
        return all(self.options[entry.name] == entry.default for entry in argument.entries)


def _written(value: Given) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))})"
    return repr(value)
