"""The module that a compiled one was made of."""

from torch import nn

from gradviz.engine.torch_internals.compiled_modules import uncompiled


class Wrapper(nn.Module):
    """Holds a module by the name that torch.compile gives it."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self._orig_mod = module


def test_that_a_compiled_module_is_known_by_the_one_that_it_wraps() -> None:
    module = nn.Linear(1, 1)
    compiled = Wrapper(module)
    assert uncompiled(compiled) is module
    assert uncompiled(module) is module


def test_that_one_that_does_not_tell_stands_for_itself() -> None:
    compiled = Wrapper(nn.Linear(1, 1))
    del compiled._orig_mod
    assert uncompiled(compiled) is compiled
