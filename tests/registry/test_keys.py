"""Identifiers that sort by their time and cannot be guessed."""

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from registry.keys import new_key


def key_at(milliseconds):
    with mock.patch("registry.keys.time.time", return_value=milliseconds / 1000):
        return new_key()


@given(st.integers(0, 2**40), st.integers(1, 10**6))
def test_later_ones_sort_after_earlier_ones(moment, later):
    assert key_at(moment) < key_at(moment + later + 1)


def test_is_a_uuid_of_version_7_and_never_the_same_twice():
    keys = [new_key() for _ in range(1_000)]

    assert {(key.version, key.variant) for key in keys} == {(7, "specified in RFC 4122")}
    assert len(set(keys)) == len(keys)
