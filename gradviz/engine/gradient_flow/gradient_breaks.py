"""Where gradients are lost while a model runs forwards: each call after which a leaf has none.

PyTorch keeps no graph of tensors without a gradient, so those that depend on them are followed
here, call by call. That costs more than the pass itself, so a pass is run again for it on demand.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch.utils.weak import WeakTensorKeyDictionary

from gradviz.core.findings.missing import CodePlace, Reason
from gradviz.engine.gradient_flow.code_lines import running_line
from gradviz.engine.recording.in_place_functions import is_in_place
from gradviz.engine.recording.listeners import Listener
from gradviz.engine.torch_internals.function_modes import is_gradient_switch
from gradviz.engine.torch_internals.grad_nodes import feeds_of
from gradviz.engine.torch_internals.running_functions import RunningFunctions
from gradviz.engine.torch_internals.tensor_memory import covers_storage, storage_id

#: A loss is sought among so many of the last ones, as the loops of forward passes repeat them.
_RECENT: Final = 20
#: Functions that make Python or NumPy values of tensors; results of these values are not followed.
LEAVING: Final = frozenset(
    {"item", "tolist", "numpy", "__array__", "__float__", "__int__", "__index__", "__bool__"}
    | {"__complex__", "__contains__", "equal", "allclose", "is_nonzero", "__dlpack__"}
)
#: Of these, only the first argument is in the result: the others lend shape, dtype or device.
_FIRST_ALONE: Final = frozenset({"expand_as", "view_as", "reshape_as", "type_as", "to"})
#: Of these, each result follows from the argument at the same place.
_ONE_TO_ONE: Final = frozenset({"broadcast_tensors", "meshgrid"})
#: The properties that are read as tensors with the values of this one.
_PROPERTIES: Final = frozenset({"data", "T", "mT", "H", "mH", "real", "imag"})
#: Functions that overwrite the values of their first argument.
OVERWRITING: Final = frozenset(
    {"copy_", "fill_", "zero_", "set_", "data.__set__", "normal_", "uniform_", "random_"}
    | {"bernoulli_", "exponential_", "cauchy_", "geometric_", "log_normal_"}
)
_NO_EFFECT: Final = frozenset({"requires_grad_", "retain_grad", "register_hook"})


#: A tensor that a call took, and its grad_fn before the call, which may change it.
_Taken = tuple[torch.Tensor, Any]


@dataclass
class GradientBreak:
    """A call that took tensors with a gradient, and returned one without.

    Attributes:
        reason: How the gradient was lost.
        call: The function that was called, by its name in Python.
        leaves: The leaves that the tensors depended on, one bit for each.
        place: The line of the call.
        block: The line that turned gradients off, if one did.
        dtype: The dtype of the result where it is one of whole numbers or truth values.
        function: The custom Function within which it happened.
    """

    reason: Reason
    call: str
    leaves: int
    place: CodePlace | None = None
    block: CodePlace | None = None
    dtype: str = ""
    function: str = ""


class Leaves:
    """Which of some leaves a tensor has in its graph, one bit for each, each node seen once."""

    def __init__(self, leaves: Iterable[torch.Tensor]) -> None:
        self._bits = {id(leaf): 1 << place for place, leaf in enumerate(leaves)}
        self._behind: dict[Any, int] = {}

    def of(self, tensor: torch.Tensor) -> int:
        """Return the leaves behind `tensor`, itself if it is one."""
        return self.bit(tensor) or (0 if tensor.grad_fn is None else self.behind(tensor.grad_fn))

    def bit(self, tensor: torch.Tensor) -> int:
        """Return the bit of `tensor` itself; 0 if it is none of the leaves."""
        return self._bits.get(id(tensor), 0)

    def behind(self, node: Any) -> int:
        """Return the leaves behind a grad_fn, found without recursion."""
        waiting = [node]
        while waiting:
            last = waiting[-1]
            if last in self._behind:
                waiting.pop()
                continue
            sources = [source for source, _ in feeds_of(last) if source is not None]
            new = [source for source in sources if source not in self._behind]
            if new:
                waiting.extend(new)
                continue
            leaf = getattr(last, "variable", None)
            bits = 0 if leaf is None else self.bit(leaf)
            for source in sources:
                bits |= self._behind[source]
            self._behind[last] = bits
            waiting.pop()
        return self._behind[node]


class GradientBreakFinder(Listener):
    """Used as a context around a forward pass; each tensor is known by the losses behind it.

    Attributes:
        losses: In the order in which they happened; each tensor has one bit for each loss.
        left: Where values left PyTorch, as Python's or NumPy's.
    """

    def __init__(self, leaves: Leaves) -> None:
        super().__init__()
        self._leaves = leaves
        self.losses: list[GradientBreak] = []
        self.left: list[GradientBreak] = []
        self._behind: WeakTensorKeyDictionary = WeakTensorKeyDictionary()
        # Tensors made within a custom Function, each with its loss if it gets out without gradient.
        self._within: WeakTensorKeyDictionary = WeakTensorKeyDictionary()
        # Memory that was changed in place, kept so that no other takes its identity.
        self._memory: dict[int, tuple[Any, int]] = {}
        # The memory of tensors that were cut off, of which a new leaf may be made unseen.
        self._cut_off: dict[int, tuple[Any, int]] = {}
        self._enabled = torch.is_grad_enabled()
        self._block: CodePlace | None = None
        self._functions = RunningFunctions()

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run `func`, and note whether a gradient went in that does not come out."""
        named = kwargs or {}
        name = name_of(func)
        if is_gradient_switch(func):
            self._switch(enabled=bool(args[0]))
            return func(*args, **named)
        if name == "__get__":
            return func(*args, **named)
        changes = is_in_place(name, named) or name == "data.__set__"
        taken = _taken(name, args, named)
        before = [(each, each.grad_fn) for each in taken if each.requires_grad]
        lost = self._known(taken)
        result = func(*args, **named)
        if self._in_function:
            self._note_within(result)
        else:
            self._functions.forget()
        if before or lost or (changes and self.losses):
            made = tensors_in(result)
            if name in _ONE_TO_ONE:
                for argument, each in zip(taken, made, strict=False):
                    own = [pair for pair in before if pair[0] is argument]
                    self._follow(name, own, self._known([argument]), [each], [])
            else:
                targets = tensors_in((args[:1], named.get("out"))) if changes else []
                self._follow(name, before, lost, made, targets)
        return result

    def of(self, *tensors: torch.Tensor) -> list[GradientBreak]:
        """Return the losses on the way to one of `tensors`, in the order of the pass."""
        bits = self._known(tensors)
        return [loss for place, loss in enumerate(self.losses) if bits >> place & 1]

    @property
    def _in_function(self) -> bool:
        """Tell whether a custom Function runs: it turns gradients off, and Python did not."""
        return self._enabled and not torch.is_grad_enabled()

    def _note_within(self, result: Any) -> None:
        made = tensors_in(result)
        called = self._functions.outermost() if made else None
        if called is None:
            return
        leaves = 0
        for tensor in tensors_in(called.given, 1):
            leaves |= self._leaves.of(tensor)
        for tensor in made if leaves else ():
            self._within[tensor] = GradientBreak(
                "function", "apply", leaves, running_line(), function=called.name
            )

    def _come_out(self, tensor: torch.Tensor) -> None:
        """Note the loss if a custom Function gave `tensor`, and no gradient for it."""
        if tensor in self._within and not self._in_function:
            loss: GradientBreak = self._within[tensor]
            del self._within[tensor]
            if not tensor.requires_grad:
                self._behind[tensor] = self._listed(loss)

    def _listed(self, loss: GradientBreak) -> int:
        """List a loss, and return its bit; the same one in a loop is listed once."""
        for place in range(len(self.losses) - 1, max(-1, len(self.losses) - _RECENT), -1):
            if self.losses[place] == loss:
                return 1 << place
        self.losses.append(loss)
        return 1 << (len(self.losses) - 1)

    def _known(self, tensors: Iterable[torch.Tensor]) -> int:
        tensors = list(tensors)
        for tensor in tensors if len(self._within) else ():
            self._come_out(tensor)
        if not self.losses:
            return 0
        bits = 0
        for tensor in tensors:
            if tensor in self._behind:
                bits |= self._behind[tensor]
            elif self._cut_off and self._is_new_leaf(tensor):
                bits |= self._cut_off.get(storage_id(tensor), (None, 0))[1]
            if self._memory:
                bits |= self._memory.get(storage_id(tensor), (None, 0))[1]
        return bits

    def _is_new_leaf(self, tensor: torch.Tensor) -> bool:
        """Tell whether the model made `tensor` a leaf, as nn.Parameter and Variable do."""
        return tensor.requires_grad and tensor.grad_fn is None and not self._leaves.bit(tensor)

    def _follow(
        self,
        name: str,
        before: list[_Taken],
        lost: int,
        results: list[torch.Tensor],
        targets: list[torch.Tensor],
    ) -> None:
        if name in LEAVING:
            self._leave(name, before, lost)
            return
        made: dict[tuple[bool, int], int] = {}
        for tensor in results or targets:
            changed = any(tensor is target for target in targets)
            bits = lost
            # A view under no_grad says that it requires a gradient, and is a leaf of its own.
            if not (tensor.requires_grad and torch.is_grad_enabled()):
                kept = tensor.requires_grad
                sources = [each for each in before if not (kept and each[0] is tensor)]
                whole = not (tensor.is_floating_point() or tensor.is_complex())
                key = (whole, len(sources))
                if key not in made:
                    made[key] = self._lose(name, sources, tensor, whole=whole)
                bits |= made[key]
                if made[key] and not whole and storage_id(tensor):
                    self._cut_off[storage_id(tensor)] = (tensor.untyped_storage(), bits)
            if bits:
                self._behind[tensor] = bits
            if changed:
                self._change(tensor, bits)

    def _change(self, tensor: torch.Tensor, bits: int) -> None:
        """Note the losses on the way to the new content of the memory of `tensor`."""
        if tensor in self._behind and not bits:
            del self._behind[tensor]
        storage = storage_id(tensor)
        memory, before = self._memory.get(storage, (None, 0))
        if storage and (bits or memory is not None):
            kept = 0 if covers_storage(tensor) else before
            self._memory[storage] = (tensor.untyped_storage(), bits | kept)

    def _lose(
        self,
        name: str,
        before: list[_Taken],
        result: torch.Tensor,
        *,
        whole: bool,
    ) -> int:
        """Note a loss, and return its bit; 0 where no leaf is behind the arguments."""
        leaves = self._leaves_of(before)
        if not leaves:
            return 0
        loss = GradientBreak("detached", name, leaves, running_line())
        if torch.is_inference_mode_enabled():
            loss.reason = "inference_mode"
        elif self._in_function:
            loss.reason = "no_grad"
            self._lose_within(loss)
        elif not torch.is_grad_enabled():
            called = self._functions.outermost()
            loss.reason, loss.block = "no_grad", self._block
            if called is not None:
                loss.call, loss.place = called.name, running_line(called.caller)
        elif whole:
            loss.reason, loss.dtype = "integer", str(result.dtype).removeprefix("torch.")
        return self._listed(loss) if loss.leaves else 0

    def _lose_within(self, loss: GradientBreak) -> None:
        """Take a loss within the forward of a custom Function, which records nothing itself."""
        called = self._functions.outermost()
        if called is None:
            return
        loss.reason, loss.function = "function", called.name
        # Its arguments are in the graph by way of the Function itself.
        for tensor in tensors_in(called.given, 1):
            loss.leaves &= ~self._leaves.of(tensor)

    def _leave(self, name: str, before: list[_Taken], lost: int) -> None:
        leaves = self._leaves_of(before)
        for place, loss in enumerate(self.losses):
            if lost >> place & 1:
                leaves |= loss.leaves
        if leaves:
            self.left.append(GradientBreak("python_value", name, leaves, running_line()))

    def _leaves_of(self, before: list[_Taken]) -> int:
        bits = 0
        for tensor, node in before:
            bits |= self._leaves.bit(tensor) if node is None else self._leaves.behind(node)
        return bits

    def _switch(self, *, enabled: bool) -> None:
        """Note where Python turns gradients off; a custom Function that does so is not noted."""
        if self._functions.outermost() is None:
            if self._enabled and not enabled:
                self._block = running_line()
            self._enabled = enabled


