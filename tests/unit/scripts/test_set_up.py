"""The set-up script's own decisions, with stand-ins for the programs that it asks."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

LDD = """
    libQt6Core.so.6 => /qt/libQt6Core.so.6 (0x1)
    libEGL.so.1 => not found
    libxcb-cursor.so.0 => not found
"""


class Machine:
    """A make-believe computer: what its programs answer, and what was asked of apt-get."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.venv = folder / "venv"
        (self.venv / "lib/python3.11/site-packages/PySide6/Qt").mkdir(parents=True)
        (self.venv / "bin").mkdir()
        self.log.touch()
        self.define("has_font", "true")
        self.define("apt-get", f'echo "apt-get $*" >>"{self.log}"')
        self.define("sudo", "return 1")
        self.define("id", "echo 1000")
        self.define("ldd", ":")

    def define(self, name: str, body: str) -> None:
        """Replace a program or a function of the script."""
        (self.folder / f"{name}.sh").write_text(f"{name}() {{ {body}\n}}\n")

    def ldd_says(self, text: str) -> None:
        """Let every library have these dependencies."""
        self.define("ldd", f"cat <<'END'\n{text}\nEND")

    def does(self, what: str) -> subprocess.CompletedProcess[str]:
        """Run one of the script's functions."""
        stand_ins = "\n".join(path.read_text() for path in self.folder.glob("*.sh"))
        names = f"venv={self.venv} begun={self.venv}/begun ready={self.venv}/ready"
        program = f"source scripts/set-up\n{names}\n{stand_ins}\n{what}"
        return subprocess.run(
            ["bash", "-c", program], cwd=ROOT, text=True, capture_output=True, check=False
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_that_missing_libraries_are_named_by_the_packages_that_bring_them(machine: Machine) -> None:
    machine.ldd_says(LDD)
    assert machine.does("missing_packages").stdout.split() == ["libegl1", "libxcb-cursor0"]


def test_that_a_machine_without_fonts_gets_one(machine: Machine) -> None:
    machine.define("has_font", "false")
    assert machine.does("missing_packages").stdout.split() == ["fonts-dejavu-core"]


def test_that_a_complete_machine_installs_nothing(machine: Machine) -> None:
    machine.ldd_says("libEGL.so.1 => /lib/libEGL.so.1 (0x1)")
    done = machine.does("provide_system_packages")
    assert (done.returncode, done.stderr, machine.log.read_text()) == (0, "", "")


def test_that_root_installs_what_is_missing(machine: Machine) -> None:
    machine.ldd_says("libxcb-cursor.so.0 => not found")
    machine.define("id", "echo 0")
    machine.define("env", 'shift; "$@"')
    machine.does("provide_system_packages")
    assert machine.log.read_text().splitlines() == [
        "apt-get -q update",
        "apt-get -q install --yes --no-install-recommends libxcb-cursor0",
    ]


def test_that_who_may_not_install_is_told_the_command(machine: Machine) -> None:
    machine.ldd_says(LDD)
    done = machine.does("provide_system_packages")
    assert "sudo apt-get install libegl1 libxcb-cursor0" in done.stderr
    assert "installing" not in done.stderr
    assert machine.log.read_text() == ""


def test_that_set_up_stops_where_qt_cannot_start_at_all(machine: Machine) -> None:
    machine.ldd_says(LDD)
    done = machine.does("provide_system_packages")
    assert done.returncode == 1
    assert "Qt cannot start without libEGL.so.1" in done.stderr


def test_that_set_up_goes_on_where_only_a_window_under_x11_is_impossible(machine: Machine) -> None:
    machine.define("ldd", '[[ $1 != *libqxcb.so ]] || echo "libxcb-cursor.so.0 => not found"')
    assert machine.does("provide_system_packages").returncode == 0


def test_that_a_system_without_apt_is_left_alone(machine: Machine) -> None:
    machine.ldd_says(LDD)
    machine.define("has_apt", "false")
    done = machine.does("provide_system_packages")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("disturbance", "stands"),
    [
        (":", True),
        ("touch $begun", False),
        ("rm $ready", False),
        ("cksum() { echo changed; }", False),
        ("identity() { echo another Python; }", False),
        ("has_apt() { :; }; ldd() { echo 'libEGL.so.1 => not found'; }", False),
    ],
)
def test_that_a_set_up_stands_until_something_it_rests_on_changes(
    machine: Machine, disturbance: str, stands: bool
) -> None:
    machine.define("identity", "echo this Python")
    done = machine.does(f"fingerprint >$ready; {disturbance}; up_to_date && echo stands || echo no")
    assert done.stdout.split() == ["stands" if stands else "no"]


def test_that_an_environment_with_other_releases_does_not_stand_for_one_without(
    machine: Machine,
) -> None:
    machine.define("identity", "echo this Python")
    begun = "fingerprint >$ready; pins=(torch==9.1)"
    done = machine.does(f"{begun}; up_to_date && echo stands; fingerprint >$ready; up_to_date")
    assert (done.returncode, done.stdout) == (0, "")


def test_that_releases_to_try_take_the_place_of_those_that_are_pinned(machine: Machine) -> None:
    done = machine.does("pins=(torch==9.1 pyside6_essentials==9.2); tried_packages")
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    found = done.stdout.splitlines()
    changed = [pair for pair in zip(pinned, found, strict=True) if pair[0] != pair[1]]
    assert [now for _, now in changed] == ["pyside6_essentials==9.2", "torch==9.1"]


