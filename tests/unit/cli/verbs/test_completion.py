"""`gradviz completion`: what it prints is taken by the shell, and completes."""

import shutil
import subprocess

import pytest

from gradviz import cli
from gradviz.cli.verbs import command_line


def printed(capsys: pytest.CaptureFixture[str], shell: str) -> str:
    assert cli.main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_that_every_verb_is_completed(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    text = printed(capsys, shell)
    assert all(verb in text for verb in command_line()[1].choices)


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("gradviz expo", {"export"}),
        ("gradviz graph --trust-a", {"--trust-also"}),
        ("gradviz completion t", {"tcsh"}),
        ("gradviz train --dt", {"--dtype"}),
    ],
)
def test_that_bash_completes(
    capsys: pytest.CaptureFixture[str], line: str, completed: set[str]
) -> None:
    bash = shutil.which("bash")
    assert bash
    words = line.split()
    script = printed(capsys, "bash") + (
        f"\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'\n"
        '_shtab_gradviz gradviz "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run([bash], input=script, capture_output=True, text=True, check=False)
    found = {each.strip() for each in done.stdout.splitlines()}
    assert found & completed
    assert all(each.startswith(words[-1]) for each in found)


def test_that_an_unknown_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["completion", "fish"])
    assert ended.value.code == 2
    assert "bash" in capsys.readouterr().err
