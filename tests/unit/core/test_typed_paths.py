"""Paths as they are typed: a user's folder, and users that there are not."""

from pathlib import Path

import pytest
from torch import nn

from gradviz.core.errors import GradvizError
from gradviz.core.typed_paths import typed_path
from gradviz.engine.data.data_file import read_columns
from gradviz.engine.data.image_data import fashion_mnist
from gradviz.engine.own.weights import load_weights
from gradviz.own.source import read_model_file

_TYPED = ("~no_such_user/a.csv", "~\0/a.csv", "~" + "x" * 5000, "/" + "y" * 5000, "\0", "~//\0")


def test_that_the_folder_of_a_user_is_meant_by_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert typed_path("~/a.csv") == tmp_path / "a.csv"
    assert typed_path("a~/b.csv") == Path("a~/b.csv")
    assert typed_path("~no_such_user/a.csv") == Path("~no_such_user/a.csv")


@pytest.mark.parametrize("typed", _TYPED)
def test_that_a_path_that_cannot_be_is_refused_wherever_one_is_typed(typed: str) -> None:
    for read in (
        read_columns,
        read_model_file,
        lambda text: load_weights(nn.Linear(1, 1), text),
        lambda text: fashion_mnist(typed_path(text)),
    ):
        with pytest.raises(GradvizError) as caught:
            read(typed)
        assert caught.value.hint
