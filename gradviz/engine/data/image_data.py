"""The images that the classifier learns: the user's FashionMNIST, or shapes that are drawn here."""

from pathlib import Path
from typing import Final, NamedTuple

from gradviz.core.choices.drawn_images import SHAPES, SIZE, Bytes, drawn
from gradviz.core.errors import DataError, words_of
from gradviz.core.language.saying import listed, marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.data.idx import read_images, read_labels

FASHION: Final = (
    marked("T-shirt"), marked("Trouser"), marked("Pullover"), marked("Dress"), marked("Coat"),
    marked("Sandal"), marked("Shirt"), marked("Sneaker"), marked("Bag"), marked("Ankle boot"),
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

    `folder` is the folder that the data set was read from; None for drawn shapes. Images have the
    shape (count, 28, 28), labels the shape (count,).
    """

    folder: Path | None
    classes: tuple[str, ...]
    images: Bytes
    labels: Bytes
    test_images: Bytes
    test_labels: Bytes

    @property
    def title(self) -> str:
        """Return the name of the data set, which is shown with the images."""
        if self.folder is None:
            return tr("drawn shapes, not FashionMNIST")
        return tr("FashionMNIST in {folder}", folder=self.folder.name)


def drawn_shapes() -> ImageData:
    """Return 2,000 images of shapes to learn from, and 500 others to test with."""
    (images, labels), (test_images, test_labels) = (
        drawn(count, seed) for count, seed in zip(DRAWN_COUNTS, _DRAWN_SEEDS, strict=True)
    )
    return ImageData(None, tuple(SHAPES), images, labels, test_images, test_labels)


def fashion_mnist(folder: Path) -> ImageData:
    """Return the images and labels in the four files of FashionMNIST.

    Raises:
        DataError: a file is missing or damaged, or the files do not belong together.
    """
    try:
        found = folder.is_dir()
    except OSError as error:
        told = tr("{path} cannot be read: {error}.", path=folder, error=words_of(error))
        raise DataError(told, tr("Allow reading it.")) from error
    if not found:
        raise DataError(
            tr("There is no folder {folder}.", folder=folder),
            tr("Choose the one with FashionMNIST's files."),
        )
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise DataError(
            tr("{folder} lacks {files}.", folder=folder, files=listed(missing)),
            tr("Choose the folder with FashionMNIST's four files, or none to learn drawn shapes."),
        )
    paths = [folder / name for name in FILES]
    parts: list[Bytes] = []
    for images_path, labels_path in (paths[:2], paths[2:]):
        images, labels = read_images(images_path), read_labels(labels_path)
        _check(images, labels, images_path.name, labels_path.name)
        parts += [images, labels]
    return ImageData(folder, FASHION, *parts)


def _check(images: Bytes, labels: Bytes, images_name: str, labels_name: str) -> None:
    if images.shape[1:] != (SIZE, SIZE):
        height, width = images.shape[1:]
        raise DataError(
            tr(
                "{file} has images of {width} × {height} pixels, not of {size} × {size}.",
                file=images_name,
                width=width,
                height=height,
                size=SIZE,
            ),
            tr("Take the file of that name as FashionMNIST has it."),
        )
    if len(images) != len(labels):
        raise DataError(
            tr(
                "{images_file} has {images}, and {labels_file} {labels}.",
                images_file=images_name,
                images=tr_n(
                    "{shown} images", "{shown} image", len(images), shown=counted(len(images))
                ),
                labels_file=labels_name,
                labels=tr_n(
                    "{shown} labels", "{shown} label", len(labels), shown=counted(len(labels))
                ),
            ),
            tr("Take both files from the same place."),
        )
    if labels.max() >= len(FASHION):
        raise DataError(
            tr(
                "{file} has a label {label}; there are {classes} classes.",
                file=labels_name,
                label=int(labels.max()),
                classes=len(FASHION),
            ),
            tr("Take the file of that name as FashionMNIST has it."),
        )
