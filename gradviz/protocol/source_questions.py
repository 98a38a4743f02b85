"""What is asked about the lines of Python that made a graph, and what is answered."""

import msgspec

from gradviz.core.findings.source import Sources


class AskSources(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell where each node of a recorded graph was made.

    `libraries` asks for the text of the files of libraries too.
    """

    run: int
    recording: int
    libraries: bool = False


class SourcesFound(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Where each node was made."""

    run: int
    recording: int
    libraries: bool
    sources: Sources
