"""Compiled code is kept where it can be, and does without where it cannot."""

import sys
from importlib import import_module

import pytest

from procurement.windows.compiled import compiled


@pytest.fixture
def twice(tmp_path, monkeypatch):
    """A function of a module of its own, so that its code is kept in a folder of its own."""
    (tmp_path / "kept_apart.py").write_text("def twice(n):\n    return 2 * n\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "kept_apart", raising=False)
    return import_module("kept_apart").twice


def kept(folder):
    return sorted((folder / "__pycache__").glob("kept_apart.twice*.nb?"))


def test_what_was_compiled_once_is_kept(twice, tmp_path):
    assert compiled(twice)(21) == 42

    again = compiled(twice)

    assert again(21) == 42
    assert sum(again.stats.cache_hits.values()) == 1
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("contents", [b"", b"damaged"])
def test_damaged_code_is_made_anew(twice, tmp_path, contents):
    compiled(twice)(21)
    for path in kept(tmp_path):
        path.write_bytes(contents)

    assert compiled(twice)(21) == 42


def test_a_disk_without_room_stops_nothing(twice, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile.save", full)

    assert compiled(twice)(21) == 42
