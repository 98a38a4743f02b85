"""Images that a classifier is tested with, as the window shows them."""

import msgspec

from gradviz.core.graphs.tensors import Array


class ImageSet(msgspec.Struct, frozen=True, kw_only=True):
    """A classifier's data set, with some of its test images.

    Attributes:
        title: The name of the data set, `FashionMNIST in data`; shown wherever the images are.
        classes: The names of the classes in the order of their labels.
        samples: Shape (n, height, width), one byte a pixel: the first n test images.
        labels: The class of each sample.
        count, test_count: The numbers of training images and of test images.
    """

    title: str
    classes: tuple[str, ...]
    samples: Array
    labels: tuple[int, ...]
    count: int
    test_count: int
