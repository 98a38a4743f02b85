"""`gradviz.make_dot` beside torchviz's: the same digraphs, and the wishes of torchviz's users."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import graphviz
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torchviz_dots import edges, labels, statements, torchviz_make_dot

import gradviz

_torchviz = torchviz_make_dot()


def _mlp() -> nn.Sequential:
    model = nn.Sequential()
    model.add_module("W0", nn.Linear(8, 16))
    model.add_module("tanh", nn.Tanh())
    model.add_module("W1", nn.Linear(16, 1))
    return model


def _double_backprop(inputs: torch.Tensor, net: nn.Module) -> torch.Tensor:
    y = net(inputs).mean()
    (grad,) = torch.autograd.grad(y, inputs, create_graph=True, retain_graph=True)
    found: torch.Tensor = grad.pow(2).mean() + y
    return found


def _alexnet() -> nn.Module:
    """Return AlexNet's layers, fewer of each."""
    return nn.Sequential(
        *(nn.Conv2d(3, 4, 11, 4, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(4, 6, 5, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(6, 4, 3, padding=1), nn.ReLU(inplace=True)),
        *(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((2, 2))),
        *(nn.Flatten(), nn.Dropout(), nn.Linear(16, 8), nn.ReLU(inplace=True), nn.Linear(8, 5)),
    )


def _with_x(model: nn.Module, x: torch.Tensor) -> dict[str, torch.Tensor]:
    return dict([*model.named_parameters(), ("x", x)])


def _readme() -> tuple[Any, dict[str, Any]]:
    model = _mlp()
    return model(torch.randn(1, 8)).mean(), {"params": dict(model.named_parameters())}


def _notebook_mlp() -> tuple[Any, dict[str, Any]]:
    model = _mlp()
    return model(torch.randn(1, 8)), {"params": dict(model.named_parameters())}


def _test_double() -> tuple[Any, dict[str, Any]]:
    model, x = _mlp(), torch.randn(1, 8).requires_grad_(True)
    return _double_backprop(x, model), {"params": _with_x(model, x)}


def _test_lstm() -> tuple[Any, dict[str, Any]]:
    cell = nn.LSTMCell(128, 128)
    return cell(torch.randn(1, 128)), {"params": dict(cell.named_parameters())}


def _notebook_alexnet() -> tuple[Any, dict[str, Any]]:
    model, x = _alexnet(), torch.randn(1, 3, 67, 67).requires_grad_(True)
    return model(x), {"params": _with_x(model, x)}


def _notebook_alexnet_double() -> tuple[Any, dict[str, Any]]:
    model, x = _alexnet(), torch.randn(1, 3, 67, 67).requires_grad_(True)
    return _double_backprop(x, model), {"params": _with_x(model, x)}


def _without_names() -> tuple[Any, dict[str, Any]]:
    return _mlp()(torch.randn(1, 8)), {}


def _view() -> tuple[Any, dict[str, Any]]:
    base = torch.ones(4, requires_grad=True) * 2
    return base.view(2, 2), {}


@pytest.mark.parametrize(
    "shown",
    [{}, {"show_attrs": True}, {"show_attrs": True, "show_saved": True}, {"max_attr_chars": 5}],
)
@pytest.mark.parametrize(
    "example",
    [
        *(_readme, _notebook_mlp, _test_double, _test_lstm, _notebook_alexnet),
        *(_notebook_alexnet_double, _without_names, _view),
    ],
)
def test_that_torchviz_draws_the_same_node_for_node_and_edge_for_edge(
    example: Callable[[], tuple[Any, dict[str, Any]]], shown: Mapping[str, Any]
) -> None:
    var, options = example()
    drawn = gradviz.make_dot(var, **options, **shown)
    expected = _torchviz(var, **options, **shown)
    assert statements(drawn) == statements(expected)
    assert isinstance(drawn, graphviz.Digraph)
    assert (drawn.node_attr, drawn.graph_attr) == (expected.node_attr, expected.graph_attr)


_OPERATIONS: Mapping[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "sin": lambda one, _: one.sin(),
    "exp": lambda one, _: one.exp(),
    "mul": lambda one, other: one * other,
    "add": lambda one, other: one + other,
    "view": lambda one, _: one.view(2, 2),
    "cat": lambda one, other: torch.cat([one, other])[:2],
}


@settings(max_examples=30, deadline=None)
@given(
    operations=st.lists(st.sampled_from(sorted(_OPERATIONS)), max_size=12),
    seed=st.integers(0, 100),
)
def test_that_torchviz_draws_any_graph_the_same(operations: list[str], seed: int) -> None:
    torch.manual_seed(seed)
    tensors = [torch.randn(2, 2, requires_grad=True) for _ in range(2)]
    for operation in operations:
        one, other = (tensors[int(torch.randint(len(tensors), ()))] for _ in range(2))
        tensors.append(_OPERATIONS[operation](one, other))
    var = tuple(tensors[-2:])
    names = {"a": tensors[0], "last": tensors[-1]}
    for shown in ({}, {"show_attrs": True, "show_saved": True}):
        drawn, expected = (draw(var, names, **shown) for draw in (gradviz.make_dot, _torchviz))
        assert statements(drawn) == statements(expected)


def test_that_the_signature_is_torchvizs() -> None:
    a = torch.ones(1, requires_grad=True)
    drawn = gradviz.make_dot(a * 2, {"a": a}, True, True, 50)
    assert statements(drawn)


@dataclass
class _Result:
    logits: torch.Tensor
    hidden: tuple[torch.Tensor, ...]


@pytest.mark.parametrize(
    ("nest", "expected"),
    [
        (lambda one, other: (one, other), ["\n (2)", "\n (3)"]),
        (lambda one, other: [one, other], ["\n (2)", "\n (3)"]),
        (lambda one, other: {"one": one, "more": [other]}, ["one\n (2)", "more[0]\n (3)"]),
        (lambda one, other: _Result(one, (other,)), ["logits\n (2)", "hidden[0]\n (3)"]),
        (lambda one, other: (one, (other, None)), ["\n (2)", "\n (3)"]),
        (lambda one, other: OrderedDict(a=one, b=other), ["a\n (2)", "b\n (3)"]),
    ],
)
def test_that_outputs_in_any_nesting_are_drawn_with_their_names(
    nest: Callable[[torch.Tensor, torch.Tensor], Any], expected: list[str]
) -> None:
    one, other = (torch.ones(size, requires_grad=True).exp() for size in (2, 3))
    drawn = gradviz.make_dot(nest(one, other))
    assert labels(drawn, "darkolivegreen1") == expected


def test_that_a_module_names_its_parameters_itself() -> None:
    model = _mlp()
    y = model(torch.ones(1, 8))
    named = statements(gradviz.make_dot(y, params=dict(model.named_parameters())))
    assert statements(gradviz.make_dot(y, params=model)) == named
    assert statements(gradviz.make_dot(y, params=model.named_parameters())) == named


def test_that_a_deep_graph_meets_no_recursion_limit() -> None:
    cell = nn.LSTMCell(2, 2)
    h = c = torch.zeros(1, 2)
    for _ in range(1000):
        h, c = cell(torch.ones(1, 2), (h, c))
    with pytest.raises(RecursionError):
        _torchviz(h)
    drawn = gradviz.make_dot(h, params=cell, show_attrs=True, show_saved=True)
    assert sum("AccumulateGrad" in label for label in labels(drawn)) == 4


class _Saves(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        ctx.save_for_backward(x, mask)
        return x * 2

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> Any:
        return gradients[0] * 2, None


def test_that_a_saved_tensor_that_is_none_has_no_box() -> None:
    x = torch.ones(3, requires_grad=True)
    drawn = gradviz.make_dot(_Saves.apply(x * 1, None))  # type: ignore[no-untyped-call]
    assert labels(drawn, "orange") == ["\n (3)"]


def test_that_a_saved_tensor_is_never_merged_into_its_parameter() -> None:
    a = torch.ones(3, requires_grad=True)
    drawn = gradviz.make_dot(a * a, params={"a": a}, show_saved=True)
    assert labels(drawn, "lightblue") == ["a\n (3)"]
    assert sorted(labels(drawn, "orange")) == ["other = a\n (3)", "self = a\n (3)"]
    own = gradviz.make_dot(_Saves.apply(a, a), params={"a": a})  # type: ignore[no-untyped-call]
    assert labels(own, "lightblue") == ["a\n (3)"]
    assert labels(own, "orange") == ["a\n (3)", "a\n (3)"]


def test_that_the_base_of_a_view_is_drawn_with_a_dotted_edge() -> None:
    base = torch.ones(4, requires_grad=True).exp()
    drawn = gradviz.make_dot(base.view(2, 2)[0], params={"base": base})
    assert labels(drawn, "darkolivegreen3") == ["base\n (4)"]
    assert edges(drawn, "style=dotted") == 1


def test_that_inputs_and_outputs_have_the_names_that_are_given() -> None:
    x = torch.ones(2, requires_grad=True)
    plain = torch.full((2,), 3.0)
    y = x * plain
    drawn = gradviz.make_dot(y, params={"x": x, "plain": plain, "y": y}, show_saved=True)
    assert labels(drawn, "lightblue") == ["x\n (2)"]
    assert labels(drawn, "darkolivegreen1") == ["y\n (2)"]
    assert labels(drawn, "orange") == ["other = plain\n (2)"]


def test_that_a_leaf_without_a_name_has_its_shape() -> None:
    a = torch.ones(2, 3, requires_grad=True)
    other = torch.ones(2, 3)
    drawn = gradviz.make_dot(a.sum(), params={"an equal one": other})
    assert labels(drawn, "lightblue") == ["\n (2, 3)"]


def test_that_the_page_grows_with_its_content_and_has_at_least_twelve_inches() -> None:
    x = torch.ones(1, requires_grad=True)
    sizes = []
    for _ in range(3):
        sizes.append(float(gradviz.make_dot(x).graph_attr["size"].partition(",")[0]))
        for _ in range(100):
            x = x.exp()
    assert sizes[0] == 12
    assert sizes[1] < sizes[2]


def test_that_a_freed_graph_is_drawn_with_a_word_in_place_of_what_is_gone() -> None:
    a = torch.ones(2, requires_grad=True)
    output = (a.exp() * a).sum()
    torch.autograd.backward(output)
    drawn = gradviz.make_dot(output, show_attrs=True, show_saved=True)
    assert "[released]" in "".join(labels(drawn))
    own = _Saves.apply(a, None).sum()  # type: ignore[no-untyped-call]
    torch.autograd.backward(own)
    assert labels(gradviz.make_dot(own), "orange") == []


def test_that_names_are_shown_as_they_are_written() -> None:
    a = torch.ones(1, requires_grad=True)
    drawn = gradviz.make_dot(a * 2, params={'say "a\\b" <b>': a})
    assert "say &quot;a\\b&quot; &lt;b&gt;" in drawn.pipe("svg", encoding="utf-8")


@pytest.mark.parametrize(
    ("var", "params", "told"),
    [
        (None, None, "no tensor to draw in this NoneType"),
        ([], None, "no tensor to draw in this list"),
        (_mlp(), None, "no tensor to draw in this Sequential"),
        (torch.ones(1), 3, "There is no tensor in params"),
    ],
)
def test_that_input_that_cannot_be_drawn_is_refused_in_words(
    var: Any, params: Any, told: str
) -> None:
    with pytest.raises(gradviz.GradvizError, match=told):
        gradviz.make_dot(var, params)


def test_that_a_trace_is_refused_with_what_to_use() -> None:
    with pytest.raises(NotImplementedError, match=r"Use gradviz\.make_dot") as raised:
        gradviz.make_dot_from_trace(object())
    assert isinstance(raised.value, gradviz.GradvizError)


@pytest.fixture
def without_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no program on the path."""
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def drawn() -> graphviz.Digraph:
    a = torch.ones(2, requires_grad=True)
    return gradviz.make_dot(a.exp(), params={"a": a})


_BEGINS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.usefixtures("without_dot")
@pytest.mark.parametrize("form", _BEGINS)
def test_that_a_picture_is_piped_where_no_graphviz_is_installed(
    drawn: graphviz.Digraph, form: str
) -> None:
    assert drawn.pipe(format=form).startswith(_BEGINS[form])


@pytest.mark.usefixtures("without_dot")
@pytest.mark.parametrize("form", _BEGINS)
def test_that_a_picture_is_rendered_where_no_graphviz_is_installed(
    drawn: graphviz.Digraph, form: str, tmp_path: Path
) -> None:
    path = Path(drawn.render(tmp_path / "graph", format=form))
    assert path == tmp_path / f"graph.{form}"
    assert path.read_bytes().startswith(_BEGINS[form])
    assert (tmp_path / "graph").read_text(encoding="utf-8") == drawn.source


@pytest.mark.usefixtures("without_dot")
def test_that_the_options_of_render_are_kept_where_no_graphviz_is_installed(
    drawn: graphviz.Digraph, tmp_path: Path
) -> None:
    drawn.format = "svg"
    assert drawn.render("own", directory=tmp_path, cleanup=True) == str(tmp_path / "own.svg")
    assert drawn.render(outfile=tmp_path / "other.png") == str(tmp_path / "other.png")
    assert {each.name for each in tmp_path.iterdir()} == {"own.svg", "other.png", "other.gv"}
    with pytest.raises(graphviz.FileExistsError):
        drawn.render(outfile=tmp_path / "other.png", raise_if_result_exists=True)
    with pytest.raises(gradviz.GradvizError, match="could not draw this as xlib"):
        drawn.pipe(format="xlib")


@pytest.mark.usefixtures("without_dot")
def test_that_a_graphviz_that_crashes_leaves_the_program_alone(
    drawn: graphviz.Digraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = (sys.executable, "-c", "import sys; sys.exit(11)")
    monkeypatch.setattr("gradviz.api.drawn_dot._COMMAND", command)
    with pytest.raises(gradviz.GradvizError, match=r"ended with code 11.*Use svg, png or pdf"):
        drawn.pipe(format="svg")


@pytest.mark.usefixtures("without_dot")
def test_that_a_notebook_gets_its_picture_where_no_graphviz_is_installed(
    drawn: graphviz.Digraph,
) -> None:
    (picture,) = drawn._repr_mimebundle_().values()
    assert "<svg" in picture


def test_that_a_graphviz_that_is_installed_draws(
    drawn: graphviz.Digraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "dot"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.stdout.write('drawn by it')\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert drawn.pipe(format="svg") == b"drawn by it"
