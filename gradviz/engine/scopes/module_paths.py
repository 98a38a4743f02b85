"""The paths of the modules that a forward pass has called, as PyTorch writes them."""

from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import nn

from gradviz.engine.scopes.scopes import Scope
from gradviz.engine.torch_internals.compiled_modules import uncompiled


class ModulePaths:
    """The path of each called module, and the module that owns each parameter."""

    def __init__(self, roots: Sequence[nn.Module], scopes: Iterable[Scope]) -> None:
        """Take the paths from `roots`, or from the only module that no other one has called.

        A module that is in none of them has the name of its class for a path.
        """
        called = [scope for scope in scopes if scope.module is not None]
        self._paths: dict[int, str] = {}
        self._roots: list[nn.Module] = []
        self._names: dict[str, int] = {}
        roots = roots or list(_outermost(called))
        for root in roots:
            self._add(root, "" if len(roots) == 1 else self._named(root))
        for scope in called:
            if scope.module is not None and id(scope.module) not in self._paths:
                self._add(scope.module, self._named(scope.module))

    def path(self, module: nn.Module) -> str:
        """Return the path of a called module: its first one, where it is in several places."""
        return self._paths[id(module)]

    def owners(self) -> dict[int, nn.Module]:
        """Return the module that owns each parameter, by the identity of the parameter."""
        found: dict[int, nn.Module] = {}
        for root in self._roots:
            for module in root.modules():
                for parameter in _parameters(module):
                    found.setdefault(id(parameter), module)
        return found

    def _add(self, root: nn.Module, path: str) -> None:
        self._roots.append(root)
        before = f"{path}." if path else ""
        for name, module in root.named_modules():
            self._paths.setdefault(id(module), before + name if name else path)

    def _named(self, module: nn.Module) -> str:
        """Return the name of the class, with a number from the second such module on."""
        name = class_name(module)
        self._names[name] = count = self._names.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"


def class_name(module: nn.Module) -> str:
    """Return the name of the class of a module, as it was before it was compiled."""
    if isinstance(module, torch.jit.ScriptModule):
        return str(module.original_name)
    kind = type(module)
    # To ask another one for the module within it takes a while.
    return (type(uncompiled(module)) if kind.__module__.startswith("torch.") else kind).__name__


def _outermost(called: Iterable[Scope]) -> Iterator[nn.Module]:
    """Yield the modules that no other one has called, each once."""
    seen: set[int] = set()
    for scope in called:
        around = scope.parent
        while around is not None and around.module is None:
            around = around.parent
        module = scope.module
        if around is None and module is not None and id(module) not in seen:
            seen.update(map(id, module.modules()))
            yield module


def _parameters(module: nn.Module) -> Iterator[torch.Tensor]:
    try:
        yield from module.parameters(recurse=False)
    except (AttributeError, RuntimeError):
        # Some modules in C++ tell none.
        return
