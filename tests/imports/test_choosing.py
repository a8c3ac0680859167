"""What officers are asked of columns, and what a preview shows before anything is settled."""

from hypothesis import given
from hypothesis import strategies as st

from imports.cells import ColumnReading
from imports.choosing import GROUPS, asked, chosen_fields, doubles
from imports.memory import FEWEST_MARKS, Recall, likeness, marks, memory_keys
from imports.normalise.written_dates import Order
from imports.preview import effects, read_as
from imports.settled import ColumnChoice
from registry.records import FIELDS, IGNORED


def reading(column, heading, field, sheet="S", rival=""):
    return ColumnReading(sheet, column, heading, field, "", key=heading.casefold(), rival=rival)


COLUMNS = asked(
    [reading("A", "What", "title"), reading("B", "Who", IGNORED), reading("C", "Whom", IGNORED)]
)


def test_every_field_is_offered_once():
    offered = [name for names in GROUPS.values() for name in names]

    assert sorted(offered) == sorted(FIELDS)


def test_two_columns_of_a_sheet_may_not_be_one_field():
    fields = {"what": "title", "who": "title", "whom": IGNORED}

    [(key, sentence)] = doubles(COLUMNS, fields).items()

    assert key == "who"
    assert sentence.startswith("Column B and column A cannot both be the title.")


def test_columns_alike_in_two_sheets_are_asked_about_once():
    columns = asked([reading("A", "What", "title"), reading("B", "What", "title", sheet="T")])

    assert len(columns) == 1
    assert doubles(columns, {"what": "title"}) == {}


def test_only_what_was_changed_is_settled():
    fields = {"what": "title", "who": "supplier_name", "whom": IGNORED}

    assert chosen_fields(COLUMNS, fields) == {"who": "supplier_name"}


def test_a_field_set_free_is_not_for_another_column_to_take():
    rival = reading("B", "Who", IGNORED, rival="title")
    columns = asked([COLUMNS[0].first, rival, COLUMNS[2].first])
    fields = {"what": IGNORED, "who": IGNORED, "whom": IGNORED}

    assert chosen_fields(columns, fields) == dict.fromkeys(["what", "who"], IGNORED)


def shown(field, *cells, order=Order.DAY_FIRST, meaning=("total", "net"), words=None):
    as_field = read_as(reading("A", "Any", IGNORED), field, meaning)
    found = effects(as_field, cells, order=order, rolling_words=words or {})
    return [(one.words, one.wrong) for one in found]


def test_effects_say_what_cells_are_as_another_field():
    assert shown("start_date", "03/04/2027") == [("3 April 2027", False)]
    assert shown("start_date", "03/04/2027", order=Order.MONTH_FIRST) == [("4 March 2027", False)]
    assert shown("total_value", "1,500") == [("£1,500, for the whole term, without VAT", False)]
    assert shown("end_date", "As agreed", words={"as agreed": True}) == [
        ("a rolling contract", False)
    ]
    assert shown("end_date", "31/11/2026")[0][1]
    assert shown(IGNORED, "x") == [("x", False)]


def test_effects_show_each_cell_once_and_no_empty_ones():
    assert len(shown("title", "", "a b", "a b", "c d", "e f", "g h")) == 3


TEXTS = st.lists(st.text(min_size=1, max_size=8), max_size=20)


@given(TEXTS, TEXTS)
def test_likeness_is_a_share_that_does_not_depend_on_order(one, other):
    score = likeness(marks(one), marks(other))

    assert 0 <= score <= 1
    assert score == likeness(marks(other[::-1]), marks(one[::-1]))
    assert likeness(marks(one), marks(one)) == float(len(marks(one)) >= FEWEST_MARKS)


@given(
    st.lists(st.sampled_from(["Who", "What", "", "When", "Who does it"]), max_size=6),
    st.lists(st.sampled_from(["Who", "What", "Sum", "Who is it"]), max_size=4, unique=True),
    TEXTS,
)
def test_each_remembered_column_is_found_at_most_once(headings, remembered, texts):
    letters = dict(zip("ABCDEF", headings, strict=False))
    known = {
        heading.casefold(): ColumnChoice("title", heading, values=marks(texts))
        for heading in remembered
    }

    found = Recall(
        known,
        memory_keys(letters),
        marks_of=lambda _: marks(texts),
        named=dict.fromkeys(letters, ()),
    ).columns()

    assert len({each.key for each in found.values()}) == len(found)
    for letter, heading in letters.items():
        if heading in remembered and list(letters.values()).index(heading) == "ABCDEF".index(
            letter
        ):
            assert found[letter].key == heading.casefold()