def name_of(func: Callable[..., Any]) -> str:
    """Return a function's name in Python, a property's with its use: `data.__get__`.

    It is `__get__` alone for a property that is not made of the values of the tensor.
    """
    name = str(getattr(func, "__name__", ""))
    if name in ("__get__", "__set__"):
        of = getattr(getattr(func, "__self__", None), "__name__", "")
        return f"{of}.{name}" if name == "__set__" or of in _PROPERTIES else name
    return name


def _taken(name: str, args: tuple[Any, ...], named: Mapping[str, Any]) -> list[torch.Tensor]:
    """Return the tensors from whose values the result of a call is made."""
    if name in _NO_EFFECT:
        return []
    if name.endswith("_like") or name.startswith("new_") or name in OVERWRITING:
        args = args[1:]
    elif name in _FIRST_ALONE:
        args, named = args[:1], {}
    return tensors_in((args, named))


def tensors_in(value: Any, depth: int = 3) -> list[torch.Tensor]:
    """Return the tensors in an argument or a result, also within lists, tuples and dicts."""
    found: list[torch.Tensor] = []
    _collect(value, depth, found)
    return found


def _collect(value: Any, depth: int, found: list[torch.Tensor]) -> None:
    if isinstance(value, torch.Tensor):
        found.append(value)
    elif depth and isinstance(value, tuple | list):
        for each in value:
            _collect(each, depth - 1, found)
    elif depth and isinstance(value, dict):
        for each in value.values():
            _collect(each, depth - 1, found)
