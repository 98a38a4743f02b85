"""The line of Python, and the part of an expression, that made each node."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
import torch
from engine_cases import as_python_would, trees
from hypothesis import assume, given
from own_models import HEAD, model_of, written

from gradviz.core.choices.settings import Model
from gradviz.core.errors import GradvizError
from gradviz.core.findings.source import Line, Sources, made_text, module_text
from gradviz.engine.inspection.sources import sources_of
from gradviz.engine.recording.capture import Walk, is_leaf
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.expression import Tree, parse, to_text

BLOCKS = HEAD + dedent(
    """
    class Double(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            y = x.clone()
            return y + y

        @staticmethod
        def backward(ctx, gradient):
            return 2 * gradient


    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.LayerNorm(4)
            self.linear = nn.Linear(4, 4)

        def forward(self, x):
            y = self.linear(self.norm(x))
            return x + torch.relu(
                y
            )


    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.blocks = nn.ModuleList([Block(), Block()])
            self.gain = nn.Parameter(torch.ones(4))

        def forward(self, x):
            for block in self.blocks:
                x = block(x)
            μ = x.mean(); y = x - μ
            return Double.apply(y * self.gain)


    def example_inputs():
        return torch.randn(3, 4)
    """
)
LINE = re.compile(r'File "(?P<file>.*)", line (?P<line>\d+)')


def told(model: Model, *, libraries: bool = False) -> tuple[Run, Recording, Sources]:
    run = Run(model)
    _, recording = run.recording()
    return run, recording, sources_of(RunReplay(run), recording, libraries=libraries)


def part(sources: Sources, node: str) -> str:
    """Return the characters that made a node."""
    frame = sources.line_of(node)
    assert frame is not None
    lines = sources.files[frame.file].text.splitlines()
    return lines[frame.line - 1][frame.start : frame.end]


def named(recording: Recording, op: str) -> list[str]:
    return [node.id for node in recording.graph.nodes if node.op == op]


def test_that_the_line_of_every_node_is_the_one_of_pytorchs_anomaly_mode(tmp_path: Path) -> None:
    path = written(tmp_path, BLOCKS)
    run, recording, sources = told(model_of(path, "Net"))
    with (
        torch.autograd.set_detect_anomaly(True, check_nan=False),
        run.repeated(recording.trace.at_step) as output,
    ):
        walk = Walk(output, run.leaves)
        texts = {
            walk.ids[node]: node.metadata["traceback_"] for node in walk.nodes if not is_leaf(node)
        }
    checked = 0
    for node, frames in texts.items():
        places = [match for match in map(LINE.search, frames) if match]
        own = [int(place["line"]) for place in places if place["file"] == str(path)]
        assert [frame.line for frame in sources.stack_of(node)] == own[::-1]
        checked += bool(own)
    assert checked >= len(texts) - 1


def test_that_the_very_part_of_the_line_is_told_also_behind_signs_of_several_bytes(
    tmp_path: Path,
) -> None:
    _, recording, sources = told(model_of(written(tmp_path, BLOCKS), "Net"))
    (mean,), (less,) = named(recording, "Mean"), named(recording, "Sub")
    assert part(sources, mean) == "x.mean()"
    assert part(sources, less) == "x - μ"
    (custom,) = named(recording, "Double")
    assert part(sources, custom) == "Double.apply(y * self.gain)"
    for node in named(recording, "Relu"):
        # It goes on over several lines: marked is what stands on its first.
        assert part(sources, node) == "torch.relu("


def test_that_a_node_knows_the_innermost_module_and_a_leaf_its_owner(tmp_path: Path) -> None:
    _, recording, sources = told(model_of(written(tmp_path, BLOCKS), "Net"))
    modules = {module_text(sources.origins[node]) for node in named(recording, "NativeLayerNorm")}
    assert modules == {"blocks.0.norm (LayerNorm)", "blocks.1.norm (LayerNorm)"}
    assert module_text(sources.origins[named(recording, "Double")[0]]) == "Net"
    (bias,) = named(recording, "blocks.1.linear.bias")
    assert module_text(sources.origins[bias]) == "blocks.1.linear (Linear)"
    assert sources.stack_of(bias, libraries=True) == ()


def test_that_a_line_made_what_the_functions_that_it_called_made(tmp_path: Path) -> None:
    _, recording, sources = told(model_of(written(tmp_path, BLOCKS), "Net"))
    lines = BLOCKS.splitlines()
    call = Line(0, lines.index("            x = block(x)") + 1)
    inner = {
        node for op in ("NativeLayerNorm", "Addmm", "Relu", "T") for node in named(recording, op)
    }
    assert inner <= set(sources.nodes_at(call))
    assert not set(named(recording, "Mean")) & set(sources.nodes_at(call))
    assert sources.counts_in(0)[call.number] == len(sources.nodes_at(call))
    assert sources.nodes_at(Line(0, 1)) == ()


def test_that_own_files_come_first_and_those_of_libraries_only_on_demand(tmp_path: Path) -> None:
    written(tmp_path, HEAD + "def halved(x):\n    return x / 2\n", "helper.py")
    net = HEAD + dedent(
        """
        from helper import halved

        class Net(nn.Linear):
            def forward(self, x):
                return halved(super().forward(x))

        def example_inputs():
            return torch.randn(2, 3)
        """
    )
    model = model_of(written(tmp_path, net), "Net", arguments="3, 1")
    _, recording, sources = told(model)
    own = [file.title for file in sources.files if file.own]
    assert own == ["helper.py", "net.py"]
    assert all(file.own for file in sources.files[:2])
    assert not any(file.text for file in sources.files if not file.own)
    (division,) = named(recording, "Div")
    assert made_text(sources, division) == "helper.py:5: return x / 2"
    _, _, whole = told(model, libraries=True)
    linear = next(file for file in whole.files if file.title == "torch/nn/modules/linear.py")
    assert "F.linear" in linear.text
    assert not linear.own


def test_that_what_ran_outside_of_the_model_is_no_line_of_it(tmp_path: Path) -> None:
    _, recording, sources = told(model_of(written(tmp_path, BLOCKS), "Net"))
    frames = sources.stack_of(named(recording, "Mean")[0], libraries=True)
    files = {sources.files[frame.file].title for frame in frames}
    assert not files & {
        "run.py",
        "sources.py",
        "recorder.py",
        "test_sources.py",
        "overrides.py",
    }


@given(trees())
def test_that_the_part_of_an_expression_computes_the_value_of_its_node(tree: Tree) -> None:
    text = to_text(tree)
    try:
        run = Run(Model(source=text, mode="point"))
        _, recording = run.recording()
    except GradvizError:
        assume(False)
    sources = sources_of(RunReplay(run), recording)
    for node in recording.graph.nodes:
        if node.kind == "leaf" or node.value is None:
            continue
        frame = sources.line_of(node.id)
        assert frame is not None
        shown = text[frame.start : frame.end]
        value = as_python_would(parse(shown).tree, run.x, dict(run.model.parameters))
        assert isinstance(value, torch.Tensor)
        assert torch.equal(torch.tensor(node.value.scalar), value.detach()) or not torch.isfinite(
            value
        )


def test_that_a_character_of_an_expression_stands_for_its_smallest_part() -> None:
    text = "y = a + b sin(c x)"
    _, recording, sources = told(Model(source=text, mode="point"))
    at = {op: named(recording, op)[0] for op in ("Sin", "Add")}
    assert sources.nodes_under(0, 1, text.index("sin")) == (at["Sin"],)
    assert sources.nodes_under(0, 1, text.index("+")) == (at["Add"],)
    (product,) = sources.nodes_under(0, 1, text.index("c x"))
    assert part(sources, product) == "c x"
    assert sources.nodes_under(0, 1, text.index("y")) == ()


@pytest.mark.parametrize("name", ["autograd", "function", "module", "dynamic", "classifier"])
def test_that_a_ready_made_model_shows_its_own_file(name: str) -> None:
    _, recording, sources = told(Model(source=name))
    assert sources.files[0].title == f"{name}.py"
    lines = [sources.line_of(node.id) for node in recording.graph.nodes if node.kind != "leaf"]
    assert sum(line is not None and line.file == 0 for line in lines) >= len(lines) // 2


def test_that_a_gradients_node_belongs_to_the_line_that_its_backward_is_of() -> None:
    _, recording, sources = told(Model(source="sin(a x)", mode="point", order=2))
    cosine = named(recording, "Cos")[0]
    assert sources.origins[cosine].backward
    assert part(sources, cosine) == "sin(a x)"
    assert not sources.origins[named(recording, "Mul")[-1]].backward


def test_that_what_is_written_by_hand_says_so() -> None:
    _, _, sources = told(Model(source="numpy"))
    assert not sources.origins
    assert "by hand" in sources.note


def test_that_a_model_that_builds_another_graph_is_told_so(tmp_path: Path) -> None:
    fickle = HEAD + dedent(
        """
        calls = []

        class Net(nn.Linear):
            def forward(self, x):
                calls.append(x)
                y = super().forward(x)
                return y.sin() if len(calls) % 2 else y.cos()

        def example_inputs():
            return torch.randn(2, 3)
        """
    )
    run = Run(model_of(written(tmp_path, fickle), "Net", arguments="3, 1"))
    _, recording = run.recording()
    notes = {sources_of(RunReplay(run), recording).note for _ in range(2)}
    assert any("another graph" in note for note in notes)


def test_that_to_ask_leaves_everything_as_it_was(tmp_path: Path) -> None:
    import torch.fx.traceback as texts

    before = texts.format_stack
    run, recording, _ = told(model_of(written(tmp_path, BLOCKS), "Net"))
    assert texts.format_stack is before
    assert not torch.is_anomaly_enabled()
    again = sources_of(RunReplay(run), recording)
    assert again == sources_of(RunReplay(run), recording)
    value, graph, _ = run.record()
    assert graph == recording.graph
    assert value == recording.graph.node[recording.graph.output].value.scalar  # type: ignore[union-attr]


def test_that_a_graph_without_any_operation_is_told_so(tmp_path: Path) -> None:
    body = "return torch.zeros((), requires_grad=True)"
    content = f"{HEAD}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    content += f"        self.layer = nn.Linear(1, 1)\n    def forward(self):\n        {body}\n"
    _, _, sources = told(model_of(written(tmp_path, content)))
    assert "leaf alone" in sources.note
    assert "version" not in sources.note
