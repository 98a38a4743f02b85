"""Derivative formulas to read: one row for each operator, by the names of its signature.

`grad` is the upstream gradient, `result` the operator's result, ⊙ the product element by element,
@ that of matrices, ᵀ the transpose, Σ a sum. Other operators have PyTorch's own formula alone.
"""

from collections.abc import Mapping
from typing import Final

#: By the operator's name as the graph shows it, or PyTorch's name where overloads differ.
FORMULAS: Final[Mapping[str, Mapping[str, str]]] = {
    # Arithmetic
    "Add": {"self": "grad", "other": "alpha · grad"},
    "Sub": {"self": "grad", "other": "−alpha · grad"},
    "Rsub": {"self": "−alpha · grad"},
    "Mul": {"self": "grad ⊙ other", "other": "grad ⊙ self"},
    "Div": {"self": "grad / other", "other": "−grad ⊙ self / other²"},
    "DivBackward2": {"self": "0 where the quotient is rounded, else grad / other"},
    "DivBackward3": {"self": "0 where the quotient is rounded, else grad / other"},
    "Remainder": {"self": "grad", "other": "−grad ⊙ floor(self / other)"},
    "Atan2": {
        "self": "grad ⊙ other / (self² + other²)",
        "other": "−grad ⊙ self / (self² + other²)",
    },
    "Neg": {"self": "−grad"},
    "PowBackward0": {"self": "grad ⊙ exponent · self^(exponent − 1)"},
    "PowBackward1": {
        "self": "grad ⊙ exponent ⊙ self^(exponent − 1)",
        "exponent": "grad ⊙ result ⊙ log(self)",
    },
    "PowBackward2": {"exponent": "grad ⊙ result · log(self)"},
    "Reciprocal": {"self": "−grad ⊙ result²"},
    "Addcmul": {
        "self": "grad",
        "tensor1": "value · grad ⊙ tensor2",
        "tensor2": "value · grad ⊙ tensor1",
    },
    "Lerp": {"self": "grad ⊙ (1 − weight)", "end": "grad ⊙ weight"},
    # Functions of each element
    "Abs": {"self": "grad ⊙ sign(self)"},
    "Sign": {"self": "0"},
    "Exp": {"self": "grad ⊙ result"},
    "Log": {"self": "grad / self"},
    "Log1P": {"self": "grad / (1 + self)"},
    "Sqrt": {"self": "grad / (2 · result)"},
    "Rsqrt": {"self": "−½ · grad ⊙ result³"},
    "Sin": {"self": "grad ⊙ cos(self)"},
    "Cos": {"self": "−grad ⊙ sin(self)"},
    "Tan": {"self": "grad ⊙ (1 + result²)"},
    "Atan": {"self": "grad / (1 + self²)"},
    "Sinh": {"self": "grad ⊙ cosh(self)"},
    "Cosh": {"self": "grad ⊙ sinh(self)"},
    "Tanh": {"self": "grad ⊙ (1 − result²)"},
    "Erf": {"self": "grad ⊙ 2/√π · exp(−self²)"},
    "Sigmoid": {"self": "grad ⊙ result ⊙ (1 − result)"},
    "Relu": {"self": "grad where result > 0, else 0"},
    "LeakyRelu": {"self": "grad where self > 0, else negative_slope · grad"},
    "Elu": {"self": "scale · grad where self > 0, else grad ⊙ (result + scale · alpha)"},
    "Gelu": {"self": "grad ⊙ (Φ(self) + self ⊙ φ(self)), without approximation"},
    "Silu": {"self": "grad ⊙ σ(self) ⊙ (1 + self ⊙ (1 − σ(self)))"},
    "Softplus": {"self": "grad ⊙ σ(beta · self)"},
    "LogSigmoid": {"self": "grad ⊙ (1 − σ(self))"},
    "Hardtanh": {"self": "grad where min < self < max, else 0"},
    "Clamp": {"self": "grad where min ≤ self ≤ max, else 0"},
    "ClampBackward0": {
        "self": "grad where min ≤ self ≤ max, else 0",
        "min": "grad where self < min < max, else 0",
        "max": "grad where self > max or max < min, else 0",
    },
    "ClampMin": {"self": "grad where self ≥ min, else 0"},
    "ClampMax": {"self": "grad where self ≤ max, else 0"},
    "Where": {"self": "grad where condition, else 0", "other": "0 where condition, else grad"},
    "MaskedFill": {"self": "0 where mask, else grad"},
    "Maximum": {
        "self": "grad where self > other, grad / 2 where they are equal, else 0",
        "other": "grad where other > self, grad / 2 where they are equal, else 0",
    },
    "Minimum": {
        "self": "grad where self < other, grad / 2 where they are equal, else 0",
        "other": "grad where other < self, grad / 2 where they are equal, else 0",
    },
    "NativeDropout": {"input": "grad ⊙ mask / (1 − p)"},
    # Sums, means and extremes
    "Sum": {"self": "grad for every element of self"},
    "Nansum": {"self": "grad where self is not NaN, else 0"},
    "Mean": {"self": "grad / n for every element of self, of n"},
    "Prod": {"self": "grad ⊙ result / self, where no element is 0"},
    "Cumsum": {"self": "the sum of grad from each place on"},
    "Max": {"self": "grad where self is the largest, else 0"},
    "Min": {"self": "grad where self is the smallest, else 0"},
    "MaxBackward1": {"self": "grad where self is the largest, shared among equals"},
    "MinBackward1": {"self": "grad where self is the smallest, shared among equals"},
    "Amax": {"self": "grad where self is the largest, shared among equals"},
    "Amin": {"self": "grad where self is the smallest, shared among equals"},
    "Topk": {"self": "grad at the places that were chosen, else 0"},
    "Sort": {"self": "grad, put back in the order of self"},
    "Var": {"self": "grad · 2 (self − mean(self)) / (n − correction)"},
    "Std": {"self": "grad · (self − mean(self)) / (result · (n − correction))"},
    "LinalgVectorNorm": {"self": "grad ⊙ self / result (for the norm of order 2)"},
    "Logsumexp": {"self": "grad ⊙ softmax(self)"},
    # Matrices
    "Mm": {"self": "grad @ mat2ᵀ", "mat2": "selfᵀ @ grad"},
    "Addmm": {
        "self": "beta · grad",
        "mat1": "alpha · grad @ mat2ᵀ",
        "mat2": "alpha · mat1ᵀ @ grad",
    },
    "Bmm": {"self": "grad @ mat2ᵀ", "mat2": "selfᵀ @ grad"},
    "Baddbmm": {
        "self": "beta · grad",
        "batch1": "alpha · grad @ batch2ᵀ",
        "batch2": "alpha · batch1ᵀ @ grad",
    },
    "Mv": {"self": "grad ⊗ vec", "vec": "selfᵀ @ grad"},
    "Dot": {"self": "grad · tensor", "tensor": "grad · self"},
    # Layers
    "Convolution": {
        "input": "grad convolved with the turned weight",
        "weight": "input correlated with grad",
        "bias": "Σ grad over batch and places",
    },
    "NativeBatchNorm": {
        "input": "weight · invstd · (grad − mean(grad) − x̂ ⊙ mean(grad ⊙ x̂)), in training",
        "weight": "Σ grad ⊙ x̂ over batch and places",
        "bias": "Σ grad over batch and places",
    },
    "NativeLayerNorm": {
        "input": "rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)), g = grad ⊙ weight",
        "weight": "Σ grad ⊙ x̂ over the rows",
        "bias": "Σ grad over the rows",
    },
    "NativeGroupNorm": {
        "input": "rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) in each group, g = grad ⊙ weight",
        "weight": "Σ grad ⊙ x̂ over batch and places",
        "bias": "Σ grad over batch and places",
    },
    "Embedding": {"weight": "grad added to the rows that were looked up"},
    "MaxPool2DWithIndices": {"self": "grad at the largest element of each window, else 0"},
    "AvgPool2D": {"self": "grad / window size, for every element of the window"},
    "Softmax": {"self": "result ⊙ (grad − Σ grad ⊙ result)"},
    "SafeSoftmax": {"self": "result ⊙ (grad − Σ grad ⊙ result)"},
    "LogSoftmax": {"self": "grad − softmax(self) ⊙ Σ grad"},
    "ScaledDotProductFlashAttentionForCpu": {
        "query": "scale · dS @ key",
        "key": "scale · dSᵀ @ query",
        "value": "Pᵀ @ grad; P = softmax(S), dS = P ⊙ (grad @ valueᵀ − Σ grad ⊙ output)",
    },
    "MkldnnRnnLayer": {
        "input": "Σ over the steps: dgates @ weight_ih",
        "weight0": "Σ over the steps: dgatesᵀ @ input",
        "weight1": "Σ over the steps: dgatesᵀ @ h of the step before",
        "weight2": "Σ over the steps: dgates",
        "weight3": "Σ over the steps: dgates",
        "hx_": "dgates @ weight_hh of the first step",
        "cx_": "the gradient of the first cell state, through its forget gate",
    },
    # Losses
    "MseLoss": {
        "self": "grad · 2 (self − target), / n for the mean",
        "target": "the negative of it",
    },
    "SmoothL1Loss": {
        "self": "grad · clamp((self − target) / beta, −1, 1), / n for the mean",
        "target": "the negative of it",
    },
    "HuberLoss": {
        "self": "grad · clamp(self − target, −delta, delta), / n for the mean",
        "target": "the negative of it",
    },
    "NllLoss": {"self": "−grad · weight at the target's class, / Σ weight for the mean, else 0"},
    "NllLoss2D": {"self": "−grad · weight at the target's class, / Σ weight for the mean, else 0"},
    # These two without a weight.
    "BinaryCrossEntropy": {
        "self": "grad · (self − target) / (self ⊙ (1 − self)), / n for the mean",
        "target": "grad · (log(1 − self) − log(self)), / n for the mean",
    },
    "BinaryCrossEntropyWithLogits": {
        "self": "grad · (σ(self) − target), / n for the mean",
        "target": "−grad · self, / n for the mean",
    },
    "SoftMarginLoss": {"self": "−grad · target ⊙ σ(−target ⊙ self), / n for the mean"},
    # Other shapes of the same numbers
    **{
        name: {"self": f"grad, {what}"}
        for name, what in {
            "View": "in the shape of self",
            "ReshapeAlias": "in the shape of self",
            "UnsafeView": "in the shape of self",
            "Expand": "summed over what was repeated",
            "Repeat": "summed over what was repeated",
            "Permute": "with its dimensions back in order",
            "Transpose": "with the two dimensions exchanged again",
            "T": "transposed",
            "Unsqueeze": "without the dimension of size 1",
            "Squeeze": "with the dimension of size 1 again",
            "Select": "at the chosen place, zeros elsewhere",
            "Slice": "at the slice, zeros elsewhere",
            "Index": "added at the chosen places, zeros elsewhere",
            "IndexSelect": "added at the chosen places, zeros elsewhere",
            "Gather": "added at the places it was taken from, zeros elsewhere",
            "Diagonal": "on the diagonal, zeros elsewhere",
            "Flip": "turned back",
            "Roll": "rolled back",
            "Split": "each part at its place",
            "UnsafeSplit": "each part at its place",
            "Unbind": "each part at its place",
            "ConstantPadNd": "without the padding",
            "Tril": "below the diagonal, zeros above it",
            "Triu": "above the diagonal, zeros below it",
            "Clone": "just as it is",
            "Alias": "just as it is",
            "ToCopy": "in the dtype and on the device of self",
        }.items()
    },
    "Cat": {"tensors": "grad's part at the place of each"},
    "Stack": {"tensors": "grad's part at the place of each"},
}


def formula_of(op: str, name: str) -> Mapping[str, str]:
    """Return the formulas of an operator by its inputs; empty where there are none to read.

    Args:
        op: As the graph shows it, `Mul`.
        name: PyTorch's name of the backward node, `MulBackward0`.
    """
    return FORMULAS.get(name) or FORMULAS.get(op, {})
