"""The images that the classifier learns: the user's FashionMNIST, or shapes that are drawn here."""

from pathlib import Path
from typing import Final, NamedTuple

from gradviz.core.choices.drawn_images import SHAPES, SIZE, Bytes, drawn
from gradviz.core.errors import DataError, words_of
from gradviz.core.number_text import counted
from gradviz.engine.data.idx import read_images, read_labels

FASHION: Final = (
    "T-shirt", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip
FILES: Final = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
#: How many shapes are drawn to learn from and to test with, and from which seeds.
DRAWN_COUNTS: Final = (2000, 500)
_DRAWN_SEEDS: Final = (1, 2)


class ImageData(NamedTuple):
    """Training images and test images.

    `title` is the name of the data set, which is shown with the images. Images have the shape
    (count, 28, 28), labels the shape (count,).
    """

    title: str
    classes: tuple[str, ...]
    images: Bytes
    labels: Bytes
    test_images: Bytes
    test_labels: Bytes


def drawn_shapes() -> ImageData:
    """Return 2,000 images of shapes to learn from, and 500 others to test with."""
    (images, labels), (test_images, test_labels) = (
        drawn(count, seed) for count, seed in zip(DRAWN_COUNTS, _DRAWN_SEEDS, strict=True)
    )
    title = "drawn shapes, not FashionMNIST"
    return ImageData(title, tuple(SHAPES), images, labels, test_images, test_labels)


def fashion_mnist(folder: Path) -> ImageData:
    """Return the images and labels in the four files of FashionMNIST.

    Raises:
        DataError: a file is missing or damaged, or the files do not belong together.
    """
    try:
        found = folder.is_dir()
    except OSError as error:
        told = f"{folder} cannot be read: {words_of(error)}."
        raise DataError(told, "Allow reading it.") from error
    if not found:
        raise DataError(
            f"There is no folder {folder}.", "Choose the one with FashionMNIST's files."
        )
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise DataError(
            f"{folder} lacks {', '.join(missing)}.",
            "Choose the folder with FashionMNIST's four files, or none to learn drawn shapes.",
        )
    paths = [folder / name for name in FILES]
    parts: list[Bytes] = []
    for images_path, labels_path in (paths[:2], paths[2:]):
        images, labels = read_images(images_path), read_labels(labels_path)
        _check(images, labels, images_path.name, labels_path.name)
        parts += [images, labels]
    return ImageData(f"FashionMNIST in {folder.name}", FASHION, *parts)


def _check(images: Bytes, labels: Bytes, images_name: str, labels_name: str) -> None:
    if images.shape[1:] != (SIZE, SIZE):
        height, width = images.shape[1:]
        raise DataError(
            f"{images_name} has images of {width} × {height} pixels, not of {SIZE} × {SIZE}.",
            "Take the file of that name as FashionMNIST has it.",
        )
    if len(images) != len(labels):
        raise DataError(
            f"{images_name} has {counted(len(images))} images, "
            f"and {labels_name} {counted(len(labels))} labels.",
            "Take both files from the same place.",
        )
    if labels.max() >= len(FASHION):
        raise DataError(
            f"{labels_name} has a label {labels.max()}; there are {len(FASHION)} classes.",
            "Take the file of that name as FashionMNIST has it.",
        )
