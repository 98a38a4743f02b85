"""Where a graph comes from: the facts that every file carries as its metadata."""

from typing import Final

import msgspec

from gradviz import __version__
from gradviz.core.choices.settings import Model
from gradviz.core.tried_versions import installed_version

#: A file is no place for a text of any length; names of models and expressions are shorter.
_LONGEST: Final = 2000


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The model that a graph is of.

    Attributes:
        model: The expression or the name of the model, of a file its name without the folder.
        seed: The seed of its random numbers, None where it is not known.
        torch: The version of PyTorch that built the graph; that which is installed where it is
            empty, and None where PyTorch has not built it.
    """

    model: str = ""
    seed: int | None = None
    torch: str | None = ""

    @property
    def facts(self) -> dict[str, str | int]:
        """Return the program, the model, the version of PyTorch and the seed, where known."""
        found: dict[str, str | int | None] = {
            "generator": f"gradviz {__version__}",
            "model": self.model[:_LONGEST] or None,
            "torch": installed_version("torch") or None if self.torch == "" else self.torch,
            "seed": self.seed,
        }
        return {name: value for name, value in found.items() if value is not None}

    @property
    def sentence(self) -> str:
        """Return the facts as one line, such as `gradviz 0.1.0; model a + b x; seed 0`."""
        names = {"generator": "", "model": "model ", "torch": "PyTorch ", "seed": "seed "}
        return "; ".join(f"{names[name]}{value}" for name, value in self.facts.items())


def origin_of(model: Model) -> Origin:
    """Return the origin of a graph of `model`; a file is named without the folder it is in."""
    source = model.source.strip()
    if model.trusted:
        source = source.replace("\\", "/").rpartition("/")[2]
    return Origin(model=source, seed=model.seed)
