"""Lists of words of an opportunity come back from their column as they were."""

from hypothesis import given
from hypothesis import strategies as st

from procurement.models.opportunities import as_lines, lines_of


@given(words=st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1)))
def test_words_come_back_whatever_signs_are_in_them(words):
    assert lines_of(as_lines(words)) == words


def test_a_line_end_within_words_makes_no_line_of_its_own():
    assert lines_of(as_lines(["A framework\nof two lines", "Other"])) == [
        "A framework of two lines",
        "Other",
    ]
