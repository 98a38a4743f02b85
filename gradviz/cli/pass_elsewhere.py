"""A pass of a user's file recorded in a process of its own, for comparison with another pass.

A file may change anything in the process that runs it, so a second model would not be the same in
there. Run as `python -m gradviz.cli.pass_elsewhere` it reads the options of the pass and writes
the recording.
"""

import argparse
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.recorded_pass import recorded_pass
from gradviz.cli.refusals import RefusedError, tell_error
from gradviz.cli.spoken_language import speak_english_in_data, speak_wanted_language
from gradviz.cli.terminal import DONE, FAILED, INTERRUPTED, be_quiet, say_error
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.module_process import module_command, module_environment

if TYPE_CHECKING:
    from gradviz.engine.inspection.kept_recording import KeptRecording


class ElsewhereError(Exception):
    """The other process has no recording to give, and has told the user why.

    Attributes:
        code: The exit code that follows.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"the process of the first pass ended with code {code}")
        self.code = code


def kept_elsewhere(options: argparse.Namespace) -> "KeptRecording":
    """Return the pass that the options ask for, recorded in another process.

    Raises:
        ElsewhereError: there is none; the other process has told the user why.
    """
    from gradviz.engine.inspection.kept_crossing import kept_of

    chosen = {name: value for name, value in vars(options).items() if name != "verb"}
    done = subprocess.run(
        module_command("gradviz.cli.pass_elsewhere"),
        input=msgspec.msgpack.encode(chosen),
        stdout=subprocess.PIPE,
        env=module_environment(),
        check=False,
    )
    if done.returncode < 0:
        say_error(
            tr(
                "{model} was ended by signal {signal}.",
                model=options.model,
                signal=-done.returncode,
            )
        )
    if done.returncode != DONE:
        raise ElsewhereError(done.returncode if done.returncode > 0 else FAILED)
    return kept_of(done.stdout)


def main() -> int:
    """Record the pass that the input asks for, and write it."""
    source, sink = claim_standard_streams()
    options = argparse.Namespace(**msgspec.msgpack.decode(source.read()))
    be_quiet(getattr(options, "quiet", False))
    speak_wanted_language()
    speak_english_in_data(options)
    try:
        engine = Engine()
        recorded_pass(engine, options)
        kept = engine.kept()
    except (GradvizError, RefusedError) as error:
        return tell_error(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    from gradviz.engine.inspection.kept_crossing import bytes_of

    sink.write(bytes_of(kept))
    sink.close()
    return DONE


if __name__ == "__main__":
    sys.exit(main())
