"""What is asked and answered about two recordings: one that was kept, and the newest."""

import msgspec

from gradviz.core.findings.changes import Changes, Kept


class KeepRecording(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Keep the newest recording in place of the one kept before; models may come and go."""

    run: int
    recording: int


class ForgetKept(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Keep no recording any more."""

    run: int
    recording: int


class CompareRecordings(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say what differs between the recording that is kept and the newest; that takes a while."""

    run: int
    recording: int


class StopComparing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Compare no further; what was found of it is not told."""

    run: int
    recording: int


class RecordingKept(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """This recording is kept from now on; None where none is any more."""

    run: int
    recording: int
    kept: Kept | None


class RecordingsCompared(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How recording `recording` differs from the one that is kept."""

    run: int
    recording: int
    changes: Changes


class ComparisonAdvanced(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """So many of `total` nodes have been compared; told of comparisons that take long."""

    run: int
    recording: int
    done: int
    total: int


class ComparingStopped(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The comparison was stopped as it was asked for."""

    run: int
    recording: int


ChangeQuestion = KeepRecording | ForgetKept | CompareRecordings | StopComparing
ChangeAnswer = RecordingKept | RecordingsCompared | ComparisonAdvanced | ComparingStopped
