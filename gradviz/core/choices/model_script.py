"""A model's part of a script, as data: its definition, its construction and its call."""

from typing import Literal

import msgspec

#: Autograd's loop; the loop whose backward the model writes out; the loop over batches of images.
ScriptLoop = Literal["autograd", "by hand", "images"]


class ModelScript(msgspec.Struct, frozen=True, kw_only=True):
    """One model in Python.

    Attributes:
        loop: The training loop that the script writes around it.
        definition: Classes and functions, or empty.
        functions: Functions of the expression language that it calls, to be defined too.
        make: The lines that make the parameters on `device`, in the order they are drawn.
        y_pred: The model's output for `x`.
        parameters: The parameters as they are named in the script, such as `a` or `model.a`.
        result: The inside of the f-string that prints the model with its numbers.
        random: Whether the parameters are drawn from the generator.
        data: Lines that make more of `x` and `y`.
        inputs: The inputs that y depends on, x and at a point y and z too.
        output: The variable of the output at a point: the letter of a function of several inputs.
        is_module: Whether it is a `torch.nn.Module` named `model`.
        by_chance: Whether each forward pass asks Python's generator what to do.
        plane: The target of a network of two inputs; empty for every other model.
        before: Lines in front of each forward pass.
        forward: Lines that compute `loss`, where that is not done from x and y.
        elements: Where the script has the parameters of one element, by the names of the equation;
            empty where the parameters are that.
        library: In the loop "by hand": the library that computes; NumPy's numbers are plain ones.
        loss: In the loop "by hand": the loss of `y_pred` and `y`.
        backward: In the loop "by hand": the lines that compute `grad_a` for each parameter `a`.
        batch: In the loop "images": how many images a step trains on.
    """

    loop: ScriptLoop = "autograd"
    definition: str = ""
    functions: tuple[str, ...] = ()
    make: tuple[str, ...] = ()
    y_pred: str
    parameters: tuple[str, ...]
    result: str
    random: bool = True
    data: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ("x",)
    output: str = "y"
    is_module: bool = False
    by_chance: bool = False
    plane: str = ""
    before: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()
    elements: dict[str, str] = {}
    library: Literal["torch", "numpy"] = "torch"
    loss: str = ""
    backward: tuple[str, ...] = ()
    batch: int = 0

    @property
    def places(self) -> dict[str, str]:
        """Return where the script has each parameter of one element, by the equation's names."""
        named = {name.removeprefix("model."): name for name in self.parameters}
        return self.elements or named

    @property
    def group(self) -> str:
        """Return the argument of an optimizer of torch.optim."""
        return "model.parameters()" if self.is_module else f"[{', '.join(self.parameters)}]"
