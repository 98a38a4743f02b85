"""Weights from a file, into a module: tensors alone, and every one of them."""

import pickle
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import nn

from gradviz.core.errors import OwnModelError, words_of
from gradviz.core.language.saying import listed, sentences, tr
from gradviz.core.typed_paths import typed_path
from gradviz.own.archives import check_archive

_TORCHS: Final = (".pt", ".pth", ".bin", ".ckpt")
#: Under these names a checkpoint keeps the weights beside other things.
_KEPT_AS: Final = ("state_dict", "model_state_dict", "model")
_LISTED: Final = 6


def load_weights(module: nn.Module, path: str) -> str:
    """Load the weights at `path` into `module`, all of them.

    Return the name under which the file keeps them beside other things; empty for the whole.

    Raises:
        OwnModelError: the file is none of weights, or does not fit the module.
    """
    weights, key = _read(typed_path(path))
    expected = {
        name: value
        for name, value in module.state_dict().items()
        if isinstance(value, torch.Tensor)
    }
    missing = [name for name in expected if name not in weights]
    unexpected = [name for name in weights if name not in expected]
    if missing or unexpected:
        told = [
            tr("Missing: {names}.", names=_listed(missing)) if missing else "",
            tr("Not in the model: {names}.", names=_listed(unexpected)) if unexpected else "",
        ]
        raise _refused(tr("{path} does not fit the model.", path=path), sentences(told))
    for name, value in expected.items():
        lazy = nn.parameter.is_lazy(value)
        if not lazy and value.shape != weights[name].shape:
            raise _refused(
                tr(
                    "{path} has {name} in the shape {shape}.",
                    path=path,
                    name=name,
                    shape=tuple(weights[name].shape),
                ),
                tr(
                    "The model has it in the shape {shape}: check the arguments.",
                    shape=tuple(value.shape),
                ),
            )
    try:
        module.load_state_dict(dict(weights))
    except RuntimeError as error:
        first = (str(error).splitlines() or [words_of(error)])[-1].strip()
        raise _refused(
            tr("{path} does not fit the model: {error}", path=path, error=first),
            tr("Check the arguments."),
        ) from error
    return key


def _read(path: Path) -> tuple[Mapping[str, torch.Tensor], str]:
    try:
        if not path.is_file():
            raise _refused(
                tr("{path} does not exist.", path=path), tr("Name a .safetensors or .pt file.")
            )
        if path.suffix == ".safetensors":
            return _safe_tensors(path), ""
        if path.suffix in _TORCHS:
            check_archive(path)
            return _torchs(path)
    except OSError as error:
        raise _refused(
            tr("{path} cannot be read: {error}.", path=path, error=words_of(error)),
            tr("Name another file."),
        ) from error
    raise _refused(
        tr("{path} is no file of weights.", path=path), tr("Name a .safetensors or .pt file.")
    )


def _safe_tensors(path: Path) -> Mapping[str, torch.Tensor]:
    try:
        return load_file(path)
    except OSError:
        raise
    except Exception as error:
        # Of a file that is damaged it raises errors of many types besides SafetensorError.
        raise _damaged(path, error) from error


def _torchs(path: Path) -> tuple[Mapping[str, torch.Tensor], str]:
    try:
        with warnings.catch_warnings():
            # Of old formats torch says that they are old, not that they are wrong.
            warnings.simplefilter("ignore")
            found = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise _refused(
            tr(
                "{path} holds more than weights, or is damaged, and is not loaded: it could run "
                "code.",
                path=path,
            ),
            tr("Save module.state_dict() alone, or use .safetensors."),
        ) from error
    except OSError:
        raise
    except Exception as error:
        # Of a file that is damaged torch raises errors of any type, those of struct among them.
        raise _damaged(path, error) from error
    return _weights_in(path, found)


def _weights_in(path: Path, found: Any) -> tuple[Mapping[str, torch.Tensor], str]:
    if isinstance(found, Mapping):
        key = next((name for name in _KEPT_AS if isinstance(found.get(name), Mapping)), "")
        kept = found[key] if key else found
        if all(isinstance(value, torch.Tensor) for value in kept.values()):
            return {str(name): value for name, value in kept.items()}, key
    raise _refused(
        tr("{path} holds no weights by name.", path=path),
        tr("Save module.state_dict(), or use .safetensors."),
    )


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    first = listed(every[:_LISTED])
    if len(every) <= _LISTED:
        return first
    return tr("{names} and {count} more", names=first, count=len(every) - _LISTED)


def _damaged(path: Path, error: Exception) -> OwnModelError:
    return _refused(
        tr("{path} is damaged: {error}.", path=path, error=words_of(error)),
        tr("Save the weights again."),
    )


def _refused(message: str, hint: str) -> OwnModelError:
    return OwnModelError(message, hint, field="weights")
