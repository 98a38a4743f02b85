"""The settings of a training in words."""

from gradviz.core.choices.settings import Training
from gradviz.core.number_text import counted, short

#: Settings that differ from all that can be chosen.
_NO_TRAINING = Training(optimizer="", learning_rate=0.0, steps=0)


def training_text(training: Training, optimizer: str, *, beside: Training | None = None) -> str:
    """Return the settings in words, with the optimizer's title; only those that differ `beside`.

    It is empty where none differs.
    """
    options = ", ".join(f"{name} {value}" for name, value in training.options.items())
    parts = (
        ("optimizer", optimizer),
        ("learning_rate", f"learning rate {short(training.learning_rate)}"),
        ("options", options or "the optimizer's usual options"),
        ("scheduler", training.scheduler or "no scheduler"),
        ("loss", training.loss or "the model's own loss"),
        ("steps", f"{counted(training.steps)} step{'' if training.steps == 1 else 's'}"),
    )
    other = beside or _NO_TRAINING
    return ", ".join(
        text for name, text in parts if getattr(training, name) != getattr(other, name)
    )
