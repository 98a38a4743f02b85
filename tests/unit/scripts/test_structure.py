"""How the project is cut: what is measured of it, and the limits that it keeps."""

import re
from pathlib import Path
from statistics import median
from textwrap import dedent

import pytest
import structure
import torch
from structure import Module
from torch import nn
from torch.autograd.function import Function
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

PROGRAM = structure.modules("gradviz")
TESTS = structure.modules("tests")
#: Names that modules of several folders have, where the folder says which one is meant.
REPEATED_MODULE_NAMES = 6
#: Names that types of several modules have, where the module says which one is meant.
REPEATED_TYPES = 7
#: The share of docstrings whose first line may contain the word.
SHARE_WITH_WHAT = 0.03


def module(place: str, text: str = "") -> Module:
    return Module(Path(place), dedent(text))


def test_that_lines_of_files_and_functions_stay_few() -> None:
    assert median(each.lines for each in PROGRAM) <= 150
    assert median(structure.function_lengths(PROGRAM)) <= 9
    assert structure.share_of_long_functions(PROGRAM) <= 0.005


def test_that_no_more_module_names_occur_in_several_folders() -> None:
    assert len(structure.repeated_module_names(PROGRAM)) <= REPEATED_MODULE_NAMES


def test_that_no_test_waits_for_a_fixed_time() -> None:
    assert structure.fixed_waits(TESTS) == []


def test_that_no_folder_holds_too_many_modules() -> None:
    assert structure.crowded_folders(PROGRAM) == {}


def test_that_docstrings_begin_with_nouns() -> None:
    places = structure.lines_with_what(PROGRAM)
    assert structure.share_with_what(PROGRAM) <= SHARE_WITH_WHAT, places


def test_that_no_match_over_classes_lets_another_pass_in_silence() -> None:
    assert structure.open_matches(PROGRAM) == []


@pytest.mark.parametrize("name", ["Change", "Verdict", "Loss"])
def test_that_a_word_names_one_type(name: str) -> None:
    assert name not in structure.repeated_types(PROGRAM)


def test_that_no_more_types_have_the_name_of_another() -> None:
    assert len(structure.repeated_types(PROGRAM)) <= REPEATED_TYPES


def private_names_of_torch() -> set[str]:
    """Return the private names that the classes have from which classes of gradviz inherit."""
    kinds = (nn.Module, TorchFunctionMode, TorchDispatchMode, Function, LRScheduler, Optimizer)
    names = {name for kind in (*kinds, torch.Tensor) for name in dir(kind)}
    return names | set(vars(nn.Module()))


def test_that_private_attributes_of_torch_are_used_in_one_room_alone() -> None:
    engine = structure.modules("gradviz/engine")
    outside = [each for each in engine if each.place.parent != Path(structure.ROOM_OF_TORCH)]
    assert len(outside) < len(engine)
    assert structure.private_uses(outside, private_names_of_torch()) == []


def test_that_only_the_engine_names_torchs_private_modules() -> None:
    others = [each for each in PROGRAM if each.place.parts[1] != "engine"]
    assert not [each for each in structure.private_uses(others) if "torch._" in each]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("torch._C._get()", ["_get", "_C"]),
        ("from torch.utils._inner import Mode", ["_inner"]),
        ("import torch._inner", ["_inner"]),
        ("from torch import _inner as inner", ["_inner"]),
        ('getattr(node, "_saved_self", None)', ["_saved_self"]),
        ("node._own", ["_own"]),
        ("class A(nn.Module):\n    def f(self): self._modules", ["_modules"]),
        ("class A(Module):\n    def _apply(self): ...", ["_apply"]),
        ("class A(Own):\n    def _apply(self): self._modules", []),
        ("class A:\n    def _own(self): return self._own\n    def two(self, a): a._own()", []),
        ("def _own(): ...\n_own()\nitem._replace(a=1)\nself._any", []),
        ("a.__dict__\nb._\n'_ a'", []),
    ],
)
def test_that_private_names_of_others_are_found(text: str, names: list[str]) -> None:
    found = structure.private_uses([module("a.py", text)], {"_modules", "_apply"})
    assert sorted(each.split()[1] for each in found) == sorted(names)


def test_that_every_module_of_a_folder_counts_but_its_init() -> None:
    files = [module(f"a/{name}.py") for name in ("__init__", "x", "y")]
    inner = [module("a/b/__init__.py"), *(module(f"a/b/{n}.py") for n in range(21))]
    assert structure.modules_per_folder([*files, *inner]) == {"a": 2, "a/b": 21}
    assert structure.crowded_folders([*files, *inner]) == {"a/b": 21}


def test_that_a_function_is_as_long_as_its_lines_without_decorators() -> None:
    text = "@cache\ndef short():\n    return 1\n\nasync def long():\n" + "    pass\n" * 50
    found = [module("a.py", text)]
    assert structure.function_lengths(found) == [2, 51]
    assert structure.share_of_long_functions(found) == 0.5


def test_that_names_in_several_folders_are_found() -> None:
    places = ("a/x.py", "b/x.py", "b/y.py", "a/__init__.py", "b/__init__.py")
    assert structure.repeated_module_names(map(module, places)) == {"x": ["a", "b"]}


def test_that_types_of_several_modules_are_found_by_their_public_names() -> None:
    first = module("a.py", "class Change: ...\nclass _Own: ...\nLIMITS = 3 * 4\nclass Lone: ...")
    second = module("b.py", "Change = int | str\nclass _Own: ...\nLIMITS = 3 * 4")
    assert structure.repeated_types([first, second]) == {"Change": ["a.py:1", "b.py:1"]}


def test_that_the_word_counts_in_first_lines_alone() -> None:
    text = '''
        """What is shown."""

        class Node:
            """One node.

            It shows what it has.
            """

            def name(self):
                """Return somewhat of a name."""
    '''
    found = [module("a.py", text)]
    assert structure.lines_with_what(found) == ["a.py:1"]
    assert structure.share_with_what(found) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("cases", "is_open"),
    [
        ("case A(): ...\n    case B() | C(): ...", True),
        ("case A() as a if a.x: ...\n    case B(): ...", True),
        ("case A(): ...\n    case _: ...", False),
        ("case A(), B(): ...\n    case B(), A(): ...", False),
        ("case A(): ...\n    case rest: assert_never(rest)", False),
        ("case 'a': ...\n    case 'b': ...", False),
    ],
)
def test_that_a_match_over_classes_needs_a_case_for_the_rest(cases: str, is_open: bool) -> None:
    found = [module("a.py", f"match event:\n    {cases}\n")]
    assert bool(structure.open_matches(found)) == is_open


def test_that_a_fixed_wait_is_found_and_a_wait_for_a_signal_is_none() -> None:
    text = "qtbot.wait(5)\nself.qtbot.wait(ms)\nqtbot.waitSignal(done).wait()\nprocess.wait(5)"
    assert structure.fixed_waits([module("a.py", text)]) == ["a.py:1", "a.py:2"]


def test_that_the_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    structure.main()
    figures = dict(re.split(r"  +", line.strip()) for line in capsys.readouterr().out.splitlines())
    share = structure.share_of_long_functions(PROGRAM)
    assert figures["functions over 50 lines"] == f"{share:.2%}"
    assert int(figures["gradviz/render"]) == structure.modules_per_folder(PROGRAM)["gradviz/render"]
