"""An export format is a file in `export/formats/` and its row in `export/exporters.py`."""

from pathlib import Path

import pytest
from extended_program import ExtendedProgram


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> ExtendedProgram:
    """Return the program with a format of its own: the nodes, a line for each."""
    program = ExtendedProgram(tmp_path_factory.mktemp("format") / "program")
    program.add_file("format.py", "gradviz/export/formats/nodes.py")
    row = 'Exporter(".nodes", "List of nodes", False, "gradviz.export.formats.nodes"),'
    program.add_row("gradviz/export/exporters.py", 'Exporter(".html"', row)
    return program


def test_that_the_command_line_writes_a_format_that_is_added(
    program: ExtendedProgram, tmp_path: Path
) -> None:
    path = tmp_path / "graph.nodes"
    done = program.gradviz("graph", "x^2", "-o", str(path))
    assert (done.returncode, done.stdout) == (0, "")
    assert path.read_text() == "n0 Pow\nn1 x\n"


def test_that_help_and_refusal_name_a_format_that_is_added(program: ExtendedProgram) -> None:
    assert ".html or .nodes" in " ".join(program.gradviz("graph", "--help").stdout.split())
    refused = program.gradviz("graph", "x^2", "-o", "graph.gif")
    assert (refused.returncode, ".nodes" in refused.stderr) == (2, True)


def test_that_menu_palette_and_file_dialog_have_a_format_that_is_added(
    program: ExtendedProgram,
) -> None:
    program.test("format_in_window.py", "tests/gui/test_made_up_format.py")
