"""`gradviz.show` from real programs: the window is their child, and neither outlives its use."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from shown_programs import PATIENCE_S, ROOT, Program, closed, until

_LOSS = """
import torch, gradviz
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w ** 2).sum()
"""


@pytest.fixture
def started() -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def start(script: str, *arguments: str, **environment: str | None) -> Program:
        programs.append(Program(script, *arguments, environment=environment))
        return programs[-1]

    yield start
    for program in programs:
        program.end()


Start = Callable[..., Program]


def test_that_a_script_that_ends_waits_until_its_window_is_closed(started: Start) -> None:
    program = started(_LOSS + "gradviz.show(loss); print('end', flush=True)")
    assert program.line() == "end"
    window = program.window()
    assert program.process.poll() is None
    closed(window)
    code, _, errors = program.ended()
    assert (code, errors) == (0, "")
    assert not psutil.pid_exists(window.pid)


def test_that_a_script_goes_on_while_its_window_is_open_and_gradients_are_its_own(
    started: Start,
) -> None:
    program = started(
        _LOSS + "w.grad = torch.tensor([5.0, 6.0]); before = w.grad\n"
        "state = torch.get_rng_state()\n"
        "gradviz.show(loss, block=False)\n"
        "assert w.grad is before and before.tolist() == [5.0, 6.0]\n"
        "assert torch.equal(torch.get_rng_state(), state)\n"
        "loss.backward(); print(w.grad.tolist())\n"
    )
    code, output, errors = program.ended()
    assert (code, output.strip(), errors) == (0, "[7.0, 10.0]", "")


def test_that_block_waits_in_the_call_itself(started: Start) -> None:
    program = started(_LOSS + "gradviz.show(loss, block=True); print('closed', flush=True)")
    closed(program.window())
    code, output, _ = program.ended()
    assert (code, output.strip()) == (0, "closed")


def test_that_a_window_without_block_ends_with_its_script(started: Start) -> None:
    program = started(
        _LOSS + "window = gradviz.show(loss, block=False); print(window.pid, flush=True); input()"
    )
    pid = int(program.line())
    program.window()
    program.say("")
    assert program.ended()[0] == 0
    until(lambda: not psutil.pid_exists(pid))


def test_that_the_window_and_its_processes_end_when_the_script_is_killed(started: Start) -> None:
    program = started(_LOSS + "gradviz.show(loss)")
    window = program.window()
    family = [window, *window.children(recursive=True)]
    program.process.kill()
    until(lambda: not any(each.is_running() for each in family))


def test_that_a_fork_of_the_script_does_not_keep_its_window(started: Start) -> None:
    program = started(
        _LOSS + "import os, time\ngradviz.show(loss)\n"
        "if os.fork() == 0:\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"
    )
    fork = psutil.Process(int(program.line()))
    try:
        window = program.window()
        program.process.kill()
        until(lambda: not window.is_running())
        assert fork.is_running()
    finally:
        fork.kill()


def test_that_a_script_outlives_a_window_that_is_killed_and_says_so(started: Start) -> None:
    program = started(_LOSS + "window = gradviz.show(loss); window.wait(); print(window)")
    program.window().kill()
    code, output, errors = program.ended()
    assert (code, output.strip()) == (0, "<gradviz window on loss, closed>")
    assert errors.startswith("gradviz: the window ended by itself")


def test_that_a_prompt_does_not_wait_for_windows(started: Start) -> None:
    program = started("", "-i")
    for line in (*_LOSS.strip().splitlines(), "window = gradviz.show(loss)", "window.pid"):
        program.say(line)
    window = program.window()
    assert program.line() == str(window.pid)
    program.input.close()
    program.process.wait(PATIENCE_S)
    until(lambda: not window.is_running())


def test_that_it_opens_from_the_debugger_in_the_middle_of_forward(started: Start) -> None:
    program = started(
        "import torch, gradviz\n"
        "class Net(torch.nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__(); self.layer = torch.nn.Linear(2, 2)\n"
        "    def forward(self, x):\n"
        "        h = self.layer(x)\n"
        "        breakpoint()\n"
        "        return h.sum()\n"
        "Net()(torch.ones(1, 2)).backward(); print('trained', flush=True)\n"
    )
    program.say("import gradviz")
    program.say("window = gradviz.show(h)")
    window = program.window()
    program.say("c")
    until(lambda: "trained" in program.line())
    closed(window)
    assert program.ended()[0] == 0


def test_that_it_opens_from_a_thread(started: Start) -> None:
    program = started(
        _LOSS + "import threading\n"
        "thread = threading.Thread(target=gradviz.show, args=(loss,)); thread.start()\n"
        "thread.join(); print('joined', flush=True)\n"
    )
    assert program.line() == "joined"
    closed(program.window())
    assert program.ended()[0] == 0


def test_that_the_next_call_updates_the_window_and_a_new_one_is_opened_when_asked(
    started: Start,
) -> None:
    program = started(
        _LOSS + "first = gradviz.show(loss, block=False)\n"
        "again = gradviz.show(loss * 2, block=False)\n"
        "other = gradviz.show(loss, new=True, block=False)\n"
        "print(first is again, other is first, other.pid == first.pid)\n"
        "other.close(); print(other.is_open, first.is_open)\n"
        "first.close(); print(gradviz.show(loss, block=False) is first)\n"
    )
    code, output, errors = program.ended()
    assert (code, errors) == (0, "")
    assert output.splitlines() == ["True False False", "False True", "False"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("gradviz.show(w.detach())", "The output has no graph"),
        ("gradviz.show(3)", "There is no tensor in this int"),
        ("loss.backward(); gradviz.show(loss)", "freed"),
        ("gradviz.show((loss, 'text').count)", "There is no tensor"),
    ],
)
def test_that_a_thing_without_a_graph_is_refused_and_no_window_is_left(
    started: Start, call: str, told: str
) -> None:
    program = started(
        _LOSS + f"try:\n    {call}\nexcept gradviz.GradvizError as error:\n    print(error)\n"
    )
    code, output, _ = program.ended()
    assert code == 0
    assert told in output


def test_that_without_a_display_one_error_names_the_other_way(started: Start) -> None:
    nothing = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    program = started(_LOSS + "gradviz.show(loss)", **nothing)
    code, output, errors = program.ended()
    assert (code, output) == (1, "")
    last = errors.strip().splitlines()[-1]
    assert "There is no display to open a window on." in last
    assert "gradviz.capture(output).save(" in last


def test_that_a_watch_is_shown_while_its_loop_goes_on(started: Start) -> None:
    program = started(
        "import torch, gradviz\n"
        "model = torch.nn.Linear(2, 1)\n"
        "with gradviz.watch(model, every=2) as watched:\n"
        "    for step in range(6):\n"
        "        model(torch.ones(1, 2)).sum().backward()\n"
        "        if step == 3:\n"
        "            window = gradviz.show(watched)\n"
        "gradviz.show(watched)\n"
        "print([each.step for each in watched.recordings], window, flush=True)\n"
    )
    assert program.line() == "[0, 2, 4] <gradviz window on Linear, open>"
    closed(program.window())
    assert program.ended()[0] == 0


def test_that_a_watch_without_a_recording_says_so(started: Start) -> None:
    program = started(
        _LOSS + "watched = gradviz.watch({'w': w})\n"
        "try:\n    gradviz.show(watched)\nexcept gradviz.GradvizError as error:\n    print(error)\n"
    )
    code, output, _ = program.ended()
    assert code == 0
    assert "Nothing is recorded yet." in output


def test_that_a_notebook_shows_it_and_goes_on(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    cells = [
        _LOSS,
        "window = gradviz.show(loss)\nwindow",
        "pid = window.pid; window.is_open, float(loss.detach())",
        "window.close(); window.is_open",
        "gradviz.show(loss).pid",
    ]
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=made)  # type: ignore[no-untyped-call]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    client = NotebookClient(notebook, timeout=PATIENCE_S, kernel_name="python3")
    client.execute(env=environment, cwd=str(tmp_path))
    told = [cell.outputs[-1]["data"]["text/plain"] for cell in notebook.cells[1:]]
    assert told[:3] == ["<gradviz window on loss, open>", "(True, 5.0)", "False"]
    # The kernel has ended, and the window that it left open with it.
    until(lambda: not psutil.pid_exists(int(told[3])))
