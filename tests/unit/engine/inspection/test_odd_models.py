"""Questions about a pass that PyTorch runs in an unusual way: a right answer, or the reason."""

from pathlib import Path

import pytest
from own_models import HEAD, model_of, written

from gradviz.core.choices.settings import Training
from gradviz.core.errors import OwnModelError, SettingError
from gradviz.core.findings.checks import Finding
from gradviz.engine.inspection.answers import Inspected, whole
from gradviz.engine.inspection.checks import checked
from gradviz.engine.inspection.rules import rules_of
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.questions import CountFlops, ExplainMissing, FlopsCounted, MissingGradients

_MODELS = (
    HEAD
    + """
import threading

from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.register_buffer("mask", torch.tensor([1.0, 0.0, float("nan"), 1.0]).nan_to_num())
        self.register_buffer("mixing", torch.eye(2).to_sparse())


class Masked(Net):
    def forward(self, x):
        return self.first(x) * self.mask


class Mixed(Net):
    def forward(self, x):
        return torch.sparse.mm(self.mixing, self.first(x))


class Padded(Net):
    def forward(self, x):
        nested = torch.nested.as_nested_tensor([x, x[:1]])
        return torch.nested.to_padded_tensor(self.first(nested), 0.0)


class Jagged(Net):
    def forward(self, x):
        nested = torch.nested.nested_tensor([x, x[:1]], layout=torch.jagged)
        return self.first(nested).values()


class Threaded(Net):
    def forward(self, x):
        found = []
        thread = threading.Thread(target=lambda: found.append(self.first(x)))
        thread.start()
        thread.join()
        return found[0].tanh()


class Chosen(Net):
    def forward(self, x):
        return torch.cond(x.sum() > 0, self.first, lambda x: -self.first(x), (x,))


class Tangent(Net):
    def forward(self, x):
        def curve(x):
            return self.first(x).tanh()

        return sum(torch.func.jvp(curve, (x,), (torch.ones_like(x),)))


class Checkpointed(Net):
    def forward(self, x):
        return checkpoint(torch.tanh, self.first(x), use_reentrant=True)


def example_inputs():
    return torch.arange(8.0).reshape(2, 4) / 4
"""
)


def _recorded(folder: Path, name: str) -> tuple[Run, Recording]:
    run = Run(model_of(written(folder, _MODELS), name))
    return run, run.recording()[1]


def _findings(run: Run, recording: Recording) -> dict[str, list[Finding]]:
    """Return the findings on all leaves, by their method."""
    found: dict[str, list[Finding]] = {}
    for check in checked(RunReplay(run), recording):
        for finding in check.findings:
            found.setdefault(finding.method, []).append(finding)
    return found


@pytest.mark.parametrize("name", ["Masked", "Mixed"])
def test_that_a_saved_buffer_that_nobody_changes_leaves_the_rules_their_numbers(
    tmp_path: Path, name: str
) -> None:
    run, recording = _recorded(tmp_path, name)
    rules = rules_of([node.id for node in recording.graph.nodes], RunReplay(run), recording)

    assert {rule.note for rule in rules.values()} == {""}


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("name", ["Padded", "Jagged"])
def test_that_a_nested_tensor_is_the_same_in_another_pass(tmp_path: Path, name: str) -> None:
    run, recording = _recorded(tmp_path, name)
    rules = rules_of([node.id for node in recording.graph.nodes], RunReplay(run), recording)

    assert not [rule.note for rule in rules.values() if "another forward pass" in rule.note]
    assert all(line.local is not None for line in rules["n1"].lines)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Padded", "cannot be run in double precision"),
        ("Threaded", "such as in another thread"),
        ("Chosen", "cond runs operations within"),
        ("Tangent", "with its operations heard, PyTorch says"),
    ],
)
def test_that_a_pass_whose_operations_cannot_be_heard_is_compared_with_torch_alone(
    tmp_path: Path, name: str, reason: str
) -> None:
    run, recording = _recorded(tmp_path, name)
    found = _findings(run, recording)

    assert {finding.verdict for finding in found["autograd"]} == {"agrees"}
    assert {finding.verdict for finding in found["differences"]} == {"unchecked"}
    assert all(reason in finding.told for finding in found["differences"])


def test_that_a_pass_whose_gradients_torch_does_not_give_singly_says_so(tmp_path: Path) -> None:
    run, recording = _recorded(tmp_path, "Checkpointed")
    found = _findings(run, recording)

    assert {finding.verdict for finding in found["autograd"]} == {"unchecked"}
    assert all("use_reentrant=False" in finding.told for finding in found["autograd"])


def test_that_a_model_with_branches_runs_on_after_its_operations_were_heard(tmp_path: Path) -> None:
    run, recording = _recorded(tmp_path, "Chosen")
    counted = whole(CountFlops(), Inspected(recording, RunReplay(run)))
    _findings(run, recording)

    assert isinstance(counted, FlopsCounted)
    assert "within cond" in counted.note
    assert run.recording()[0] == run.recording()[0]


_QUANTIZED = (
    HEAD
    + """
from torch.ao.quantization import quantize_dynamic


def packed():
    return quantize_dynamic(nn.Sequential(nn.Linear(4, 4)), {nn.Linear})


class Half(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = packed()

    def forward(self, x):
        return self.second(self.first(x))


class Compressed(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.eye(4).to_sparse_csr())

    def forward(self, x):
        return self.weight @ x.T


def example_inputs():
    return torch.ones(2, 4)
"""
)
_OLD = "ignore:.*(quantiz|autograd kernel|Sparse CSR|deprecated)"


@pytest.mark.filterwarnings(_OLD)
def test_that_a_quantized_model_says_that_it_is_one(tmp_path: Path) -> None:
    with pytest.raises(OwnModelError, match=r"Sequential is quantized: .* Linear are integers"):
        Run(model_of(written(tmp_path, _QUANTIZED), "packed")).recording()


@pytest.mark.filterwarnings(_OLD)
def test_that_an_operation_without_a_backward_is_told_for_what_is_before_it(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, _QUANTIZED), "Half"))
    _, recording = run.recording()
    found = whole(ExplainMissing(), Inspected(recording, RunReplay(run)))

    assert isinstance(found, MissingGradients)
    told = {each.name: each.sentence for each in found.missing if each.name.startswith("first")}
    assert told.keys() == {"first.weight", "first.bias"}
    assert all("no backward for an operation" in sentence for sentence in told.values())


@pytest.mark.filterwarnings(_OLD)
def test_that_a_layout_that_an_optimizer_does_not_take_is_told(tmp_path: Path) -> None:
    trainer = Trainer(Run(model_of(written(tmp_path, _QUANTIZED), "Compressed")))
    trainer.start(Training(optimizer="adam", learning_rate=0.01, steps=1))

    with pytest.raises(SettingError, match="compressed sparse parameters"):
        trainer.advance(1.0, 1)
