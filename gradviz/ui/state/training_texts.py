"""The settings of a training in words."""

from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.core.number_text import counted, short

#: Settings that differ from all that can be chosen.
_NO_TRAINING = Training(optimizer="", learning_rate=0.0, steps=0)


def training_text(training: Training, optimizer: str, *, beside: Training | None = None) -> str:
    """Return the settings in words, with the optimizer's title; only those that differ `beside`.

    It is empty where none differs.
    """
    options = listed(f"{name} {value}" for name, value in training.options.items())
    count = training.steps
    parts = (
        ("optimizer", optimizer),
        ("learning_rate", tr("learning rate {rate}", rate=short(training.learning_rate))),
        ("options", options or tr("the optimizer's usual options")),
        ("scheduler", training.scheduler or tr("no scheduler")),
        ("loss", tr(training.loss) if training.loss else tr("the model's own loss")),
        ("steps", tr_n("{shown} steps", "{shown} step", count, shown=counted(count))),
    )
    other = beside or _NO_TRAINING
    return listed(text for name, text in parts if getattr(training, name) != getattr(other, name))
