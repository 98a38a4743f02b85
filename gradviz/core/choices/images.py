"""Images that a classifier is tested with, as the window shows them."""

import msgspec

from gradviz.core.graphs.tensors import Array


class ImageSet(msgspec.Struct, frozen=True, kw_only=True):
    """What a classifier learns from, with some of the images that it is tested with.

    Attributes:
        title: What the images are, `FashionMNIST in data`; it is told wherever they are shown.
        classes: The names of the classes in the order of their labels.
        samples: Shape (n, height, width), one byte a pixel: the first n images of the test.
        labels: The class of each sample.
        count, test_count: How many images there are to learn from, and to test with.
    """

    title: str
    classes: tuple[str, ...]
    samples: Array
    labels: tuple[int, ...]
    count: int
    test_count: int
