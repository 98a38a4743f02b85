"""Recorded passes of this process as files, `.gviz`, which a window opens without it."""

import sys
import warnings
from pathlib import Path
from typing import Any

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.engine.captured.stored_passes import FILE_MB, stored_passes
from gradviz.export.atomic import replacing
from gradviz.session_files.recordings import write_recording


def save_recording(shown: Any, path: Path) -> None:
    """Write the pass of `shown` with its graph, its trace and its tensors to `path`.

    A warning tells of tensors that are left out.

    Raises:
        GradvizError: the pass raised, or the file could not be written; what was there before is
            still there.
    """
    if not path.parent.is_dir():
        raise ExportError(
            tr(
                "{file} could not be written: there is no folder {folder}.",
                file=path.name,
                folder=path.parent,
            ),
            tr("Make the folder first, or choose another one."),
        )
    # It knows captures, which know this module.
    from gradviz.api.shown_passes import passes_of

    stored = stored_passes(*passes_of(shown, None, "", sys._getframe(1)))
    with replacing(path) as stream:
        write_recording(stream, stored)
    left_out = stored.left_out
    if left_out:
        warnings.warn(
            tr(
                "{file} is without {count} of the tensors: a file holds {megabytes} MB of them, "
                "dense and of PyTorch's own class. The shapes, norms and means of the others are "
                "there.",
                file=path.name,
                count=counted(left_out),
                megabytes=counted(FILE_MB),
            ),
            stacklevel=3,
        )
