"""The help of the command line, the page that is made of it, and the exit codes that both tell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gradviz import cli
from gradviz.cli.options.arguments import EXIT_CODES
from gradviz.cli.reference import page
from gradviz.cli.verbs import command_line

_ROOT = Path(__file__).parents[3]
_VERBS = list(command_line()[1].choices)


def test_that_the_page_is_that_of_the_parsers() -> None:
    written = (_ROOT / "docs" / "command_line.md").read_text(encoding="utf-8")
    assert written == page(), "run: make reference"


@pytest.mark.parametrize("verb", _VERBS)
def test_that_the_page_has_every_option_of_a_verb(verb: str) -> None:
    section = page().partition(f"\n## gradviz {verb}\n")[2].partition("\n## ")[0]
    for action in command_line()[1].choices[verb]._actions:
        assert all(f"`{option}" in section for option in action.option_strings)


@pytest.mark.parametrize("verb", _VERBS)
def test_that_each_verb_has_examples_that_its_parser_takes(
    capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([verb, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out.partition("\nexamples:\n")[2].splitlines()
    assert shown
    parser, verbs = command_line()
    assert [line.strip() for line in shown] == list(verbs.choices[verb].examples)
    for example in verbs.choices[verb].examples:
        command = example.partition(" > ")[0]
        words = [re.sub(r'^"|"$', "", word) for word in re.findall(r'"[^"]*"|\S+', command)]
        assert words[:2] == ["gradviz", verb]
        parser.parse_args(words[1:])


def test_that_help_and_readme_tell_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    told = capsys.readouterr().out.partition("\nexit codes:\n")[2]
    assert [int(line.split()[0]) for line in told.splitlines()] == list(EXIT_CODES)
    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"| {code} | {meaning} |" in readme for code, meaning in EXIT_CODES.items())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["models"], 0),
        (["train", "autograd", "--lr", "1", "--steps", "50"], 1),
        (["graph", "x +* 3"], 2),
        (["graph", "x^2", "-o", "graph.gif"], 2),
        (["graph", "x^2", "-o", "none/graph.dot"], 1),
    ],
)
def test_that_a_command_ends_with_its_exit_code(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert cli.main(arguments) == code
    assert code == 0 or capsys.readouterr().err


def test_that_a_reader_who_leaves_ends_it_with_its_code() -> None:
    command = [sys.executable, str(_ROOT / "main.py"), "optimizers"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 141


def test_that_an_interrupt_ends_it_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gradviz.cli.verbs.lists.print_lines", interrupted)
    assert cli.main(["devices"]) == 130
