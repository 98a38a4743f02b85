"""The table of the models in `library_models.py`, which itself is a file as users write them."""

from pathlib import Path
from typing import Final

from real_models import RealModel

_FILE: Final = Path(__file__).with_name("library_models.py")
_WORDS: Final = "randint(3, 96, (1, 8))"
_IMAGES: Final = "randn(2, 3, 16, 16)"
_LARGER_IMAGES: Final = "randn(2, 3, 32, 32)"
_BOTH: Final = f"{_WORDS}; ones(1, 8); {_WORDS}"


def _row(name: str, function: str, inputs: str, arguments: str = "", output: str = "") -> RealModel:
    return RealModel(f"{name}, transformers", function, inputs, arguments, _FILE, output)


LIBRARY_MODELS: Final = (
    _row("GPT-2, 2 layers", "gpt2", _WORDS),
    _row("GPT-2, 12 layers", "gpt2", _WORDS, "layers=12"),
    _row("Llama, 2 layers", "llama", _WORDS),
    _row("Llama, 12 layers", "llama", _WORDS, "layers=12"),
    _row("BERT", "bert", _WORDS),
    _row("T5", "t5", _BOTH),
    _row("ViT", "vit", _IMAGES),
    _row("Whisper", "whisper", f"randn(1, 8, 16); ones(1, 16); {_WORDS}"),
    _row("CLIP", "clip", f"{_WORDS}; {_IMAGES}"),
    _row("Mixtral", "mixtral", _WORDS),
    _row("Mamba", "mamba", _WORDS),
    _row("DETR", "detr", _LARGER_IMAGES),
    _row("Swin", "swin", _LARGER_IMAGES),
    _row("ResNet-50", "resnet50", _LARGER_IMAGES),
)
