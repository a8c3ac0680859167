"""What was read, in words."""

import pytest

from imports.study import found_again


@pytest.mark.parametrize(("number", "words"), [(0, "none was"), (1, "1 was"), (1200, "1,200 were")])
def test_how_many_contracts_were_found_again_reads_as_a_sentence(number, words):
    assert found_again(number) == words
