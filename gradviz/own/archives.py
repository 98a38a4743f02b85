"""The archives in which torch saves weights: what they would take, before anything is unpacked."""

import zipfile
from pathlib import Path
from typing import Final

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted

#: torch saves without compression. A file that was packed once more may grow so much, or this far.
_TIMES: Final = 4
_BYTES: Final = 256_000_000
#: For as many tensors a directory has entries.
_MOST_ENTRIES: Final = 1_000_000
_BEGINNING: Final = b"PK\x03\x04"


def check_archive(path: Path) -> None:
    """Raise OwnModelError where an archive would take too much memory, or cannot be read.

    A file that is no archive passes. Raises OSError where the file cannot be read at all.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(len(_BEGINNING)) != _BEGINNING:
            return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except OSError:
        raise
    except Exception as error:
        # zipfile raises errors of many kinds for what is no archive, among them those of struct.
        raise _refused(
            tr("{file} is damaged: the directory of its archive cannot be read.", file=path),
            tr("Save it again."),
        ) from error
    unpacked = sum(each.file_size for each in entries)
    limit = max(_TIMES * size, _BYTES)
    if unpacked > limit:
        raise _refused(
            tr(
                "{file} would take {size} once unpacked; the limit is {limit}.",
                file=path,
                size=in_bytes(unpacked),
                limit=in_bytes(limit),
            ),
            tr("Save the weights again with torch.save, which does not compress them."),
        )
    if len(entries) > _MOST_ENTRIES:
        raise _refused(
            tr(
                "{file} has {count} entries; the limit is {limit}.",
                file=path,
                count=counted(len(entries)),
                limit=counted(_MOST_ENTRIES),
            ),
            tr("Save module.state_dict() alone."),
        )


def in_bytes(count: int) -> str:
    """Return a number of bytes with its unit, such as `2.2 GB`."""
    if count < 1000:
        return tr_n("{count} bytes", "{count} byte", count)
    value, unit = float(count), ""
    for larger in ("KB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.3g} {unit}"


def _refused(message: str, hint: str) -> OwnModelError:
    return OwnModelError(message, hint, field="weights")
