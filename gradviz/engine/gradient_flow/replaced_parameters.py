"""Parameters that a forward pass puts in the place of others: training moves those of before."""

from collections.abc import Iterator
from contextlib import contextmanager

from torch import nn
from torch.nn.modules.module import register_module_parameter_registration_hook

from gradviz.core.findings.missing import CodePlace
from gradviz.engine.gradient_flow.code_lines import running_line


@contextmanager
def replaced_parameters(module: nn.Module | None) -> Iterator[dict[str, CodePlace | None]]:
    """Give a table, which is filled within with each replaced parameter's name and the line."""
    found: dict[str, CodePlace | None] = {}
    paths = {} if module is None else {id(part): path for path, part in module.named_modules()}

    def note(part: nn.Module, name: str, parameter: nn.Parameter) -> None:
        path = paths.get(id(part))
        before = dict(part.named_parameters(recurse=False, remove_duplicate=False)).get(name)
        if path is not None and before is not None and before is not parameter:
            found[f"{path}.{name}" if path else name] = running_line()

    hook = register_module_parameter_registration_hook(note)
    try:
        yield found
    finally:
        hook.remove()
