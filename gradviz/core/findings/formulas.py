"""Derivative formulas to read: one row for each operator, by the names of its signature.

`grad` is the upstream gradient, `result` the operator's result, ⊙ the product element by element,
@ that of matrices, ᵀ the transpose, Σ a sum. Other operators have PyTorch's own formula alone.
Formulas with words are marked: they are read by programs in English, and shown by `tr`.
"""

from collections.abc import Mapping
from typing import Final

from gradviz.core.language.saying import marked

#: By the operator's name as the graph shows it, or PyTorch's name where overloads differ.
FORMULAS: Final[Mapping[str, Mapping[str, str]]] = {
    # Arithmetic
    "Add": {"self": "grad", "other": "alpha · grad"},
    "Sub": {"self": "grad", "other": "−alpha · grad"},
    "Rsub": {"self": "−alpha · grad"},
    "Mul": {"self": "grad ⊙ other", "other": "grad ⊙ self"},
    "Div": {"self": "grad / other", "other": "−grad ⊙ self / other²"},
    "DivBackward2": {"self": marked("0 where the quotient is rounded, else grad / other")},
    "DivBackward3": {"self": marked("0 where the quotient is rounded, else grad / other")},
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
    "Relu": {"self": marked("grad where result > 0, else 0")},
    "LeakyRelu": {"self": marked("grad where self > 0, else negative_slope · grad")},
    "Elu": {"self": marked("scale · grad where self > 0, else grad ⊙ (result + scale · alpha)")},
    "Gelu": {"self": marked("grad ⊙ (Φ(self) + self ⊙ φ(self)), without approximation")},
    "Silu": {"self": "grad ⊙ σ(self) ⊙ (1 + self ⊙ (1 − σ(self)))"},
    "Softplus": {"self": "grad ⊙ σ(beta · self)"},
    "LogSigmoid": {"self": "grad ⊙ (1 − σ(self))"},
    "Hardtanh": {"self": marked("grad where min < self < max, else 0")},
    "Clamp": {"self": marked("grad where min ≤ self ≤ max, else 0")},
    "ClampBackward0": {
        "self": marked("grad where min ≤ self ≤ max, else 0"),
        "min": marked("grad where self < min < max, else 0"),
        "max": marked("grad where self > max or max < min, else 0"),
    },
    "ClampMin": {"self": marked("grad where self ≥ min, else 0")},
    "ClampMax": {"self": marked("grad where self ≤ max, else 0")},
    "Where": {
        "self": marked("grad where condition, else 0"),
        "other": marked("0 where condition, else grad"),
    },
    "MaskedFill": {"self": marked("0 where mask, else grad")},
    "Maximum": {
        "self": marked("grad where self > other, grad / 2 where they are equal, else 0"),
        "other": marked("grad where other > self, grad / 2 where they are equal, else 0"),
    },
    "Minimum": {
        "self": marked("grad where self < other, grad / 2 where they are equal, else 0"),
        "other": marked("grad where other < self, grad / 2 where they are equal, else 0"),
    },
    "NativeDropout": {"input": "grad ⊙ mask / (1 − p)"},
    # Sums, means and extremes
    "Sum": {"self": marked("grad for every element of self")},
    "Nansum": {"self": marked("grad where self is not NaN, else 0")},
    "Mean": {"self": marked("grad / n for every element of self, of n")},
    "Prod": {"self": marked("grad ⊙ result / self, where no element is 0")},
    "Cumsum": {"self": marked("the sum of grad from each place on")},
    "Max": {"self": marked("grad where self is the largest, else 0")},
    "Min": {"self": marked("grad where self is the smallest, else 0")},
    "MaxBackward1": {"self": marked("grad where self is the largest, shared among equals")},
    "MinBackward1": {"self": marked("grad where self is the smallest, shared among equals")},
    "Amax": {"self": marked("grad where self is the largest, shared among equals")},
    "Amin": {"self": marked("grad where self is the smallest, shared among equals")},
    "Topk": {"self": marked("grad at the places that were chosen, else 0")},
    "Sort": {"self": marked("grad, put back in the order of self")},
    "Var": {"self": "grad · 2 (self − mean(self)) / (n − correction)"},
    "Std": {"self": "grad · (self − mean(self)) / (result · (n − correction))"},
    "LinalgVectorNorm": {"self": marked("grad ⊙ self / result (for the norm of order 2)")},
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
        "input": marked("grad convolved with the turned weight"),
        "weight": marked("input correlated with grad"),
        "bias": marked("Σ grad over batch and places"),
    },
    "NativeBatchNorm": {
        "input": marked("weight · invstd · (grad − mean(grad) − x̂ ⊙ mean(grad ⊙ x̂)), in training"),
        "weight": marked("Σ grad ⊙ x̂ over batch and places"),
        "bias": marked("Σ grad over batch and places"),
    },
    "NativeLayerNorm": {
        "input": "rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)), g = grad ⊙ weight",
        "weight": marked("Σ grad ⊙ x̂ over the rows"),
        "bias": marked("Σ grad over the rows"),
    },
    "NativeGroupNorm": {
        "input": marked("rstd · (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) in each group, g = grad ⊙ weight"),
        "weight": marked("Σ grad ⊙ x̂ over batch and places"),
        "bias": marked("Σ grad over batch and places"),
    },
    "Embedding": {"weight": marked("grad added to the rows that were looked up")},
    "MaxPool2DWithIndices": {"self": marked("grad at the largest element of each window, else 0")},
    "AvgPool2D": {"self": marked("grad / window size, for every element of the window")},
    "Softmax": {"self": "result ⊙ (grad − Σ grad ⊙ result)"},
    "SafeSoftmax": {"self": "result ⊙ (grad − Σ grad ⊙ result)"},
    "LogSoftmax": {"self": "grad − softmax(self) ⊙ Σ grad"},
    "ScaledDotProductFlashAttentionForCpu": {
        "query": "scale · dS @ key",
        "key": "scale · dSᵀ @ query",
        "value": "Pᵀ @ grad; P = softmax(S), dS = P ⊙ (grad @ valueᵀ − Σ grad ⊙ output)",
    },
    "MkldnnRnnLayer": {
        "input": marked("Σ over the steps: dgates @ weight_ih"),
        "weight0": marked("Σ over the steps: dgatesᵀ @ input"),
        "weight1": marked("Σ over the steps: dgatesᵀ @ h of the step before"),
        "weight2": marked("Σ over the steps: dgates"),
        "weight3": marked("Σ over the steps: dgates"),
        "hx_": marked("dgates @ weight_hh of the first step"),
        "cx_": marked("the gradient of the first cell state, through its forget gate"),
    },
    # Losses
    "MseLoss": {
        "self": marked("grad · 2 (self − target), / n for the mean"),
        "target": marked("the negative of it"),
    },
    "SmoothL1Loss": {
        "self": marked("grad · clamp((self − target) / beta, −1, 1), / n for the mean"),
        "target": marked("the negative of it"),
    },
    "HuberLoss": {
        "self": marked("grad · clamp(self − target, −delta, delta), / n for the mean"),
        "target": marked("the negative of it"),
    },
    "NllLoss": {
        "self": marked("−grad · weight at the target's class, / Σ weight for the mean, else 0")
    },
    "NllLoss2D": {
        "self": marked("−grad · weight at the target's class, / Σ weight for the mean, else 0")
    },
    # These two without a weight.
    "BinaryCrossEntropy": {
        "self": marked("grad · (self − target) / (self ⊙ (1 − self)), / n for the mean"),
        "target": marked("grad · (log(1 − self) − log(self)), / n for the mean"),
    },
    "BinaryCrossEntropyWithLogits": {
        "self": marked("grad · (σ(self) − target), / n for the mean"),
        "target": marked("−grad · self, / n for the mean"),
    },
    "SoftMarginLoss": {"self": marked("−grad · target ⊙ σ(−target ⊙ self), / n for the mean")},
    # Other shapes of the same numbers
    "View": {"self": marked("grad, in the shape of self")},
    "ReshapeAlias": {"self": marked("grad, in the shape of self")},
    "UnsafeView": {"self": marked("grad, in the shape of self")},
    "Expand": {"self": marked("grad, summed over what was repeated")},
    "Repeat": {"self": marked("grad, summed over what was repeated")},
    "Permute": {"self": marked("grad, with its dimensions back in order")},
    "Transpose": {"self": marked("grad, with the two dimensions exchanged again")},
    "T": {"self": marked("grad, transposed")},
    "Unsqueeze": {"self": marked("grad, without the dimension of size 1")},
    "Squeeze": {"self": marked("grad, with the dimension of size 1 again")},
    "Select": {"self": marked("grad, at the chosen place, zeros elsewhere")},
    "Slice": {"self": marked("grad, at the slice, zeros elsewhere")},
    "Index": {"self": marked("grad, added at the chosen places, zeros elsewhere")},
    "IndexSelect": {"self": marked("grad, added at the chosen places, zeros elsewhere")},
    "Gather": {"self": marked("grad, added at the places it was taken from, zeros elsewhere")},
    "Diagonal": {"self": marked("grad, on the diagonal, zeros elsewhere")},
    "Flip": {"self": marked("grad, turned back")},
    "Roll": {"self": marked("grad, rolled back")},
    "Split": {"self": marked("grad, each part at its place")},
    "UnsafeSplit": {"self": marked("grad, each part at its place")},
    "Unbind": {"self": marked("grad, each part at its place")},
    "ConstantPadNd": {"self": marked("grad, without the padding")},
    "Tril": {"self": marked("grad, below the diagonal, zeros above it")},
    "Triu": {"self": marked("grad, above the diagonal, zeros below it")},
    "Clone": {"self": marked("grad, just as it is")},
    "Alias": {"self": marked("grad, just as it is")},
    "ToCopy": {"self": marked("grad, in the dtype and on the device of self")},
    "Cat": {"tensors": marked("grad's part at the place of each")},
    "Stack": {"tensors": marked("grad's part at the place of each")},
}


