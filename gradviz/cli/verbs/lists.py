"""`gradviz models`, `optimizers`, `schedulers`, `devices`: the choices by name."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.terminal import DONE, print_json, print_lines
from gradviz.core.choices.catalogue import SchedulerEntry
from gradviz.core.choices.options import OptionEntry, Options, OptionValue
from gradviz.core.language.saying import marked, tr

#: How the schedulers work that another one is made of.
_WORKING: Final[Mapping[str, str]] = {
    "in turn": marked("in turn"),
    "together": marked("together"),
}


def add(verbs: Parsers) -> None:
    """Add a verb for each list."""
    _add_list(verbs, "models", tr("list the ready-made models"), _models)
    _add_list(verbs, "optimizers", tr("list the optimizers and their options"), _optimizers)
    _add_list(
        verbs, "schedulers", tr("list the learning rate schedulers and their options"), _schedulers
    )
    _add_list(verbs, "devices", tr("list the devices that torch offers here"), _devices)


def _add_list(
    verbs: Parsers, name: str, purpose: str, verb: Callable[[argparse.Namespace], int]
) -> None:
    parser = new_verb(verbs, name, purpose, (f"gradviz {name}", f"gradviz {name} --json"))
    add_json(parser)
    parser.set_defaults(verb=verb)


def _models(options: argparse.Namespace) -> int:
    from gradviz.engine.catalogue import catalogue

    models = catalogue().models
    if options.json:
        print_json(_listed(models, "name", "title", "summary", "expression", "modes"))
    else:
        print_lines(*(f"{model.name:10} {tr(model.summary)}" for model in models))
    return DONE


def _devices(options: argparse.Namespace) -> int:
    from gradviz.engine.tensors.devices import devices

    if options.json:
        print_json([{"name": device.name, "title": device.title} for device in devices()])
    else:
        print_lines(*(f"{device.name:10} {device.title}" for device in devices()))
    return DONE


def _optimizers(options: argparse.Namespace) -> int:
    from gradviz.engine.optim.optimizers import optimizer_entries

    entries = optimizer_entries()
    if options.json:
        print_json(_listed(entries, "name", "title", "learning_rate", "options"))
    else:
        for entry in entries:
            print_lines(f"{entry.name:10} {tr(entry.title)}", *_option_lines(entry.options))
    return DONE


def _schedulers(options: argparse.Namespace) -> int:
    from gradviz.engine.optim.schedulers import scheduler_entries

    entries = scheduler_entries()
    if options.json:
        fields = ("name", "title", "peaks", "options", "composes", "composition")
        print_json(_listed(entries, *fields))
    else:
        for entry in entries:
            rate = tr("--lr is its max_lr") if entry.peaks else tr("starts from --lr")
            print_lines(f"{entry.name:28} {rate}", *_option_lines(entry.options), *_parts(entry))
    return DONE


def _given(options: Options) -> str:
    return ", ".join(f"{name}={_shown(value)}" for name, value in options.items())


def _parts(entry: SchedulerEntry) -> Iterator[str]:
    """Yield the options by which a scheduler that is made of others gets its parts."""
    if not entry.composes:
        return
    composition = entry.composition
    calls = (f"{part.name}({_given(part.options)})" for part in composition.parts)
    yield f'{"":12}--schedulers "{", ".join(calls)}"   {tr(_WORKING[entry.composes])}'
    if composition.milestones:
        yield f"{'':12}--milestones {','.join(map(str, composition.milestones))}"


def _listed(entries: Iterable[msgspec.Struct], *fields: str) -> Any:
    """Return these fields of each entry as JSON has them; the others are for scripts and forms."""
    rows = (msgspec.to_builtins(entry) for entry in entries)
    return [{name: row[name] for name in fields} for row in rows]


def _option_lines(entries: Iterable[OptionEntry]) -> Iterator[str]:
    return (f"{'':12}{each.name}={_shown(each.default)}   {each.allowed}" for each in entries)


def _shown(value: OptionValue) -> str:
    return value if isinstance(value, str) else f"{value:g}"
