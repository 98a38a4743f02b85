"""NumPy's own format for one array, written piece by piece."""

from io import BytesIO

import numpy as np


def npy_header(dtype: np.dtype[np.generic], shape: tuple[int, ...]) -> bytes:
    """Return the bytes that `numpy.save` writes before the elements in C order."""
    stream = BytesIO()
    description = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False}
    np.lib.format.write_array_header_1_0(stream, {**description, "shape": shape})
    return stream.getvalue()
