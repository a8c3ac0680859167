"""The pause of Python's collector."""

import gc

import pytest

from registry.collecting import not_collecting


def test_is_paused_inside_and_on_again_after():
    with not_collecting():
        assert not gc.isenabled()
        with not_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_is_on_again_when_the_work_fails():
    with pytest.raises(ZeroDivisionError), not_collecting():
        1 / 0  # noqa: B018

    assert gc.isenabled()