def test_that_releases_outside_of_the_ranges_can_be_installed(machine: Machine) -> None:
    machine.define("install_with_pip", 'echo "pip $*"')
    plain, tried = (machine.does(f"{pins}; install_packages") for pins in (":", "pins=(torch==9)"))
    assert (
        "pip --constraint constraints.txt --no-build-isolation --editable .[test]" in plain.stdout
    )
    assert tried.stdout.splitlines()[-1] == "pip --no-deps --no-build-isolation --editable ."
    assert "torch==9\n" in (machine.venv / ".tried-packages").read_text()


def make(*arguments: str) -> str:
    """Return the commands that make would run, whatever the make that runs this test was given."""
    inherited = {"MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "TORCH", "PYSIDE6", "PYQTGRAPH", "PYTHON"}
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *arguments],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
        env={name: value for name, value in os.environ.items() if name not in inherited},
    )
    return done.stdout


def test_that_make_tries_a_release_in_an_environment_of_its_own() -> None:
    commands = make("test", "TORCH=9.1", "PYSIDE6=9.2", "PYQTGRAPH=9.3").splitlines()
    folder = ".venv-torch-9.1-pyside6-9.2-pyqtgraph-9.3"
    pins = "torch==9.1 PySide6_Essentials==9.2 shiboken6==9.2 pyqtgraph==9.3"
    assert commands[0].split() == ["scripts/set-up", folder, *pins.split()]
    assert commands[-1].startswith(f"GRADVIZ_ANY_VERSION=1 {folder}/bin/python -m pytest ")


def test_that_make_tries_another_python_in_an_environment_of_its_own() -> None:
    commands = make("test", "PYTHON=/opt/bin/python3.99").splitlines()
    assert commands[0].split() == ["scripts/set-up", ".venv-python3.99"]
    assert "GRADVIZ_ANY_VERSION=1 .venv-python3.99/bin/python -m pytest " in commands[-1]


def test_that_without_a_release_make_uses_the_pinned_environment_and_all_checks() -> None:
    commands = make("test")
    assert commands.split()[:2] == ["scripts/set-up", ".venv"]
    assert all(f".venv/bin/{tool}" in commands for tool in ("ruff", "mypy", "lint-imports"))
    assert ".venv-" not in commands
    assert "GRADVIZ_ANY_VERSION" not in commands


def test_that_environments_of_tried_releases_are_cleaned_and_never_committed() -> None:
    assert ".venv-*" in make("clean")
    assert ".venv-*/" in (ROOT / ".gitignore").read_text().splitlines()


def test_that_an_older_python_is_refused_with_what_is_needed(machine: Machine) -> None:
    machine.define("is_recent", "false")
    done = machine.does("find_python")
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def test_that_python_without_venv_is_told_the_package(machine: Machine) -> None:
    machine.define("python3.12", '[[ $2 != *ensurepip* ]] && echo "python3.12-venv"')
    machine.define("has_apt", "true")
    done = machine.does("provide_venv_module python3.12")
    assert done.returncode == 1
    assert "sudo apt-get install python3.12-venv" in done.stderr


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_that_no_index_or_host_is_named(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "--index" not in text
    assert "://" not in text


def test_that_every_constraint_is_one_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert all(line.count("==") == 1 for line in pins)


@pytest.mark.parametrize(
    ("installs", "told"), [("true", False), ("false", True)], ids=["installed", "not installed"]
)
def test_that_a_browser_is_installed_for_the_tests_or_the_way_to_one_is_told(
    machine: Machine, installs: str, told: bool
) -> None:
    done = machine.does(
        "source scripts/browser; installed=false; has_apt() { true; }; "
        f"install_with_apt() {{ echo $@; installed={installs}; $installed; }}; "
        "has_browser() { $installed; }; provide_browser"
    )
    assert done.stdout.split() == ["chromium"]
    assert ("sudo apt-get install chromium" in done.stderr) == told
    assert done.returncode == 0


def test_that_a_browser_that_stands_is_left_alone(machine: Machine) -> None:
    done = machine.does(
        "source scripts/browser; has_browser() { true; }; install_with_apt() { echo $@; }; "
        "provide_browser"
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_that_tests_have_a_browser_and_the_program_needs_none() -> None:
    for goal, wanted in (("test", True), ("promises", True), ("run", False)):
        done = subprocess.run(
            ["make", "--dry-run", goal], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert ("scripts/browser" in done.stdout) == wanted
        # Promises are kept without one: `make test` alone tries it.
        assert ("scripts/screen-reader" in done.stdout) == (goal == "test")


@pytest.mark.parametrize(
    ("installs", "told"), [("true", False), ("false", True)], ids=["installed", "not installed"]
)
def test_that_a_screen_reader_is_installed_for_the_tests_or_the_way_to_one_is_told(
    machine: Machine, installs: str, told: bool
) -> None:
    done = machine.does(
        "source scripts/screen-reader; installed=false; has_apt() { true; }; "
        "uname() { echo Linux; }; "
        f"install_with_apt() {{ echo $@; installed={installs}; $installed; }}; "
        "has_screen_reader() { $installed; }; provide_screen_reader"
    )
    assert "python3-pyatspi" in done.stdout.split()
    assert ("sudo apt-get install xvfb dbus" in done.stderr) == told
    assert done.returncode == 0