#: From PyTorch 2.14 on a number that meets a bound gets no gradient, and a tensor shares it.
OPEN_BOUNDS: Final[Mapping[str, Mapping[str, str]]] = {
    "Clamp": {"self": marked("grad where min < self < max, else 0")},
    "ClampBackward0": {
        "self": marked("grad where min < self < max, grad / 2 at a bound, else 0"),
        "min": marked("grad where self < min < max, grad / 2 where self = min, else 0"),
        "max": marked("grad where self > max or max < min, grad / 2 where self = max, else 0"),
    },
    "ClampMin": {"self": marked("grad where self > min, else 0")},
    "ClampMinBackward1": {
        "self": marked("grad where self > min, grad / 2 where self = min, else 0"),
        "min": marked("grad where self < min, grad / 2 where self = min, else 0"),
    },
    "ClampMax": {"self": marked("grad where self < max, else 0")},
    "ClampMaxBackward1": {
        "self": marked("grad where self < max, grad / 2 where self = max, else 0"),
        "max": marked("grad where self > max, grad / 2 where self = max, else 0"),
    },
}


def formula_of(op: str, name: str, *, open_bounds: bool = False) -> Mapping[str, str]:
    """Return the formulas of an operator by its inputs; empty where there are none to read.

    Args:
        op: As the graph shows it, `Mul`.
        name: PyTorch's name of the backward node, `MulBackward0`.
        open_bounds: Whether a number at a bound of clamp gets no gradient.
    """
    tables = (OPEN_BOUNDS, FORMULAS) if open_bounds else (FORMULAS,)
    return next((t[key] for t in tables for key in (name, op) if key in t), {})
