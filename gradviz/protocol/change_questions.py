"""What is asked and answered about two recordings: one that was kept, and the newest."""

import msgspec

from gradviz.core.changes import Changes, Kept


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


ChangeQuestion = KeepRecording | ForgetKept | CompareRecordings
ChangeAnswer = RecordingKept | RecordingsCompared
