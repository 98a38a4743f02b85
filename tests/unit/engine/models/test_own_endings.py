"""An order to end, raised by the user's code, ends nothing and is told with its line."""

from pathlib import Path

import pytest
from own_models import HEAD, model_of, refused, written

from gradviz.engine.machine import Machine
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import BuildModel

ENDINGS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit")


def net(forward: str, top: str = "") -> str:
    return (
        HEAD
        + f"""
def ends(*_):
    {forward}
{top}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
    def forward(self, x):
        y = self.layer(x)
        BODY
        return y
def example_inputs():
    return torch.ones(3, 2)
"""
    )


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("body", ["ends()", "y.register_hook(ends)"])
def test_that_an_ending_in_forward_or_hook_is_told_with_its_line(
    tmp_path: Path, ending: str, body: str
) -> None:
    path = written(tmp_path, net(f"raise {ending}('over')").replace("BODY", body))
    failed = refused(model_of(path))
    assert failed.subject == "model"
    assert f"raised {ending}: over in line 6 of net.py." in failed.message
    assert failed.hint


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_an_ending_at_import_is_told_with_its_line(tmp_path: Path, ending: str) -> None:
    content = net(f"raise {ending}", top="ends()").replace("BODY", "pass")
    failed = refused(model_of(written(tmp_path, content)))
    assert f"The file raised {ending} in line 6 of net.py." in failed.message


def test_that_ctrl_c_in_the_midst_of_forward_is_no_failure_of_the_model(tmp_path: Path) -> None:
    content = net("import signal; signal.raise_signal(signal.SIGINT)").replace("BODY", "ends()")
    with pytest.raises(KeyboardInterrupt) as raised:
        list(Machine().handle(BuildModel(1, model_of(written(tmp_path, content)))))
    assert not is_of_model(raised.value)


def test_that_the_hooks_are_named_where_one_forbids_a_change_in_place(tmp_path: Path) -> None:
    body = "self.layer.register_full_backward_hook(ends); y = nn.ReLU(inplace=True)(self.layer(x))"
    failed = refused(model_of(written(tmp_path, net("pass").replace("BODY", body))))
    assert "in line 14 of net.py" in failed.message
    assert "inplace=False" in failed.hint
    assert "ends of layer" in failed.hint
