"""Builds what is released: the wheel, the sdist, their checksums and the notes.

`python scripts/release.py FOLDER` writes them into the folder, which is emptied of other releases.
It needs no network: the packages that build gradviz are those of the environment that runs it.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


def release(folder: Path) -> list[Path]:
    """Build all files of a release into the folder, and return their paths."""
    version = VERSION.search((ROOT / "gradviz" / "__init__.py").read_text(encoding="utf-8"))
    if version is None:
        raise SystemExit("gradviz/__init__.py states no version.")
    notes = notes_of(version[1], (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in ("gradviz_studio-*.whl", "gradviz_studio-*.tar.gz"):
        for old in folder.glob(pattern):
            old.unlink()
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, stdout=sys.stderr)
    built = sorted(folder.glob(f"gradviz_studio-{version[1]}*"))
    sums = "".join(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in built
    )
    checksums, told = folder / "SHA256SUMS", folder / "RELEASE_NOTES.md"
    checksums.write_text(sums, encoding="utf-8")
    told.write_text(notes, encoding="utf-8")
    return [*built, checksums, told]


def notes_of(version: str, changelog: str) -> str:
    """Return the section of a version; raises SystemExit where the changelog has none."""
    head = re.escape(version)
    found = re.search(rf"^## \[{head}\].*?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise SystemExit(f"CHANGELOG.md has no section for {version}.")
    return f"# gradviz {version}\n\n{found[1].strip()}\n"


if __name__ == "__main__":
    for path in release(Path(sys.argv[1])):
        sys.stdout.write(f"{path}\n")
