"""The errors of autograd in the terms of a user: a row for each kind, found by PyTorch's words."""

import re
from typing import Final, Literal, NamedTuple

from gradviz.core.language.saying import marked, sentences, tr

#: The kinds whose lines another forward pass can find; all others are "other".
Kind = Literal["in_place", "hooked_in_place", "second_backward", "sparse", "other"]


class Explanation(NamedTuple):
    """An error in other words.

    Attributes:
        sentence: The reason.
        advice: The remedy.
        kind: Its kind.
    """

    sentence: str
    advice: str
    kind: Kind = "other"

    def __str__(self) -> str:
        return sentences([self.sentence, self.advice])


class _Row(NamedTuple):
    """A kind of error: a stable part of PyTorch's text; its groups are filled into the words.

    The pattern is of PyTorch's English; sentence and advice are marked for translation.
    """

    pattern: str
    sentence: str
    advice: str
    kind: Kind = "other"


_NEW_TENSOR: Final = marked(
    "Compute a new tensor there: y = y + 1 in place of y += 1 or y.add_(1), inplace=False for an "
    "activation, or clone() before the change."
)
_SAME_DTYPE: Final = marked(
    "Convert one of them: .to(other.dtype), .float(), or dtype=… where it is made."
)

_ROWS: Final = (
    _Row(
        "leaf Variable that requires grad is being used in an in-place",
        marked(
            "A parameter, or another leaf that requires a gradient, cannot be changed in place."
        ),
        marked(
            "Compute a new tensor there: y = y + 1 in place of y += 1 or y.add_(1), inplace=False "
            "for an activation, or clone() before the change. To set its values, do so under "
            "torch.no_grad()."
        ),
    ),
    _Row(
        "of BackwardHookFunction is a view and is being modified inplace",
        marked("A module has a full backward hook, and its input or output is changed in place."),
        marked(
            "Give the activation inplace=False, clone() the tensor before the change, or take the "
            "hook away."
        ),
        "hooked_in_place",
    ),
    _Row(
        "is a view and is being modified inplace",
        marked("It is a view, and autograd cannot follow a change in place of such a view."),
        _NEW_TENSOR,
    ),
    _Row(
        r"view was created in (?P<mode>no_grad|inference) mode and is being modified inplace",
        marked("A view that was made without a graph is changed in place where there is one."),
        marked("Make the view and change it either both under no_grad() or both outside of it."),
    ),
    _Row(
        "has been modified by an inplace operation",
        marked("A value that the backward pass needs was changed in place after it had been kept."),
        _NEW_TENSOR,
        "in_place",
    ),
    _Row(
        "more than one element of the written-to tensor refers to a single memory location",
        marked("Several elements of that tensor are one number in memory, as after expand()."),
        marked("clone() it before the change in place."),
    ),
    _Row(
        "backward through the graph a second time",
        marked(
            "A part of the graph belongs to an earlier backward pass, which released what it kept."
        ),
        marked(
            "Call detach() on a tensor that is kept from one call to the next, and compute in "
            "forward what depends on the parameters."
        ),
        "second_backward",
    ),
    _Row(
        "does not require grad and does not have a grad_fn",
        marked("Nothing that requires a gradient reaches the tensor that is differentiated."),
        marked(
            "Look for detach(), .data, item(), no_grad() or argmax() on its way, or set "
            "requires_grad of the parameters."
        ),
    ),
    _Row(
        "implicitly created only for scalar outputs",
        marked("Only a scalar can be differentiated without saying where the gradient starts."),
        marked("Call .sum() or .mean() first, or give backward() a gradient of the same shape."),
    ),
    _Row(
        "implicitly created only for real scalar outputs",
        marked("Only real scalars can be differentiated, and this one is complex."),
        marked("Take .abs(), .real or torch.view_as_real() of it."),
    ),
    _Row(
        r"unction (?P<function>\w+?)(?:Backward)? returned an incorrect number of gradients "
        r"\(expected (?P<expected>\d+), got (?P<got>\d+)\)",
        marked(
            "{function}.forward takes {expected} arguments beside ctx, and backward returned {got}."
        ),
        marked(
            "Return one gradient for each argument of forward, and None for those that have none."
        ),
    ),
    _Row(
        r"unction (?P<function>\w+?)(?:Backward)? returned an invalid gradient at index "
        r"(?P<index>\d+) - got (?P<got>.+) but expected (?P<expected>.+)",
        marked(
            "The gradient that {function}.backward returned at place {index} does not fit the "
            "argument at that place of forward."
        ),
        marked(
            "Return one of that argument's shape, dtype and device: sum over what was broadcast."
        ),
    ),
    _Row(
        r"expected Variable or None \(got (?P<got>\w+)\)",
        marked("A custom Function's backward returned {got} in place of a gradient."),
        marked("Return a tensor for each argument of forward, and None for those that have none."),
    ),
    _Row(
        "must implement either the backward or vjp method",
        marked("A custom Function has no backward."),
        marked("Define backward(ctx, gradient) as a static method."),
    ),
    _Row(
        "autograd function with non-static forward method",
        marked("A custom Function is written as PyTorch had it before version 1.3."),
        marked("Make forward and backward static methods, and call Function.apply."),
    ),
    _Row(
        "Recomputed values for the following tensors have different metadata|"
        "number of tensors was saved during the original forward and recomputation|"
        "Unpack is being triggered for a tensor that was",
        marked(
            "A checkpoint ran its function again for the backward pass, and that computed "
            "otherwise than in the forward pass."
        ),
        marked(
            "Take out of the checkpoint what differs from call to call: state kept on self, random "
            "numbers without preserve_rng_state=True, a branch that depends on either."
        ),
    ),
    _Row(
        r"hook '(?P<hook>.+)' has changed the (?P<part>\w+) of value",
        marked("The hook {hook} returned a gradient of another {part}."),
        marked(
            "Return a gradient like the one that the hook is given, or None to leave it as it is."
        ),
    ),
    _Row(
        r"hook returned '(?P<got>\w+)'|hook returned an invalid number of grad_input|"
        r"hook '.+' has returned an incorrect number of values",
        marked("A backward hook returned something that is no gradient, or too many of them."),
        marked(
            "Return one gradient for each that the hook is given, or None to leave them as they "
            "are."
        ),
    ),
    _Row(
        "post accumulate grad hooks should return None",
        marked("A hook that runs after a gradient was accumulated has returned something."),
        marked(
            "Return nothing from it: what is to be another gradient is changed in place, as by "
            "parameter.grad.mul_(2)."
        ),
    ),
    _Row(
        r"Cannot copy out of meta tensor|device meta\b|on meta tensors|convert meta device",
        marked("A tensor is on the meta device, where it has a shape and no numbers."),
        marked(
            'Give its module numbers, as to_empty(device="cpu") and load_state_dict() do, or put '
            "the whole model on the meta device: where all parameters are there, so are the inputs."
        ),
    ),
    _Row(
        "on the same device|on the expected device|Input type .*cuda.* should be the same",
        marked("Tensors on different devices are used together."),
        marked(
            "Move one of them: .to(other.device). Use register_buffer for a constant of a "
            "module, so that it moves with it."
        ),
    ),
    _Row(
        "have the same dtype|expected scalar type|Found dtype .* but expected|"
        "Input type .* should be the same",
        marked("Tensors of different dtypes are used together."),
        _SAME_DTYPE,
    ),
    _Row(
        r"to have one of the following scalar types: (?P<wanted>[^;]+); but got",
        marked("An argument has another dtype than the function takes: {wanted}."),
        marked("Convert it, as with .long() for indices; an index has no gradient."),
    ),
    _Row(
        r"expected target dtype to be (?P<wanted>[\w ]+?),? but got",
        marked("The target has another dtype than the loss takes: {wanted}."),
        marked("Convert it, as with .long() for the numbers of classes."),
    ),
    _Row(
        "sparse gradients|add\\(sparse, dense\\) is not supported",
        marked("SGD, Adagrad and SparseAdam take sparse gradients, without weight decay."),
        marked("Choose one of them, or make the embedding with sparse=False."),
        "sparse",
    ),
    _Row(
        "Can't call numpy\\(\\) on Tensor that requires grad",
        marked("NumPy keeps no graph, so PyTorch does not hand it a tensor that has one."),
        marked("Use a function of PyTorch, or detach() where no gradient is wanted."),
    ),
    _Row(
        "Inference tensors cannot be saved for backward",
        marked("A tensor made under inference_mode() has no part in a graph."),
        marked("Make it under no_grad(), or clone() it."),
    ),
    _Row(
        "appears to not have been used in the graph",
        marked("A tensor that a gradient is asked of has no part in the output."),
        marked("Compute the output from it, or give torch.autograd.grad allow_unused=True."),
    ),
    _Row(
        "Only Tensors created explicitly by the user",
        marked("A tensor that was computed with a graph cannot be copied deeply."),
        marked("Call detach() where it is kept, or clone() in place of copy.deepcopy()."),
    ),
    _Row(
        "only change requires_grad flags of leaf variables",
        marked("A tensor that was computed gets requires_grad from the tensors behind it."),
        marked("Call detach() for one without a gradient."),
    ),
    _Row(
        "maximum recursion depth exceeded",
        marked(
            "There are more calls within one another than Python allows: a module or a function "
            "calls itself without an end, or a module is a part of itself."
        ),
        marked("End the recursion, or call in a loop."),
    ),
    _Row(
        "dtype can require gradients",
        marked("Whole numbers have no gradient."),
        marked("Make it a floating-point tensor, as with .float()."),
    ),
)
_EXITS: Final = {
    SystemExit: marked("It would end the program, as exit() and sys.exit() do."),
    KeyboardInterrupt: marked("It would end the program, as Ctrl+C does."),
    GeneratorExit: marked("It is not taken for an error by code that catches Exception."),
}
_COMPILED: Final = tuple((re.compile(row.pattern), row) for row in _ROWS)


def explanation_of(error: BaseException) -> Explanation | None:
    """Return an error of autograd in the terms of a user; None for one of no known kind."""
    for kind, sentence in _EXITS.items():
        if isinstance(error, kind):
            return Explanation(
                tr(sentence),
                tr(
                    "Raise an error such as ValueError, or call it under "
                    'if __name__ == "__main__" alone.'
                ),
            )
    # TypeError: PyTorch's word for a hook or a backward that returned no tensor.
    if not isinstance(error, RuntimeError | TypeError):
        return None
    text = str(error)
    for pattern, row in _COMPILED:
        found = pattern.search(text)
        if found is not None:
            return Explanation(tr(row.sentence, **found.groupdict()), tr(row.advice), row.kind)
    return None
