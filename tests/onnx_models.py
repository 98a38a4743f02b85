"""ONNX files as programs export them, for the tests."""

from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def block(number: int) -> list[Any]:
    """Return a residual layer, its operators named after modules as PyTorch's exporter does."""
    path, given = f"/layers/layers.{number}", "x" if number == 0 else f"add{number - 1}"
    weight = f"layers.{number}.attn.weight"
    return [
        helper.make_node("MatMul", [given, weight], [f"mul{number}"], name=f"{path}/attn/MatMul"),
        helper.make_node("Relu", [f"mul{number}"], [f"relu{number}"], name=f"{path}/Relu_1"),
        helper.make_node("Add", [given, f"relu{number}"], [f"add{number}"], name=f"{path}/Add"),
    ]


def residual(layers: int = 3) -> Any:
    """Return a model of some residual layers, whose batch may have any size."""
    weights = [
        numpy_helper.from_array(
            np.arange(16, dtype=np.float32).reshape(4, 4) + each, f"layers.{each}.attn.weight"
        )
        for each in range(layers)
    ]
    nodes = [node for each in range(layers) for node in block(each)]
    nodes.append(helper.make_node("Softmax", [f"add{layers - 1}"], ["y"], name="/Softmax", axis=-1))
    return model_of(
        nodes,
        inputs=[helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 4])],
        outputs=[helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        initializers=weights,
    )


def model_of(
    nodes: list[Any],
    inputs: list[Any],
    outputs: list[Any],
    initializers: list[Any] | None = None,
) -> Any:
    """Return a model of these parts."""
    graph = helper.make_graph(nodes, "main", inputs, outputs, initializers or [])
    return helper.make_model(
        graph, producer_name="tests", opset_imports=[helper.make_opsetid("", 17)]
    )


def saved(model: Any, path: Path) -> Path:
    """Write a model, and return its path."""
    path.write_bytes(model.SerializeToString())
    return path
