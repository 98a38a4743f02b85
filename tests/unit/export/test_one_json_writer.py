"""JSON for users is written in one place, so that no number in it is without a form in JSON."""

from pathlib import Path

import gradviz


def test_that_one_module_alone_writes_json_with_python_s_encoder() -> None:
    folder = Path(gradviz.__file__).parent
    writers = [path for path in folder.rglob("*.py") if "json.dump" in path.read_text("utf-8")]
    found = sorted(path.relative_to(folder).as_posix() for path in writers)
    # The paths of trusted files are kept in ASCII, and hold no number.
    assert found == ["export/strict_json.py", "own/trust.py"]
