"""Where the command line starts: the verb is found, and an error becomes an exit code."""

import argparse
import gc
import io
import re
import sys
from collections.abc import Callable, Sequence
from typing import Final

from gradviz.cli.refusals import RefusedError, tell_error
from gradviz.cli.spoken_language import speak_english_in_data, speak_wanted_language
from gradviz.cli.terminal import (
    FAILED,
    INTERRUPTED,
    be_quiet,
    claim_output,
    flush_results,
    leave_results,
    note,
    say,
    say_error,
)
from gradviz.cli.verbs import command_line
from gradviz.core.errors import GradvizError, words_of
from gradviz.core.interrupt_signal import ended_by_interrupt
from gradviz.core.language.saying import tr
from gradviz.core.namesake import NAMESAKE_REMEDY, namesake
from gradviz.core.tried_versions import unloadable, untried_libraries

_NOBODY_READS: Final = 141

#: One minus sign with anything behind it but the short options, -h and -o.
_LOOKS_LIKE_OPTION: Final = re.compile(r"-(?!-|h$|o)")
_UNKNOWN_OPTION: Final = re.compile(r"--[a-z]{2}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default that of the process) and return the exit code.

    Raises:
        SystemExit: after --help and --version, and with code 2 for options that do not fit.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a sign shows a question mark instead.
        sys.stdout.reconfigure(errors="replace")
    speak_wanted_language()
    try:
        if arguments is None:
            code = _run(sys.argv[1:], claim_output)
        else:
            code = _run(list(arguments), lambda: None)
        flush_results()
    except (RefusedError, GradvizError) as error:
        return tell_error(error)
    except BrokenPipeError:
        leave_results()
        return _NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        # Where a library is the reason, a traceback would tell nothing.
        told = unloadable(error)
        if not told and not untried_libraries() and not namesake():
            raise
        say_error(told or f"{type(error).__name__}: {words_of(error)}")
        return FAILED
    return code


def _run(given: list[str], before_verb: Callable[[], None]) -> int:
    with ended_by_interrupt():
        parser, verbs = command_line()
    if given and (given[0] in verbs.choices or given[0] in ("-h", "--help", "--version")):
        options = parser.parse_args([given[0], *_models_kept(given[1:])])
        before_verb()
        be_quiet(options.quiet)
        speak_english_in_data(options)
        _tell_installation()
        verb: Callable[[argparse.Namespace], int] = options.verb
        return verb(options)
    if given and _UNKNOWN_OPTION.match(given[0]):
        parser.error(tr("there is no option {option}", option=given[0]))
    if len(given) > 1:
        parser.error(
            tr("one expression in quotes is expected, not {count} words", count=len(given))
        )
    with ended_by_interrupt():
        return _open_window(given[0] if given else None)


def _models_kept(given: list[str]) -> list[str]:
    """Return the arguments so that an expression such as `-x` is not taken for an option."""
    return [f" {word}" if _LOOKS_LIKE_OPTION.match(word) else word for word in given]


def _tell_installation() -> None:
    other = namesake()
    if other:
        say(f"gradviz: {other} {NAMESAKE_REMEDY}")
    for sentence in untried_libraries():
        note(f"gradviz: {sentence}")


def _open_window(expression: str | None) -> int:
    try:
        # To look for garbage in what is being loaded takes a tenth of the time until the window is
        # shown, and there is none. The window collects its garbage itself.
        gc.disable()
        from gradviz.ui.quick_imports import leave_sources_unread

        leave_sources_unread()
        from gradviz.app import run
    except Exception:
        # The window tells it once it stands.
        _tell_installation()
        raise
    return run(expression)
