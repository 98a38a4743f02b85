"""Points that are drawn for networks of two inputs."""

import numpy as np
import pytest

from gradviz.core.choices.drawn_points import PLANES, drawn
from gradviz.core.choices.plane_targets import checked_plane, plane_named, suited_data
from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError


@pytest.mark.parametrize("name", PLANES)
def test_that_a_seed_draws_the_same_points_of_every_class_equally_often(name: str) -> None:
    points, labels = drawn(name, 300, 0.0, 3)
    again, same = drawn(name, 300, 0.0, 3)
    assert np.array_equal(points, again)
    assert np.array_equal(labels, same)
    assert not np.array_equal(points, drawn(name, 300, 0.0, 4)[0])
    assert points.shape == (300, 2)
    assert np.abs(points).max() <= 1.0
    assert np.bincount(labels).tolist() == [300 // PLANES[name].classes] * PLANES[name].classes


@pytest.mark.parametrize("name", PLANES)
def test_that_without_noise_the_nearest_neighbour_is_of_the_same_class(name: str) -> None:
    """Otherwise no network could tell the classes apart."""
    points, labels = drawn(name, 1200, 0.0, 0)
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (labels[apart.argmin(1)] == labels).mean() > 0.99


def test_that_noise_moves_the_points_alone() -> None:
    points, labels = drawn("moons", 500, 0.0, 1)
    moved, same = drawn("moons", 500, 0.2, 1)
    assert np.array_equal(labels, same)
    assert 0.15 < (moved - points).std() < 0.25


def test_that_the_data_suit_the_inputs() -> None:
    assert suited_data(Model(source=""), 1) == {}
    assert suited_data(Model(source=""), 2) == {"target": "rings", "data_file": ""}
    assert suited_data(Model(source="", target=" XOR "), 2) == {}
    assert suited_data(Model(source="", target="moons", data_file="a.csv"), 2) == {
        "target": "moons",
        "data_file": "",
    }
    assert suited_data(Model(source="", target="spirals"), 1) == {"target": "sin(x)"}
    assert plane_named("Spirals ") == checked_plane("spirals") == "spirals"
    with pytest.raises(FieldError, match="rings, spirals, moons, xor"):
        checked_plane("sin(x)")
