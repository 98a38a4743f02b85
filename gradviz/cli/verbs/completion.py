"""`gradviz completion`: what a shell needs to complete verbs, options and the names of files."""

import argparse
from typing import Final

from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.terminal import DONE, print_lines
from gradviz.core.language.saying import ENGLISH, Translations, tr, use

_SHELLS: Final = ("bash", "zsh", "tcsh")
_EXAMPLES: Final = (
    "gradviz completion bash > ~/.local/share/bash-completion/completions/gradviz",
    "gradviz completion zsh > ~/.zfunc/_gradviz",
    "gradviz completion tcsh > ~/.gradviz.tcsh",
)
#: What stands for the path of a file or of a folder in the help.
_FILES: Final = ("FILE", "MODEL")
_FOLDERS: Final = ("FOLDER",)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "completion", tr("print the completion of a shell"), _EXAMPLES)
    parser.add_argument("shell", metavar="SHELL", choices=_SHELLS, help=", ".join(_SHELLS))
    parser.set_defaults(verb=_completion)


def _completion(options: argparse.Namespace) -> int:
    import shtab

    from gradviz.cli.verbs import command_line

    # A shell reads it in whatever language it speaks later.
    use(Translations(ENGLISH))
    parser, verbs = command_line()
    for verb in verbs.choices.values():
        for action in verb._actions:
            name = action.metavar if isinstance(action.metavar, str) else ""
            if name.startswith(_FILES):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
            elif name.startswith(_FOLDERS):
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    print_lines(shtab.complete(parser, options.shell).rstrip())
    return DONE
