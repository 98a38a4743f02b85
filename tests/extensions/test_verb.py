"""A verb of the command line is a file in `cli/verbs/` and its line in the list there."""

from pathlib import Path

import pytest
from extended_program import ExtendedProgram

from gradviz.cli import verbs


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> ExtendedProgram:
    """Return the program with a verb of its own, `gradviz count`."""
    program = ExtendedProgram(tmp_path_factory.mktemp("verb") / "program")
    program.add_file("verb.py", "gradviz/cli/verbs/count.py")
    program.add_row("gradviz/cli/verbs/__init__.py", '"lists",', '"count",')
    return program


def test_that_help_lists_a_verb_that_is_added(program: ExtendedProgram) -> None:
    lines = program.gradviz("--help").stdout.splitlines()
    assert any(
        line.split() == ["count", "count", "the", "nodes", "of", "a", "graph"] for line in lines
    )
    assert "Count the nodes of a graph." in program.gradviz("count", "--help").stdout


def test_that_a_verb_that_is_added_runs(program: ExtendedProgram) -> None:
    done = program.gradviz("count", "x^2")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")


def test_that_a_verb_that_is_added_refuses_as_the_others_do(program: ExtendedProgram) -> None:
    done = program.gradviz("count", "5x +* 3")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("5x +* 3\n    ^\ngradviz: ")


def test_that_every_file_of_the_room_is_in_the_list() -> None:
    files = {path.stem for path in Path(verbs.__file__).parent.glob("*.py")} - {"__init__"}
    assert sorted(files) == sorted(verbs.VERBS)
