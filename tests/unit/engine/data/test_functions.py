"""The custom Function: its values and its hand-written derivative."""

import torch
from torch.autograd import gradcheck

from gradviz.engine.data.functions import legendre_p3


def test_that_p3_is_the_legendre_polynomial_of_degree_three() -> None:
    x = torch.linspace(-1, 1, 21, dtype=torch.float64)
    expected = torch.special.legendre_polynomial_p(x, 3)
    assert torch.allclose(legendre_p3(x), expected)


def test_that_the_written_derivative_is_the_true_one() -> None:
    x = torch.linspace(-2, 2, 9, dtype=torch.float64, requires_grad=True)
    assert gradcheck(legendre_p3, (x,))
