"""Why a leaf has no gradient: each reason is told for the leaves that it holds for, at its line."""

from collections.abc import Generator
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_models import HEAD, model_of, written
from questions import answer_of

from gradviz.core.choices.settings import Model
from gradviz.core.errors import RecordingError
from gradviz.core.findings.missing import MissingGradient
from gradviz.engine.inspection import missing_gradients
from gradviz.engine.inspection.answers import Inspected, answer, whole
from gradviz.engine.machine import Machine
from gradviz.engine.models import MODELS
from gradviz.engine.models.own import OwnModel
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import BackwardRecorded
from gradviz.protocol.questions import ExplainMissing, MissingGradients, MissingSearched

FUNCTIONS = """
from torch.utils.checkpoint import checkpoint

class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w):
        ctx.save_for_backward(x, w)
        return x * w
    @staticmethod
    def backward(ctx, grad):
        return grad * ctx.saved_tensors[1], None

class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.sign()
        ctx.mark_non_differentiable(y)
        return y
    @staticmethod
    def backward(ctx, grad):
        return None

class Hidden(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, module):
        return x * module.w
    @staticmethod
    def backward(ctx, grad):
        return grad, None

"""
#: A module with a parameter u that gets a gradient, and w, of which that is in question.
NET = (
    HEAD
    + FUNCTIONS
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.u = nn.Parameter(torch.rand(3) + 0.5)
        self.w = nn.Parameter(torch.rand(3) + 0.5)
        self.register_buffer("mean", torch.zeros(3))

    def times(self, x):
        return x * self.w

    @torch.no_grad()
    def encoded(self, x):
        return x * self.w

    def forward(self, x):
        y = x * self.u
{body}
        return y

def example_inputs():
    return torch.rand(3, requires_grad=True)
"""
)


def _content(*lines: str) -> str:
    return NET.format(body="\n".join(f"        {line}" for line in lines))


def missing(replay: RunReplay, recording: Recording) -> list[MissingGradient]:
    """Return the reasons that are answered."""
    found = whole(ExplainMissing(), Inspected(recording, replay))
    assert isinstance(found, MissingGradients)
    return list(found.missing)


def _answers(folder: Path, content: str, name: str = "w") -> list[MissingGradient]:
    run = Run(model_of(written(folder, content), "Net"))
    return [each for each in missing(RunReplay(run), run.recording()[1]) if each.name == name]


def _told(folder: Path, *lines: str) -> list[tuple[str, str]]:
    """Return for w the reason and the text of the line, in their order."""
    return [
        (each.reason, each.place.text if each.place else "")
        for each in _answers(folder, _content(*lines))
    ]


def test_that_a_torch_that_shows_no_operations_lets_the_use_of_a_leaf_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing_gradients, "LISTENS", False)
    (answer,) = _answers(tmp_path, _content())
    assert answer.reason == "unknown"
    assert "this version of PyTorch does not tell whether" in answer.sentence
    assert _told(tmp_path, "y = y + self.w.detach()") == [("detached", "y = y + self.w.detach()")]
    assert [reason for reason, _ in _told(tmp_path, "y = y * self.w[0].item()")] == ["python_value"]


@pytest.mark.parametrize(
    ("reason", "lines", "at"),
    [
        ("not_used", [], None),
        ("not_used", ["kept = self.w * 2"], None),
        ("not_used", ["self.log = self.w.detach()"], None),
        ("not_used", ["y = y + torch.zeros_like(self.w) + x.expand_as(self.w)"], None),
        ("not_used", ["y = y + torch.broadcast_tensors(x, self.w)[0]"], None),
        ("not_used", ["b = self.w.detach().clone()", "b.zero_()", "y = y + b"], None),
        ("detached", ["y = y + self.w.detach()"], 0),
        ("detached", ["z = self.w.exp() + 1", "z = z.detach()", "y = y + z.sin()"], 1),
        ("detached", ["y = y * self.w.data"], 0),
        ("detached", ["z = self.w * 1", "z.detach_()", "y = y + z"], 1),
        ("detached", ["b = torch.zeros(3)", "b[0] = self.w[0].detach()", "y = y + b"], 1),
        (
            "detached",
            ["b = torch.zeros(3)", "b[1:].copy_(self.w.detach()[1:])", "y = y + b"],
            1,
        ),
        ("detached", ["y = y * torch.tensor([self.w[0], 1.0, 2.0])"], 0),
        ("detached", ["y = y + torch.autograd.grad((self.w ** 2).sum(), self.w)[0]"], 0),
        (
            "detached",
            [
                "z = self.w * 2",
                "z = torch.autograd.Variable(z.data, requires_grad=True)",
                "y = y + z",
            ],
            1,
        ),
        ("detached", ["z = self.w * 2", "z = nn.Parameter(z.detach())", "y = y + z"], 1),
        ("detached", ["y = y + nn.Parameter(self.w.data)"], 0),
        ("detached", ["z = self.w.detach().requires_grad_()", "y = y + z"], 0),
        (
            "detached",
            [
                "p, _ = torch.func.stack_module_state([self])",
                "y = y + torch.vmap(lambda w: w * 2)(p['w'])[0]",
            ],
            0,
        ),
        (
            "detached",
            [
                "z = self.w.detach().requires_grad_()",
                "y = y + torch.func.vjp(lambda w: w * 2, z)[0]",
            ],
            0,
        ),
        ("no_grad", ["with torch.no_grad():", "    z = self.w * 2", "y = y + z"], 1),
        ("no_grad", ["with torch.no_grad():", "    z = self.w.view(3, 1)", "y = y + z[:, 0]"], 1),
        (
            "no_grad",
            ["with torch.no_grad():", "    self.mean.add_(self.w)", "y = y + self.mean"],
            1,
        ),
        ("no_grad", ["with torch.no_grad():", "    z = Scale.apply(x, self.w)", "y = y + z"], 1),
        ("no_grad", ["y = y + torch.distributions.Normal(self.w, 1.0).sample()"], 0),
        (
            "inference_mode",
            ["with torch.inference_mode():", "    z = self.w * 2", "y = y + z.clone()"],
            1,
        ),
        ("integer", ["y = y * x[self.w.argmax()]"], 0),
        ("integer", ["y = torch.where(self.w > 1, y, x)"], 0),
        ("integer", ["y = y + self.w.long()"], 0),
        ("integer", ["y = y + self.w.to(torch.int32) * 1.5"], 0),
        ("integer", ["y = y + torch.topk(self.w, 2).indices.sum()"], 0),
        ("python_value", ["y = y * self.w[0].item()"], 0),
        ("python_value", ["y = y * 2 if self.w.sum() > 0 else y"], 0),
        ("python_value", ["y = y + torch.from_numpy(self.w.detach().numpy() * 2)"], 0),
        ("function", ["y = Hidden.apply(y, self)"], None),
        ("function", ["y = y + Sign.apply(self.w)"], None),
        ("function", ["y = y + checkpoint(self.times, x.detach(), use_reentrant=True)"], None),
        ("unknown", ["y = y + torch.func.vmap(lambda v: v.detach() * 2)(self.w)"], 0),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_that_the_reason_is_told_with_the_line_that_lost_the_gradient(
    tmp_path: Path, reason: str, lines: list[str], at: int | None
) -> None:
    told = _told(tmp_path, *lines)
    assert [each for each, _ in told] == [reason]
    if at is not None:
        assert told[0][1] == lines[at].strip()


@pytest.mark.parametrize(
    "lines",
    [
        ["y = y + self.w.detach() * self.w"],
        ["with torch.no_grad():", "    z = self.w * 2", "y = y + z * self.w"],
        ["y = y + 0 * self.w"],
        ["with torch.no_grad():", "    self.w.contiguous()", "y = y + self.w"],
        ["y = y + checkpoint(self.times, x, use_reentrant=True)"],
        ["y = y + checkpoint(self.times, x, use_reentrant=False)"],
        ["y = Scale.apply(y, self.w) * self.w"],
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_that_what_has_a_gradient_on_any_way_is_not_missing(
    tmp_path: Path, lines: list[str]
) -> None:
    assert _told(tmp_path, *lines) == []


def test_that_every_way_on_which_a_gradient_was_lost_is_told_the_first_first(
    tmp_path: Path,
) -> None:
    lines = [
        "for _ in range(3):",
        "    y = y + self.w.detach()",
        "with torch.no_grad():",
        "    z = self.w * 2",
        "y = y + z.detach() + x[self.w.argmax()]",
    ]
    assert _told(tmp_path, *lines) == [
        ("detached", "y = y + self.w.detach()"),
        ("no_grad", "z = self.w * 2"),
        ("integer", "y = y + z.detach() + x[self.w.argmax()]"),
    ]


def test_that_a_function_that_returns_none_is_named_with_the_line_of_its_return(
    tmp_path: Path,
) -> None:
    for lines, what in (
        (["y = Scale.apply(y, self.w)"], "Scale.backward returns None for w."),
        (["y = Scale.apply(y, self.w.exp() + 1)"], "returns None for what was computed from w."),
    ):
        (answer,) = _answers(tmp_path, _content(*lines))
        assert answer.reason == "function"
        assert what in answer.sentence
        assert answer.place is not None
        assert answer.place.text == "return grad * ctx.saved_tensors[1], None"


def test_that_a_function_of_a_library_that_cuts_off_is_told_as_one(tmp_path: Path) -> None:
    lines = ["p, _ = torch.func.stack_module_state([self])", "y = y + p['w'][0]"]
    (answer,) = _answers(tmp_path, _content(*lines))
    assert "calls what cuts w off with .detach()." in answer.sentence
    assert "torch.stack" in answer.hint
    assert "Remove" not in answer.hint


def test_that_the_hint_says_what_to_change_and_where(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    (cut,) = _answers(tmp_path, _content("y = y + self.w.detach()"))
    line = path.read_text().splitlines().index("        y = y + self.w.detach()") + 1
    assert cut.place is not None
    assert (cut.place.file, cut.place.line) == (str(path), line)
    assert cut.sentence == f"Line {line} of net.py cuts w off with .detach()."
    assert cut.hint == f"Remove .detach() in line {line} of net.py."
    (under,) = _answers(
        tmp_path, _content("with torch.no_grad():", "    z = self.w * 2", "y = y + z")
    )
    assert f"Line {line + 1} of net.py runs under torch.no_grad()" in under.sentence
    assert f"begins in line {line} of net.py" in under.sentence
    (drawn,) = _answers(
        tmp_path, _content("y = y + torch.distributions.Normal(self.w, 1.0).sample()")
    )
    assert "rsample" in drawn.hint
    (decorated,) = _answers(tmp_path, _content("y = y + self.encoded(x)"))
    assert decorated.place is not None
    assert decorated.place.text == "return x * self.w"


def test_that_a_parameter_that_forward_replaces_is_told_with_the_line(tmp_path: Path) -> None:
    lines = ("self.w = nn.Parameter(torch.full((3,), 0.5))", "y = y * self.w")
    run = Run(model_of(written(tmp_path, _content(*lines)), "Net"))
    _, recording = run.recording()
    (told,) = (each for each in missing(RunReplay(run), recording) if each.name == "w")
    assert told.reason == "replaced"
    assert told.place is not None
    assert told.place.text == lines[0]
    assert told.sentence.endswith(
        "The output follows from the new one, and training moves the first."
    )
    assert "__init__" in told.hint
    graph = recording.graph
    assert {graph.node[leaf].op for leaf in recording.trace.leaf_grads} == {
        "x",
        "u",
        "w (new in forward)",
    }


def test_that_parameters_made_once_are_not_called_replaced(tmp_path: Path) -> None:
    lazily = ("if self.w is not None:", "    self.w = self.w", "y = y + self.w.detach()")
    assert [reason for reason, _ in _told(tmp_path, *lazily)] == ["detached"]


LEAVES = (
    HEAD
    + """
from torch.nn.utils import weight_norm

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.u = nn.Parameter(torch.rand(3))
        self.frozen = nn.Parameter(torch.rand(3), requires_grad=False)
        self.count = nn.Parameter(torch.arange(3), requires_grad=False)
        self.computed = torch.rand(3, requires_grad=True) * 2
        self.plain = torch.rand(3, requires_grad=True)
        self.table = nn.Embedding(4, 3)
        self.normed = weight_norm(nn.Linear(3, 3))

    def forward(self, x, tokens):
        y = self.normed(x * self.u + self.frozen + self.count)
        self.kept = y + self.computed + self.plain
        return self.kept + self.table(tokens).sum(0)

def example_inputs():
    return torch.rand(3), torch.tensor([0, 3])
"""
)


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_that_each_parameter_and_input_is_asked_about_and_no_buffer_or_result(
    tmp_path: Path,
) -> None:
    run = Run(model_of(written(tmp_path, LEAVES), "Net"))
    found = missing(RunReplay(run), run.recording()[1])
    assert [(each.name, each.reason, each.place) for each in found] == [
        ("frozen", "frozen", None),
        ("count", "integer", None),
        ("computed", "not_a_leaf", None),
        ("x", "frozen", None),
        ("tokens", "integer", None),
    ]
    assert found[0].hint == "Set frozen.requires_grad_() before the forward pass."
    assert found[3].hint == "Make x with requires_grad=True, if its gradient is wanted."
    assert "int64" in found[4].sentence
    assert "MulBackward" in found[2].sentence


def test_that_what_only_another_output_is_computed_from_is_not_used_for_this_one(
    tmp_path: Path,
) -> None:
    content = _content("y = y, y * self.w")
    path = written(tmp_path, content)
    for output, names in (("output[0]", ["w"]), ("output[1]", [])):
        run = Run(model_of(path, "Net", output=output))
        found = missing(RunReplay(run), run.recording()[1])
        assert [each.name for each in found] == names
        assert all(each.reason == "not_used" for each in found)


@pytest.mark.parametrize("name", [named.entry.name for named in MODELS])
def test_that_nothing_is_missing_in_the_models_of_the_tutorials(name: str) -> None:
    run = Run(Model(source=name))
    assert missing(RunReplay(run), run.recording()[1]) == []


def test_that_x_is_not_used_where_an_expression_has_none() -> None:
    run = Run(Model(source="a + 2", at=1.0, mode="point"))
    (answer,) = missing(RunReplay(run), run.recording()[1])
    assert (answer.name, answer.reason) == ("x", "not_used")


def test_that_a_model_without_parameters_is_asked_about_its_own_inputs_alone(
    tmp_path: Path,
) -> None:
    content = HEAD + (
        "class Net(nn.Module):\n"
        "    def forward(self, p, q):\n"
        "        return p * q.detach()\n"
        "def example_inputs():\n"
        "    return torch.rand(3, requires_grad=True), torch.rand(3, requires_grad=True)\n"
    )
    run = Run(model_of(written(tmp_path, content), "Net"))
    found = missing(RunReplay(run), run.recording()[1])
    assert [(each.name, each.reason) for each in found] == [("q", "detached")]


def test_that_asking_changes_neither_the_model_nor_its_gradients(tmp_path: Path) -> None:
    lines = [
        "with torch.no_grad():",
        "    self.mean.add_(1.0)",
        "y = y + nn.functional.dropout(self.w.detach(), 0.5) + Hidden.apply(y, self)",
    ]
    run = Run(model_of(written(tmp_path, _content(*lines)), "Net"))
    assert isinstance(run.model, OwnModel)
    value, recording = run.recording()
    kept = {name: each.clone() for name, each in run.model.module.state_dict().items()}
    assert missing(RunReplay(run), recording)
    assert all(each.grad is None for each in run.model.module.parameters())
    for name, each in run.model.module.state_dict().items():
        assert torch.equal(each, kept[name])
    assert run.recording()[0] == value


def test_that_the_graph_of_a_gradient_is_not_asked() -> None:
    run = Run(Model(source="a x^3", at=2.0, mode="point", order=2))
    with pytest.raises(RecordingError, match="first gradients"):
        missing(RunReplay(run), run.recording()[1])


def test_that_the_machine_answers_about_the_newest_recording(tmp_path: Path) -> None:
    machine = Machine()
    model = model_of(written(tmp_path, _content("y = y + self.w.detach()")), "Net")
    events = list(machine.handle(BuildModel(1, model)))
    recorded = next(event for event in events if isinstance(event, BackwardRecorded))
    answer = answer_of(machine, ExplainMissing(), recording=recorded.recording)
    assert isinstance(answer, MissingGradients)
    assert [each.name for each in answer.missing] == ["w"]
    assert answer.leaves == 3


#: Pieces of a forward pass: what is lost in each, {n} being the parameter.
_PIECES = (
    "y = y * self.{n}",
    "y = y + self.{n}.detach().exp()",
    "y = y + self.{n}.exp().data",
    "kept = self.{n} * 3",
    "with torch.no_grad(): y2 = self.{n} * 2\n        y = y + y2",
    "y = y + torch.where(self.{n} > 0.5, y, self.{n}.detach())",
    "y = Scale.apply(y, self.{n})",
    "b = torch.zeros(3); b[1:] = self.{n}.detach()[1:]; y = y + b",
    "y = y + (self.{n} * z).detach(); z = self.{n}.detach() + z.detach()",
    "y = y + z",
)


@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from("abc")), max_size=6))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_that_random_models_miss_what_torch_leaves_none_and_use_what_moves_the_output(
    tmp_path: Path, pieces: list[tuple[str, str]]
) -> None:
    names = "".join(f"        self.{name} = nn.Parameter(torch.rand(3) + 0.1)\n" for name in "abc")
    lines = "".join(f"        {piece.format(n=name)}\n" for piece, name in pieces)
    content = (
        HEAD + FUNCTIONS + "class Net(nn.Module):\n    def __init__(self):\n"
        f"        super().__init__()\n        self.u = nn.Parameter(torch.rand(3))\n{names}"
        f"    def forward(self):\n        y, z = self.u * 2, torch.ones(3)\n{lines}"
        "        return y\n"
    )
    run = Run(model_of(written(tmp_path, content), "Net"))
    assert isinstance(run.model, OwnModel)
    module = run.model.module
    found = missing(RunReplay(run), run.recording()[1])
    module.zero_grad()
    before = module().sum()
    before.backward()
    expected = {name for name, each in module.named_parameters() if each.grad is None}
    assert {each.name for each in found} == expected
    for name, parameter in module.named_parameters():
        kept = parameter.detach().clone()
        with torch.no_grad():
            parameter.add_(0.37)
            moved = not torch.equal(module().sum(), before)
            parameter.copy_(kept)
        reasons = {each.reason for each in found if each.name == name}
        assert "unknown" not in reasons
        if moved:
            assert "not_used" not in reasons


def test_that_a_search_of_several_passes_says_how_far_it_is_and_can_be_ended_between_them(
    tmp_path: Path,
) -> None:
    content = _content("y = self.u * 2").replace("self.u", "self.w")
    run = Run(model_of(written(tmp_path, content), "Net"))
    recording = run.recording()[1]
    before = run.record()
    parts = answer(ExplainMissing(), Inspected(recording, RunReplay(run)))
    assert isinstance(parts, Generator)
    assert next(parts) is None
    assert next(parts) == MissingSearched(done=1, total=2)
    parts.close()
    assert run.record() == before
