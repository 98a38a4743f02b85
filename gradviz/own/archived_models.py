"""Models in archives, TorchScript's and exported programs: told apart, and no code of them run.

Both hold code, which the engine runs once it is trusted as that of a file of Python is.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted

ArchiveKind = Literal["TorchScript", "exported program"]

SUFFIXES: Final = (".pt2", ".pt", ".pth", ".torchscript")
#: A larger one is not read into memory.
MAXIMUM_BYTES: Final = 1_000_000_000
#: So much of the code in an archive is shown, and so many of its entries are listed.
_SHOWN_BYTES: Final = 200_000
_LISTED: Final = 200
#: The kinds as a reader is told of them.
_CALLED: Final[dict[ArchiveKind | None, str]] = {
    "TorchScript": "TorchScript",
    "exported program": marked("exported program"),
    None: marked("no model"),
}


def is_archived(path: Path) -> bool:
    """Tell whether a path is that of an archive, by its suffix."""
    return path.suffix.lower() in SUFFIXES


def archive_kind(content: bytes) -> ArchiveKind | None:
    """Return which kind of model an archive holds; None where it holds none, or is damaged."""
    names = [each.filename for each in _entries(content)]
    inner = {name.partition("/")[2] for name in names}
    if "models/model.json" in inner or "serialized_exported_program.json" in {*inner, *names}:
        return "exported program"
    if "constants.pkl" in inner and any(name.startswith("code/") for name in inner):
        return "TorchScript"
    return None


def kind_of(path: Path, content: bytes) -> ArchiveKind:
    """Return which kind of model the archive at `path` holds; raises OwnModelError for none."""
    kind = archive_kind(content)
    if kind is None:
        raise OwnModelError(
            tr(
                "{file} holds neither an exported program nor TorchScript, or is damaged.",
                file=path.name,
            ),
            tr(
                "Save it with torch.export.save or torch.jit.save; weights alone go to --weights, "
                "beside the file of their model."
            ),
            field="source",
        )
    return kind


def archive_text(content: bytes) -> str:
    """Return for a reader the kind of an archive, its entries, and the code of TorchScript."""
    entries = _entries(content)
    lines = [
        tr_n(
            "# {kind}, {shown} entries, each with its bytes",
            "# {kind}, {shown} entry, with its bytes",
            len(entries),
            kind=tr(_CALLED[archive_kind(content)]),
            shown=counted(len(entries)),
        )
    ]
    lines += [f"#   {each.filename}  {counted(each.file_size)}" for each in entries[:_LISTED]]
    if len(entries) > _LISTED:
        lines.append(tr("#   … and {count} more", count=counted(len(entries) - _LISTED)))
    return "\n".join([*lines, *_code(content, entries)])


def _code(content: bytes, entries: Iterable[zipfile.ZipInfo]) -> list[str]:
    """Return the texts of the code in an archive, as far as it is short."""
    found: list[str] = []
    room = _SHOWN_BYTES
    for each in entries:
        if not each.filename.endswith(".py") or each.file_size > room:
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(each) as file:
                text = file.read(room)
        except Exception:  # noqa: BLE001 - damaged archives raise errors of many kinds
            found.append(tr("# {file} is damaged.", file=each.filename))
            continue
        room -= len(text)
        found += ["", f"# {each.filename}", text.decode("utf-8", errors="replace")]
    return found


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    """Return the directory of an archive; [] where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except Exception:  # noqa: BLE001 - zipfile raises errors of many kinds for no archive
        return []
